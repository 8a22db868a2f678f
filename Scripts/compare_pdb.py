#!/usr/bin/env python3
"""Debugs, traces and profiles programs under CPython 3.10 and under taipan and compares what is printed.

    Scripts/compare_pdb.py [--taipan PATH] [-v]

Sessions of `-m pdb` with the commands on stdin, `-m trace`, `-m profile`. Runs under the oracle; exit 0 all alike,
1 differences, 77 no oracle.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

# Program, then pdb's commands one after another (";;" stays pdb's own).
SESSIONS = [
    ("session.py", "n n n n n s n n n n n q"),
    ("session.py", "b helper|c|a|p n|n|n|p locals()|w|u|l|d|r|n|n|q"),
    ("session.py", "b 14|b 27, a > 100|tbreak main|b|c|c|w|p self.value|ll|until|until 40|clear 1|b|c|q"),
    ("session.py", "b main|c|j 32|n|n|c|q"),
    ("session.py", "b gen|c|n|n|n|r|n|q"),
    ("session.py", "b fails|c|n|n|n|n|n|n|n|w|q"),
    ("session.py", "|".join("s" * 60) + "|q"),
    ("session.py", "b 30|c|commands 1|p c|end|display c|n|n|undisplay c|!a = 99|p a|n|whatis t|pp squares|args|source Thing|alias x p %1|x a|interact|print(a)"),
    ("session.py", "b 999|b nosuch|foo()|h|h n|j 2|j 100|p undefined|condition 1|ignore 1 2|q"),
    ("session.py", "b 7|c|j 4|n|p total|j 6|j 1|r|r|r|q"),
    ("session.py", "b 6|c|j 7|n|c|q"),
    ("session.py", "b 25|c|j 24|n|j 27|n|n|n|q"),
    ("session.py", "b 13|c|p self.value;; self.value = 50|n|p result|u|p t|b 14|disable 1|c|enable 1|c|q"),
    ("session.py", "unt 27|n|s|s|s|w|unt|r|n|n|n|n|n|n|n|n|n|n|n|n|n|n|n|n|n|q"),
    ("broken.py", "c|w|p key|u|p table|l|u|u|d|q"),
    ("broken.py", "b lookup|c|n|n|n|n|n|n|n|n|n|c|n|n|n|n|n|n|n|n|n|n|n|n|q"),
    ("broken.py", "b chain|c|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|s|q"),
    ("broken.py", "tbreak open_for|c|w|n|n|n|n|n|n|r|r|n|q"),
    ("broken.py", "b 24|c|p coroutine|j 26|n|q"),
    ("broken.py", "until 40|c|q|q"),
]
RUNS = [
    ["-m", "trace", "--count", "-C", "DIR", "--missing", "session.py"],
    ["-m", "trace", "--trace", "session.py"],
    ["-m", "trace", "--listfuncs", "session.py"],
    ["-m", "trace", "--trackcalls", "session.py"],
    ["-m", "trace", "--count", "--summary", "-C", "DIR", "session.py"],
    ["-m", "profile", "-s", "name", "session.py"],
]


def plain(text):
    text = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
    text = re.sub(r"\d+\.\d\d\d( seconds|)", "T", text)
    return re.sub(r"<frozen importlib\._bootstrap(_external)?>", "<frozen>", text)


def output(python, arguments, text, folder):
    done = subprocess.run([python, *arguments], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder, timeout=300)
    return plain(done.stdout) + f"exit {done.returncode}\n"


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    taipan = os.path.abspath(options.taipan)
    folder = os.path.join(HERE, "data", "pdb")
    different = 0
    jobs = [(["-m", "pdb", program], "\n".join(commands.split("|" if "|" in commands else " ")) + "\n") for program, commands in SESSIONS]
    jobs += [(arguments, "") for arguments in RUNS]
    import tempfile
    for arguments, text in jobs:
        answers = []
        for python in (sys.executable, taipan):
            with tempfile.TemporaryDirectory() as scratch:
                got = output(python, [a.replace("DIR", scratch) for a in arguments], text, folder)
                for name in sorted(os.listdir(scratch)):
                    if name.endswith("session.cover"):
                        with open(os.path.join(scratch, name), encoding="utf-8") as f:
                            got += f"== {name}\n" + f.read()
                answers.append(got.replace(scratch, "DIR"))
        if answers[0] == answers[1]:
            if options.v:
                print("same", len(answers[0].splitlines()), "lines:", *arguments, text.replace("\n", " ")[:60])
            continue
        different += 1
        print("differs:", *arguments, "|".join(text.splitlines()))
        lines = difflib.unified_diff(answers[0].splitlines(), answers[1].splitlines(), "CPython", "taipan", lineterm="", n=1)
        print("\n".join(list(lines)[:24]))
    print(f"{len(jobs)} sessions, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
