#!/usr/bin/env python3
"""Runs small failing programs under CPython 3.10 and under taipan and compares stdout, stderr and the exit code, character for character.

    Scripts/compare_tracebacks.py [--taipan PATH] [--only TEXT] [--show N] [--jobs N] [--list]

The programs are the blocks of Scripts/data/tracebacks.txt: `### name` begins one, after `### lines` each line is one, with `\n` for
its line ends; `# how: file -c stdin -m` (default: all four) says how it is run, `# options: ...` and `# environment: ...` with what. Directories, addresses and the program's name are replaced
before comparing. Runs under the oracle; exit 0 all alike but for those with a line `# differs: why`, 1 otherwise, 77 no oracle.
"""
import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

PROGRAMS = os.path.join(HERE, "data", "tracebacks.txt")
# What the programs import.
MODULES = {
    "broken_syntax.py": "def f():\n    return 1 +\n",
    "broken_indent.py": "if 1:\npass\n",
    "broken_tabs.py": "if 1:\n\tx = 1\n        y = 2\n",
    "broken_bytes.py": b"x = 1\ny = '\xff'\n",
    "raises.py": "def fails(n):\n    if n:\n        return fails(n - 1)\n    raise ValueError('from a module')\n",
    "raises_at_import.py": "import raises\nraises.fails(1)\n",
    "circular_a.py": "import circular_b\nvalue = 1\n",
    "circular_b.py": "from circular_a import value\n",
    "package/__init__.py": "",
    "package/inner.py": "from . import missing\n",
    "package/deep.py": "from .raises_not import x\n",
    "utf.py": "# coding: latin-1\ndef f():\n    return '\xe9' + 1  # \xfc\n".encode("latin-1"),
}


class Program:
    def __init__(self, name, text, settings=None):
        self.name, self.text = name, text
        setting = lambda key, default: (re.search(rf"^# {key}: (.*)$", text if settings is None else settings, re.M) or [None, default])[1]
        self.how = setting("how", "file -c stdin -m").split()
        self.options = shlex.split(setting("options", ""))
        self.environment = dict(pair.split("=", 1) for pair in shlex.split(setting("environment", "")))
        self.differs = setting("differs", "")
        self.shell = setting("shell", "")


def programs():
    for block in re.split(r"^### ", open(PROGRAMS, encoding="utf-8").read(), flags=re.M)[1:]:
        name, _, text = block.partition("\n")
        if name != "lines":
            yield Program(name, text)
            continue
        settings = "".join(line + "\n" for line in text.split("\n") if re.match(r"# (how|options|environment|shell|differs): ", line))
        for line in text.split("\n"):
            if line and line + "\n" not in settings:
                source = line.replace("\\n", "\n").replace("\\t", "\t").replace("\\f", "\f")
                yield Program(line, source + "\n", settings)


def run(python, program, how):
    with tempfile.TemporaryDirectory(prefix="tb-") as directory:
        for name, content in MODULES.items():
            path = os.path.join(directory, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(content if isinstance(content, bytes) else content.encode())
        source = program.text.encode("utf-8", "surrogateescape")
        with open(os.path.join(directory, "program.py"), "wb") as f:
            f.write(source)
        command = [python, *program.options, *{"file": ["program.py"], "-c": ["-c", program.text], "stdin": ["-"], "-m": ["-m", "program"]}[how]]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k not in ("LANG", "LC_ALL", "LC_CTYPE")}
        environment.update({"LC_ALL": "C.UTF-8", "HOME": directory, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", **program.environment})
        if program.shell:
            command = ["bash", "-c", program.shell.replace("PROGRAM", shlex.join(command))]
        try:
            done = subprocess.run(command, input=source if how == "stdin" else b"", capture_output=True, cwd=directory, env=environment, timeout=60)
            answer = [str(done.returncode), done.stdout.decode(errors="backslashreplace"), done.stderr.decode(errors="backslashreplace")]
        except subprocess.TimeoutExpired:
            answer = ["ran out of time", "", ""]
        return [normal(text, python, directory) for text in answer]


def normal(text, python, directory):
    text = text.replace(os.path.realpath(directory), "DIRECTORY").replace(directory, "DIRECTORY").replace(python, "PYTHON")
    return re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)


def main():
    table = list(programs())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    taipan = os.path.realpath(options.taipan)
    table = [program for program in table if options.only in program.name]
    if options.list:
        for program in table:
            print(program.name, *program.how)
        return 0
    cases = [(program, how) for program in table for how in program.how]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        pairs = list(pool.map(lambda case: (run(sys.executable, *case), run(taipan, *case)), cases))
    differ = excused = 0
    for (program, how), (theirs, ours) in zip(cases, pairs):
        if theirs == ours:
            continue
        if program.differs:
            excused += 1
            continue
        differ += 1
        if differ <= options.show:
            print(f"--- {program.name} ({how})")
            for what, a, b in zip(("exit code", "stdout", "stderr"), theirs, ours):
                if a != b:
                    print(f"  {what}:", *("    " + line.rstrip("\n") for line in difflib.unified_diff(a.split("\n"), b.split("\n"), "CPython", "taipan", lineterm="", n=1)), sep="\n")
    print(f"{len(cases) - differ - excused} of {len(cases)} runs of {len(table)} programs alike, {excused} differ on purpose, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    become_oracle()
    sys.exit(main())
