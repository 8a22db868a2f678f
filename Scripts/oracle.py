"""What every script that asks the oracle needs: to run under it, whatever `python3` its first line found."""
import os
import subprocess
import sys

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
