#!/usr/bin/env python3
"""Runs the library's command line tools (`-m json.tool`, `-m dis`, ...) under `taipan` and the oracle and compares what they print.

    Scripts/compare_tools.py [--python BIN] [--only TEXT]

Addresses, times and the program's name are replaced before comparing. Exit 1 if a tool differs.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Scripts"))
from oracle import become_oracle  # noqa: E402

FILES = {
    "sample.py": '''"""A module."""
import os
from collections import OrderedDict as OD


class Animal:
    """An animal.

    >>> Animal('x').name
    'x'
    """
    legs = 4

    def __init__(self, name="?"):
        self.name = name

    @staticmethod
    def kind(): return 'animal'

    async def run(self, *args, speed: int = 1, **kw) -> None:
        async with self as x:
            await x


def add(a, b=2, /, *, c):
    """
    >>> add(1, c=0)
    3
    >>> add(1, 1, c=1)
    4
    """
    return a + b + c


if __name__ == "__main__":
    total = 0
    for i in range(3):
        total += add(i, c=1)
    print("total", total)
''',
    "test_sample.py": '''import unittest
from sample import add


class AddTest(unittest.TestCase):
    def test_right(self):
        self.assertEqual(add(1, 2, c=3), 6)

    def test_wrong(self):
        self.assertEqual(add(1, 2, c=3), 7, "on purpose")

    def test_error(self):
        add("a", c=None)

    @unittest.skip("not now")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertLess(i, 2)
''',
    "data.json": '{"b": [1, 2.5, null, true], "a": {"x": "\\u00e9", "y": []}}\n',
    "bad.json": '{"a": 1,}\n',
    "tabs.py": "if 1:\n        x = 1\n\ty = 2\n",
    "app/__main__.py": "import sys\nprint('app', sys.argv[1:])\n",
    "broken.py": "def f(:\n",
}

# name -> (arguments, standard input)
CASES = [
    ("-m", "unittest", "-v", "test_sample"), ("-m", "unittest"), ("-m", "unittest", "test_sample.AddTest.test_right"), ("-m", "unittest", "nothing"),
    ("-m", "unittest", "-f", "test_sample"), ("-m", "unittest", "-k", "right", "-v"), ("-m", "unittest", "discover", "-q"), ("-m", "unittest", "-h"),
    ("-m", "dis", "sample.py"), ("-m", "dis", "broken.py"), ("-m", "ast", "sample.py"), ("-m", "ast", "-a", "sample.py"), ("-m", "ast", "-m", "eval", "--indent", "1", "data.json"),
    ("-m", "tokenize", "sample.py"), ("-m", "tokenize", "-e", "sample.py"), ("-m", "tokenize", "broken.py"),
    ("-m", "json.tool", "data.json"), ("-m", "json.tool", "--sort-keys", "--compact", "data.json"), ("-m", "json.tool", "--no-ensure-ascii", "--indent", "2", "data.json"), ("-m", "json.tool", "bad.json"), ("-m", "json.tool", "-h"),
    ("-m", "timeit", "-n", "1", "-r", "1", "pass"), ("-m", "timeit", "-n", "1", "1/0"), ("-m", "timeit", "-h"),
    ("-m", "pydoc", "sample"), ("-m", "pydoc", "sample.add"), ("-m", "pydoc", "len"), ("-m", "pydoc", "json.dumps"), ("-m", "pydoc", "no_such_thing"), ("-m", "pydoc", "if"), ("-m", "pydoc", "SEQUENCES"),
    ("-m", "py_compile", "sample.py"), ("-m", "py_compile", "broken.py"), ("-m", "compileall", "-q", "app"), ("-m", "compileall", "app"), ("-m", "compileall", "broken.py"),
    ("-m", "zipapp", "app", "-o", "app.pyz"), ("-m", "zipapp", "app", "-c", "-o", "app.pyz", "-p", "/usr/bin/env python3"),
    ("-m", "zipfile", "-c", "new.zip", "sample.py", "app"), ("-m", "zipfile", "-l", "missing.zip"), ("-m", "tarfile", "-c", "new.tar.gz", "sample.py", "app"), ("-m", "tarfile", "-l", "missing.tar"),
    ("-m", "tabnanny", "tabs.py"), ("-m", "tabnanny", "-v", "sample.py"),
    ("-m", "trace", "--count", "--summary", "-C", "cover", "sample.py"), ("-m", "trace", "--listfuncs", "sample.py"), ("-m", "trace", "--trackcalls", "sample.py"),
    ("-m", "calendar", "2024", "2"), ("-m", "calendar", "2023"), ("-m", "calendar", "-t", "html", "2024"), ("-m", "inspect", "sample:add"), ("-m", "inspect", "--details", "sample:Animal"),
    ("-m", "base64", "-e", "data.json"), ("-m", "base64", "-t"), ("-m", "pyclbr", "sample.py"), ("-m", "symtable"), ("-m", "doctest", "-v", "sample.py"), ("-m", "doctest", "sample.py"),
    ("-m", "quopri", "-t", "sample.py"), ("-m", "difflib"), ("-m", "fileinput", "data.json"), ("-m", "filecmp", "app", "app"), ("-m", "textwrap"), ("-m", "string"), ("-m", "this"), ("-m", "__hello__"),
    ("-m", "pickle", "missing.pickle"), ("-m", "pickletools", "-h"), ("-m", "code", "-q"), ("-m", "modulefinder", "app/__main__.py"), ("-m", "ensurepip", "--version"), ("-m", "http.server", "-h"), ("-m", "venv", "-h"),
    ("-m", "profile", "-h"), ("-m", "pstats", "nothing"), ("-m", "uuid", "-h"), ("-m", "site", "--user-base"), ("-m", "gzip", "data.json"), ("-m", "cProfile", "-h"), ("-m", "asyncio", "-h"),
    ("-m", "encodings.rot_13"), ("-m", "sndhdr"), ("-m", "imghdr"), ("-m", "mimetypes", "a.html"), ("-m", "shlex", "data.json"), ("-m", "cgi", "x"), ("-m", "nntplib", "-h"), ("-m", "smtpd", "-h"), ("-m", "telnetlib", "-h"),
    ("-m", "webbrowser"), ("-m", "getopt"), ("-m", "locale"), ("-m", "platform", "--nothing"), ("-m", "aifc"), ("-m", "graphlib"), ("-m", "poplib"), ("-m", "keyword"), ("-m", "turtledemo.nothing"), ("-m", "test.nothing"),
    ("app.pyz",), ("-m", "test.test_bool"), ("-m", "lib2to3", "-l"), ("-m", "lib2to3", "sample.py"), ("-m", "distutils"), ("-m", "xml.sax.saxutils"), ("-m", "email"), ("-m", "html"), ("-m", "importlib"), ("-m", "sqlite3"),
]


def normalise(text, program, scratch):
    text = text.replace(program, "PYTHON").replace(str(pathlib.Path(program).resolve()), "PYTHON").replace(scratch, "SCRATCH")
    text = re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)
    text = re.sub(r"\b\d+(\.\d+)?(e-\d+)? ?(n|u|m)?sec\b( per loop)?", "TIME", text)
    text = re.sub(r"in \d+\.\d+s", "in TIME", text)
    text = re.sub(r"REPL 3\.10\.13 .*", "REPL", text)
    text = re.sub(r"\btaipan\b|\bpython3?(\.10)?\b", "PYTHON", text)
    return text


def run(program, arguments):
    with tempfile.TemporaryDirectory(prefix="tools-") as scratch:
        for name, content in FILES.items():
            path = pathlib.Path(scratch, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(content)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        environment.update(LC_ALL="C.UTF-8", HOME=scratch, TERM="dumb", PAGER="cat", MANPAGER="cat", PYTHONHASHSEED="0", COLUMNS="80")
        if arguments[0] == "app.pyz":
            subprocess.run([program, "-m", "zipapp", "app", "-c", "-o", "app.pyz"], cwd=scratch, env=environment)
            arguments = ("app.pyz", "one")
        try:
            done = subprocess.run([program, *arguments], input="import os\nprint('typed')\n", capture_output=True, text=True, cwd=scratch, env=environment, timeout=90)
        except subprocess.TimeoutExpired:
            return ["timeout", "", "", []]
        made = sorted(str(p.relative_to(scratch)) for p in pathlib.Path(scratch).rglob("*") if "__pycache__" not in p.parts)
        return [done.returncode, normalise(done.stdout, program, scratch), normalise(done.stderr, program, scratch), made]


def first_difference(wanted, mine):
    a, b = wanted.split("\n"), mine.split("\n")
    for i in range(max(len(a), len(b))):
        x, y = (a[i] if i < len(a) else "<end>"), (b[i] if i < len(b) else "<end>")
        if x != y:
            return f"line {i + 1}: expected {x[:160]!r}, got {y[:160]!r}"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=str(ROOT / ".build/release/taipan"))
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    become_oracle()
    oracle = sys.executable
    program = str(pathlib.Path(options.python).resolve())
    table = [case for case in CASES if options.only in " ".join(case)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        ours = list(pool.map(lambda case: run(program, case), table))
        theirs = list(pool.map(lambda case: run(oracle, case), table))
    different = 0
    for case, mine, wanted in zip(table, ours, theirs):
        if mine == wanted:
            continue
        different += 1
        print("---", " ".join(case))
        if mine[0] != wanted[0]:
            print(f"  exit code: expected {wanted[0]}, got {mine[0]}")
        for name, i in (("stdout", 1), ("stderr", 2)):
            if mine[i] != wanted[i]:
                print(f"  {name} {first_difference(wanted[i], mine[i])}")
        if mine[3] != wanted[3]:
            print(f"  files: expected {wanted[3]}, got {mine[3]}")
    print(f"{len(table) - different} of {len(table)} command lines alike, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
