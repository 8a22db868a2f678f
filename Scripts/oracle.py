"""What every script that asks the oracle needs: to run under it, whatever `python3` its first line found."""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def become_oracle():
    """Runs this script again under the CPython 3.10 of Scripts/oracle-python; without one says so and exits 77."""
    if sys.version_info[:2] == (3, 10) and sys.implementation.name == "cpython":
        return
    found = subprocess.run([os.path.join(HERE, "oracle-python")], stdout=subprocess.PIPE, text=True)
    if found.returncode:
        print("skipped: no CPython 3.10")
        sys.exit(77)
    oracle = found.stdout.strip()
    os.execv(oracle, [oracle, *sys.argv])


def lines_of(command, source):
    """What a program prints, by line; ends this script where it fails."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as f:
        f.write(source)
    done = subprocess.run([*command, f.name], capture_output=True, text=True, timeout=1800, env=dict(os.environ, PYTHONHASHSEED="0"))
    os.unlink(f.name)
    if done.returncode:
        print(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
        sys.exit(1)
    return done.stdout.splitlines()


def compare_lines(source, description):
    """The main program of a script that runs `source` under the oracle and taipan and compares line by line: its exit code."""
    become_oracle()
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    theirs, ours = lines_of([sys.executable], source), lines_of([options.taipan], source)
    pairs = list(zip(theirs, ours))
    different = [pair for pair in pairs if pair[0] != pair[1]]
    for a, b in different[: options.show]:
        print(f"{a:.300}\n  taipan: {b:.300}")
    missing = abs(len(theirs) - len(ours))
    print(f"{len(pairs)} cases, {len(different)} differ" + (f"; {missing} more in one of the outputs" if missing else ""))
    return 1 if different or missing else 0
