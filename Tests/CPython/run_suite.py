"""Runs files of CPython's Lib/test, each in a process of its own with a time limit, and compares with the ledger.

    Scripts/cpython_tests [--tier A] [--python PATH] [--jobs N] [--timeout SECONDS] [--check | --update] [FILE ...]

FILE       names such as test_dict or test_json/test_decode.py; default: every file of the tier
--check    exit 1 unless the outcome is exactly what Tests/CPython/status.txt says (an unexpected pass fails too)
--update   rewrite the ledger's lines of the files that ran (causes of known lines are kept, new ones read `cause?`)
--cpython-only  with the cases switched on that test.support keeps for CPython; default files: those about exact bytecode;
           its ledger is Tests/CPython/status-cpython-only.txt
--baseline print how many tests the oracle passes as another implementation (the portable count)

The ledger has a line a test that does not pass: `file<TAB>test id<TAB>outcome<TAB>cause`.
"""
import argparse
import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEDGER = HERE / "status.txt"
CPYTHON_ONLY_LEDGER = HERE / "status-cpython-only.txt"
TIERS = HERE / "tiers.tsv"
# Their CPython-only cases compare code objects, which are CPython's here too.
EXACT_BYTECODE = ["test__opcode", "test_code", "test_compile", "test_dis", "test_opcache", "test_peepholer"]


def lib_dir():
    return pathlib.Path(os.__file__).resolve().parent


def read_tiers():
    tiers = {}
    for line in TIERS.read_text().splitlines():
        if line and not line.startswith("#"):
            tier, name = line.split("\t")
            tiers[name] = tier
    return tiers


def module_name(name):
    name = name.removesuffix(".py").replace("/", ".")
    return name.removesuffix(".__init__")


def run_file(python, name, timeout, extra=()):
    """Returns (outcomes, doctests, problem): outcomes {id: (outcome, reason)}, doctests {name: (passed, total)}."""
    with tempfile.TemporaryDirectory() as scratch:
        result = pathlib.Path(scratch) / "result.tsv"
        # Settings of whoever runs this are no business of the tests, which ask what holds without them.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= {"PYTHONHASHSEED": "0", "TMPDIR": scratch, "PYTHONHOME": str(lib_dir().parent.parent)}
        command = [*python, str(HERE / "run_file.py"), str(result), module_name(name), *extra]
        problem = None
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=scratch,
            env=environment, start_new_session=True)
        try:
            output, _ = process.communicate(timeout=timeout)
            if process.returncode < 0:
                problem = f"crash: {signal.Signals(-process.returncode).name}"
            elif process.returncode:
                problem = f"exit {process.returncode}: " + last_line(output)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            problem = f"timeout: {timeout} s"
        outcomes, doctests, started, finished = {}, {}, None, False
        rows = result.read_text(errors="replace").splitlines() if result.exists() else []
        for row in rows:
            outcome, test, reason = (row.split("\t", 2) + ["", ""])[:3]
            if outcome == "start":
                started = test
            elif outcome == "doctest":
                passed, total = reason.split("/")
                doctests[test] = (int(passed), int(total))
            elif outcome == "doctest-output":
                outcomes[test] = ("doctest", reason)
            elif outcome in ("module-error", "load-error"):
                problem = f"{outcome}: {reason}"
            elif outcome == "module-skip":
                finished = True
                outcomes[test] = ("module-skip", reason)
            elif outcome == "done":
                finished = True
            else:
                started = None
                rank = {"pass": 0, "skip": 1, "fail": 2, "error": 3}
                if test not in outcomes or rank[outcome] > rank.get(outcomes[test][0], 0):
                    outcomes[test] = (outcome, reason)
        if problem is None and not finished:
            problem = "ended early"
        if problem and started:
            outcomes[started] = ("error", problem)
        return outcomes, doctests, problem


def last_line(output):
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def read_ledger(path):
    ledger = {}
    if path.exists():
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                file, test, outcome, cause = line.split("\t", 3)
                ledger[file, test] = (outcome, cause)
    return ledger


LEDGER_HEAD = """\
# Every test of CPython 3.10.13's Lib/test (files listed in tiers.tsv) that does not pass under taipan.
# file<TAB>test id<TAB>outcome<TAB>cause. Written by Scripts/cpython_tests --update; it only shrinks.
"""
CPYTHON_ONLY_HEAD = """\
# What does not pass of the exact-bytecode files of Lib/test with their CPython-only cases switched on.
# file<TAB>test id<TAB>outcome<TAB>cause. Written by Scripts/cpython_tests --cpython-only --update; it only shrinks.
"""


def write_ledger(path, ledger):
    lines = [f"{file}\t{test}\t{outcome}\t{cause}" for (file, test), (outcome, cause) in sorted(ledger.items())]
    head = CPYTHON_ONLY_HEAD if path == CPYTHON_ONLY_LEDGER else LEDGER_HEAD
    path.write_text(head + "".join(line + "\n" for line in lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--tier", default="A")
    parser.add_argument("--python", help="interpreter to run; default: the release build of taipan")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--timeout", type=int, default=120)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--cpython-only", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print every test that does not pass")
    options = parser.parse_args()

    python = [options.python or str(ROOT / ".build" / "release" / "taipan")]
    extra = []
    if options.baseline:
        python, extra = [sys.executable], ["--portable"]
    if options.cpython_only:
        extra = ["--cpython-only"]
    tiers = read_tiers()
    names = options.files or options.cpython_only and EXACT_BYTECODE or [name for name, tier in tiers.items() if tier in options.tier.split(",")]
    names = [module_name(name) for name in names]

    seen, totals, problems = {}, {"pass": 0, "fail": 0, "error": 0, "skip": 0}, []
    doctest_passed = doctest_total = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        jobs = {pool.submit(run_file, python, name, options.timeout, extra): name for name in names}
        for job in concurrent.futures.as_completed(jobs):
            name = jobs[job]
            outcomes, doctests, problem = job.result()
            counts = {"pass": 0, "fail": 0, "error": 0, "skip": 0}
            for test, (outcome, reason) in outcomes.items():
                if outcome in counts:
                    counts[outcome] += 1
                    totals[outcome] += 1
                if outcome in ("fail", "error", "doctest", "module-skip"):
                    seen[name, test] = (outcome, reason)
            passed = sum(p for p, _ in doctests.values())
            total = sum(t for _, t in doctests.values())
            doctest_passed += passed
            doctest_total += total
            if problem:
                problems.append((name, problem))
                seen[name, "*"] = (problem.split(":")[0], problem)
            examples = f", doctest {passed}/{total}" if total else ""
            print(f"{name}: {counts['pass']} passed, {counts['fail'] + counts['error']} failed, {counts['skip']} skipped"
                  f"{examples}{'  ** ' + problem if problem else ''}", flush=True)
            if options.verbose:
                for test, (outcome, reason) in sorted(outcomes.items()):
                    if outcome not in ("pass", "skip"):
                        print(f"    {outcome} {test}: {reason}")
    print(f"\n{len(names)} files, {len(problems)} of them ended early")
    print(f"doctest examples: {doctest_passed} of {doctest_total}")

    status = 0
    path = CPYTHON_ONLY_LEDGER if options.cpython_only else LEDGER
    ledger = read_ledger(path)
    ran = set(names)
    expected = {key for key in ledger if key[0] in ran}
    unexpected, gone = set(seen) - expected, expected - set(seen)
    if options.update:
        kept = {key: row for key, row in ledger.items() if key[0] not in ran}
        for key, (outcome, reason) in seen.items():
            cause = ledger[key][1] if key in ledger else f"cause? {reason}"
            kept[key] = (outcome, cause)
        write_ledger(path, kept)
    elif options.check:
        for file, test in sorted(unexpected):
            print(f"unexpected failure: {file} {test}: {seen[file, test][1]}")
        for file, test in sorted(gone):
            print(f"unexpected pass, drop its ledger line: {file} {test}")
        status = 1 if unexpected or gone else 0
    print(f"{totals['pass']} passed, {totals['fail'] + totals['error']} failed, {totals['skip']} skipped")
    return status


if __name__ == "__main__":
    sys.exit(main())
