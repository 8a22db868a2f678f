#!/usr/bin/env python3
"""Compiles random programs both ways: what differs is shrunk and kept.

    Scripts/fuzz_compile.py [--count N] [--seed S] [--batch 500] [--keep DIR] [-O | -OO]

Programs use every statement and expression kind of 3.10, nested scopes, odd line breaks, and now and then code that the
compiler refuses. A program differs if any field of any code object does, or the refusal's type, message or place.
Found programs are shrunk line by line and written to DIR (default Fuzz/Compile). Runs under the oracle
(Scripts/oracle-python); exit 0 nothing found, 1 something, 77 no oracle. Needs .build/release/dissect.
"""
import argparse
import json
import marshal
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import compare_code  # noqa: E402
from oracle import become_oracle  # noqa: E402
from shrink import shrink  # noqa: E402

NAMES = ["a", "b", "c", "x", "y", "z", "self", "__private", "__dunder__", "_u", "super", "__class__", "print"]
ATTRS = ["p", "q", "__m", "join"]
CONSTANTS = ["0", "1", "-1", "2**10", "True", "False", "None", "...", "'s'", "''", "b'b'", "1.5", "2j", "'doc' 'two'",
             "1<<3", "~5", "not 0", "(1,2)", "()", "'a'*3", "'abc'[1]", "10**20", "-0.0", "0.0", "__debug__", "1e300*1e10",
             "(1,'a',b'c')", "1//0", "5%3", "'%s'%3", "255 if 1 else 2"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "|", "&", "^", "@"]
COMPARE = ["<", ">", "==", "!=", "<=", ">=", "is", "is not", "in", "not in"]


class Generator:
    """Writes one random program."""

    future = True

    def __init__(self, rng):
        self.rng = rng
        self.budget = rng.choice([20, 60, 150, 300])
        self.in_function = self.in_async = self.in_loop = self.in_class = False
        self.depth = 0

    def pick(self, items):
        return items[self.rng.randrange(len(items))]

    def chance(self, p):
        return self.rng.random() < p

    def name(self):
        return self.pick(NAMES[:7] if self.chance(0.8) else NAMES[:10])

    def br(self):
        """A line break inside brackets, sometimes."""
        return "\n " + " " * self.rng.randrange(3) if self.chance(0.12) else ""

    def seq(self, make, low, high, sep=","):
        return (sep + " ").join(self.br() + make() for _ in range(self.rng.randint(low, high)))

    # Expressions. Everything comes back safe to stand anywhere: atoms or in parentheses.
    def expr(self, d=0):
        self.budget -= 1
        if d > 4 or self.budget < 0 or self.chance(0.25):
            r = self.rng.random()
            if r < 0.55:
                return self.name() if self.chance(0.9) else self.pick(NAMES)
            return "(" + self.pick(CONSTANTS) + ")" if r < 0.9 else self.pick(["1", "'k'", "None", "True"])
        kind = self.pick([
            self.binop, self.unary, self.boolop, self.compare, self.call, self.call, self.attribute, self.subscript, self.display,
            self.display, self.ternary, self.lambda_, self.comprehension, self.fstring, self.dict, self.walrus, self.special,
            self.big, self.compare, self.boolop])
        return kind(d + 1)

    def binop(self, d):
        return f"({self.expr(d)}{self.br()} {self.pick(BINARY)} {self.br()}{self.expr(d)})"

    def unary(self, d):
        return f"({self.pick(['-', '+', '~', 'not '])}{self.br()}{self.expr(d)})"

    def boolop(self, d):
        op = self.pick([" and ", " or "])
        return "(" + op.join(self.br() + self.expr(d) for _ in range(self.rng.randint(2, 4))) + ")"

    def compare(self, d):
        text = self.expr(d)
        for _ in range(self.pick([1, 1, 1, 2, 3])):
            op = self.pick(COMPARE)
            right = self.expr(d)
            if "in" in op and self.chance(0.4):
                right = self.pick(["[1, 2, 3]", "{1, 2, 'x'}", "{1}", "[]", "(1, x)", "[a, b]", "{1, 1.0, True}"])
            text += f"{self.br()} {op} {self.br()}{right}"
        return f"({text})"

    def argument(self, d):
        r = self.rng.random()
        if r < 0.1:
            return "*" + self.expr(d)
        return self.expr(d)

    def arguments(self, d):
        parts = [self.br() + self.argument(d) for _ in range(self.pick([0, 1, 1, 2, 3]))]
        if self.chance(0.3):
            for key in self.rng.sample(["k", "w", "v", "t"], self.rng.randint(1, 3)):
                parts.append(self.br() + (f"{key}={self.expr(d)}" if self.chance(0.8) else "**" + self.expr(d)))
        return ", ".join(parts) + self.br()

    def call(self, d):
        if self.chance(0.5):
            return f"{self.atom(d)}{self.dot()}{self.pick(ATTRS)}({self.arguments(d)})"
        return f"{self.atom(d)}({self.arguments(d)})"

    def atom(self, d):
        return self.name() if self.chance(0.6) else "(" + self.expr(d) + ")"

    def dot(self):
        return "." if self.chance(0.9) else "\\\n ."

    def attribute(self, d):
        return f"({self.atom(d)}{self.br()}.{self.pick(ATTRS)})"

    def subscript(self, d):
        index = self.pick([
            lambda: self.expr(d), lambda: f"{self.expr(d)}:{self.expr(d)}", lambda: ":", lambda: f"{self.expr(d)}:",
            lambda: f"::{self.expr(d)}", lambda: f"{self.expr(d)}, {self.expr(d)}:", lambda: "1", lambda: "'k'"])()
        return f"{self.atom(d)}[{self.br()}{index}]"

    def display(self, d):
        open_, close = self.pick([("[", "]"), ("(", ",)"), ("{", "}")])
        if self.chance(0.3):
            inner = ", ".join(self.pick(["1", "2", "'x'", "None", "3.0"]) for _ in range(self.rng.randint(1, 5)))
        else:
            inner = self.seq(lambda: self.argument(d), 1, 4)
        return open_ + inner + close

    def big(self, d):
        if self.chance(0.7):
            return self.expr(d)
        items = ", ".join(self.pick(["1", "x", "'y'", "z.q"]) for _ in range(self.rng.randint(28, 34)))
        return self.pick([f"[{items}]", f"({items})", f"{{{items}}}", f"x({items})", f"x.m({items})",
                          "x(" + ", ".join(f"k{i}={i}" for i in range(self.rng.randint(14, 18))) + ")",
                          "x(*y, " + ", ".join(f"k{i}=a" for i in range(self.rng.randint(14, 18))) + ")",
                          "{" + ", ".join(f"{i}: x" for i in range(self.rng.randint(14, 36))) + "}",
                          "{" + ", ".join(f"x{i}: y" for i in range(self.rng.randint(14, 36))) + ", **z}"])

    def dict(self, d):
        parts = []
        for _ in range(self.rng.randint(0, 4)):
            key = self.pick(["'k'", "1", self.expr(d)])
            parts.append(self.br() + ("**" + self.expr(d) if self.chance(0.15) else f"{key}: {self.expr(d)}"))
        return "{" + ", ".join(parts) + "}"

    def ternary(self, d):
        return f"({self.expr(d)}{self.br()} if {self.expr(d)}{self.br()} else {self.expr(d)})"

    def lambda_(self, d):
        outer = self.in_async, self.in_loop, self.in_function
        self.in_async, self.in_loop, self.in_function = False, False, True
        text = f"(lambda {self.params(d, False)}:{self.br()} {self.expr(d)})"
        self.in_async, self.in_loop, self.in_function = outer
        return text

    def comprehension(self, d):
        outer = self.in_function
        self.in_function = False
        clauses = ""
        for i in range(self.pick([1, 1, 2])):
            asyn = "async " if self.in_async and self.chance(0.3) else ""
            iterable = self.pick([self.expr(d), "[x]", "(y,)", "[1, 2]", "{1, 2}", f"[{self.expr(d)}]"])
            clauses += f"{self.br()} {asyn}for {self.pick(['i', 'x', 'i, j', '(i, *j)'])} in {self.br()}{iterable}"
            for _ in range(self.pick([0, 0, 1, 2])):
                clauses += f"{self.br()} if {self.expr(d)}"
        elt = self.expr(d)
        kind = self.rng.randrange(4)
        text = [f"[{elt}{clauses}]", f"{{{elt}{clauses}}}", f"({elt}{clauses})", f"{{{elt}: {self.expr(d)}{clauses}}}"][kind]
        self.in_function = outer
        return text

    def fstring(self, d):
        quote = self.pick(["'", '"'])
        parts = []
        for _ in range(self.rng.randint(1, 4)):
            if self.chance(0.5):
                parts.append(self.pick(["text", "{{", " ", "é"]))
            else:
                inner = self.pick(["a", "x.q", "b(1)", "y[0]", "z + 1", "(lambda: x)()", "x"])
                parts.append("{" + inner + self.pick(["", "!r", "!s", "!a", "=", " ="]) + self.pick(["", ":>10", ":{a}", ":{a}.{b!r}"]) + "}")
        return f"f{quote}{''.join(parts)}{quote}"

    def walrus(self, d):
        return f"({self.pick(['w', 'x', 'a'])} := {self.expr(d)})"

    def special(self, d):
        if self.in_async and self.chance(0.6):
            return f"(await {self.expr(d)})"
        if self.in_function and self.chance(0.7):
            if self.in_async or self.chance(0.7):
                return f"(yield {self.expr(d)})" if self.chance(0.8) else "(yield)"
            return f"(yield from {self.expr(d)})"
        return self.expr(d)

    def params(self, d, annotated):
        parts, default = [], False
        names = self.rng.sample(["a", "b", "c", "d", "e", "__f", "x"], self.rng.randint(0, 5))
        marker = self.rng.randrange(len(names) + 1) if names and self.chance(0.3) else -1
        slash = self.rng.randrange(1, len(names) + 1) if names and self.chance(0.2) else -1
        if marker >= 0 and slash > marker:
            slash = -1
        star_done = False
        for i, n in enumerate(names):
            if i == marker:
                parts.append("*" if i < len(names) and self.chance(0.5) else "*args")
                star_done, default = True, False
            note = f": {self.expr(d + 2)}" if annotated and self.chance(0.3) else ""
            if default or self.chance(0.3):
                parts.append(f"{n}{note}={self.expr(d + 2)}")
                default = not star_done
            else:
                parts.append(n + note)
            if i + 1 == slash:
                parts.append("/")
        if self.chance(0.15):
            parts.append("**kwargs")
        return ", ".join(parts)

    def target(self, d=0):
        r = self.rng.random()
        if r < 0.5:
            return self.name()
        if r < 0.65:
            return f"{self.atom(d + 2)}.{self.pick(ATTRS)}"
        if r < 0.8:
            return self.atom(d + 2) + f"[{self.expr(d + 2)}]"
        items = [self.target(d + 1) if d < 2 else self.name() for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.4):
            i = self.rng.randrange(len(items))
            items[i] = "*" + items[i]
        return self.pick(["({},)", "[{}]"]).format(", ".join(items))

    # Statements.
    def block(self, indent):
        self.depth += 1
        n = self.pick([1, 1, 2, 3])
        out = "".join(self.statement(indent + " ") for _ in range(n))
        self.depth -= 1
        return out

    def statement(self, indent):
        self.budget -= 1
        simple = [self.assign, self.assign, self.augassign, self.annassign, self.expression, self.expression, self.return_,
                  self.raise_, self.assert_, self.delete, self.import_, self.pass_, self.jump, self.jump, self.scope, self.constant]
        if self.depth > 4 or self.budget < 0 or self.chance(0.45):
            text = self.pick(simple)()
            if self.chance(0.1):
                text += "; " + self.pick(simple)()
            return indent + text + "\n"
        return self.pick([self.if_, self.if_, self.while_, self.for_, self.for_, self.try_, self.try_, self.with_, self.function,
                          self.function, self.class_, self.match])(indent)

    def assign(self):
        return " = ".join(self.target() for _ in range(self.pick([1, 1, 1, 2, 3]))) + " = " + self.pick(
            [self.expr, self.expr, lambda: f"{self.expr()}, {self.expr()}", lambda: f"{self.expr()}, {self.expr()}, {self.expr()}"])()

    def augassign(self):
        left = self.pick([self.name(), f"{self.atom(2)}.{self.pick(ATTRS)}", f"{self.atom(2)}[{self.expr(2)}]"])
        return f"{left} {self.pick(BINARY)}= {self.expr()}"

    def annassign(self):
        left = self.pick([self.name(), f"({self.name()})", f"{self.name()}.{self.pick(ATTRS)}", f"{self.name()}[{self.expr(2)}]"])
        return f"{left}: {self.expr(2)}" + (f" = {self.expr()}" if self.chance(0.5) else "")

    def expression(self):
        return self.expr()

    def constant(self):
        return self.pick(["'string'", "1", "...", "None", "(1, 2)"])

    def return_(self):
        if not self.in_function:
            return "pass"
        return self.pick(["return", "return None", "return 1", f"return {self.expr()}", f"return {self.expr()}", f"return (\n {self.expr()})"])

    def raise_(self):
        return self.pick(["raise", f"raise {self.expr()}", f"raise {self.expr()} from {self.expr()}"])

    def assert_(self):
        return f"assert {self.expr()}" + (f", {self.expr()}" if self.chance(0.4) else "")

    def delete(self):
        t = self.target()
        return f"del {t}" if "*" not in t else "pass"

    def import_(self):
        return self.pick(["import os", "import os.path", "import os.path as p", "import a.b.c as d, e", "from os import path",
                          "from . import x as y", "from ..a.b import (c, d as e)", "import __x", "from __y import __z"])

    def pass_(self):
        return "pass"

    def jump(self):
        return self.pick(["break", "continue"]) if self.in_loop else "pass"

    def scope(self):
        return self.pick(["global g", "nonlocal x", "global a, b"]) if self.chance(0.15) else "pass"

    def test(self):
        return self.pick([self.expr, self.expr, lambda: self.pick(["0", "1", "True", "False", "None", "'x'", "__debug__", "not 1",
                                                                    "x and 0", "1 or x", "not x", "x or 1", "()"])])()

    def if_(self, indent):
        text = f"{indent}if {self.test()}:\n{self.block(indent)}"
        for _ in range(self.pick([0, 0, 1, 2])):
            text += f"{indent}elif {self.test()}:\n{self.block(indent)}"
        if self.chance(0.4):
            text += f"{indent}else:\n{self.block(indent)}"
        return text

    def loop_block(self, indent):
        outer, self.in_loop = self.in_loop, True
        text = self.block(indent)
        self.in_loop = outer
        return text

    def while_(self, indent):
        text = f"{indent}while {self.test()}:\n{self.loop_block(indent)}"
        if self.chance(0.25):
            text += f"{indent}else:\n{self.block(indent)}"
        return text

    def for_(self, indent):
        asyn = "async " if self.in_async and self.chance(0.4) else ""
        iterable = self.pick([self.expr(), self.expr(), "[1, 2, 3]", "{1, 2}", "[x, y]", "x, *y", "()"])
        text = f"{indent}{asyn}for {self.target()} in {iterable}:\n{self.loop_block(indent)}"
        if self.chance(0.25):
            text += f"{indent}else:\n{self.block(indent)}"
        return text

    def try_(self, indent):
        text = f"{indent}try:\n{self.block(indent)}"
        handlers = self.pick([0, 1, 1, 2])
        for _ in range(handlers):
            text += f"{indent}except {self.expr(2)}{self.pick(['', ' as e', ' as x'])}:\n{self.block(indent)}"
        if handlers and self.chance(0.3):
            text += f"{indent}except:\n{self.block(indent)}"
        if handlers and self.chance(0.3):
            text += f"{indent}else:\n{self.block(indent)}"
        if not handlers or self.chance(0.4):
            text += f"{indent}finally:\n{self.block(indent)}"
        return text

    def with_(self, indent):
        asyn = "async " if self.in_async and self.chance(0.4) else ""
        items = [self.expr(2) + (f" as {self.target(2)}" if self.chance(0.5) else "") for _ in range(self.pick([1, 1, 2]))]
        if self.chance(0.2):
            return f"{indent}{asyn}with ({', '.join(self.br() + i for i in items)}):\n{self.block(indent)}"
        return f"{indent}{asyn}with {', '.join(items)}:\n{self.block(indent)}"

    def decorators(self, indent):
        return "".join(f"{indent}@{self.expr(3)}\n" for _ in range(self.pick([0, 0, 0, 1, 2])))

    def function(self, indent):
        outer = self.in_function, self.in_async, self.in_loop, self.in_class
        header = self.decorators(indent)
        asyn = self.chance(0.25)
        params = self.params(1, True)
        returns = f" -> {self.expr(3)}" if self.chance(0.15) else ""
        self.in_function, self.in_async, self.in_loop, self.in_class = True, asyn, False, False
        doc = f"{indent} 'docstring'\n" if self.chance(0.2) else ""
        name = self.pick(["f", "g", "__h", "x"])
        text = f"{header}{indent}{'async ' if asyn else ''}def {name}({params}){returns}:\n{doc}{self.block(indent)}"
        self.in_function, self.in_async, self.in_loop, self.in_class = outer
        return text

    def class_(self, indent):
        header = self.decorators(indent)
        bases = f"({self.arguments(2)})" if self.chance(0.4) else ""
        outer = self.in_function, self.in_async, self.in_loop, self.in_class
        self.in_function, self.in_async, self.in_loop, self.in_class = False, False, False, True
        doc = f"{indent} 'docstring'\n" if self.chance(0.2) else ""
        text = f"{header}{indent}class {self.pick(['C', '_D', '__E'])}{bases}:\n{doc}{self.block(indent)}"
        self.in_function, self.in_async, self.in_loop, self.in_class = outer
        return text

    def pattern(self, d=0):
        if d > 2:
            return self.pick(["_", "v", "1", "'s'", "None", "-2", "x.y"])
        sub = lambda: self.pattern(d + 1)  # noqa: E731
        return self.pick([
            lambda: "_", lambda: self.pick(["v", "w", "u", "t"]), lambda: self.pick(["1", "-1.5", "'s'", "b'b'", "1+2j", "None", "True", "x.y.z"]),
            lambda: f"[{', '.join(sub() for _ in range(self.rng.randint(0, 3)))}]",
            lambda: f"[{sub()}, *{self.pick(['_', 'rest'])}, {sub()}]",
            lambda: f"({sub()}, {sub()})",
            lambda: "{" + ", ".join(f"{k}: {sub()}" for k in self.rng.sample(["'k'", "1", "x.y", "None"], self.rng.randint(0, 2))) + "}",
            lambda: "{" + f"'k': {sub()}, **{self.pick(['rest', 'more'])}" + "}",
            lambda: f"C({', '.join(sub() for _ in range(self.rng.randint(0, 2)))})",
            lambda: f"x.C({sub()}, k={sub()})",
            lambda: f"({sub()} | {sub()})", lambda: f"({self.pattern(d + 2)} as n{d})", lambda: "(1 | 2 | 3)",
            lambda: "([v, w] | [w, v, _] | {'a': v, 'b': w})"])()

    def match(self, indent):
        text = f"{indent}match {self.expr(2)}:\n"
        for _ in range(self.pick([1, 2, 3])):
            guard = f" if {self.expr(2)}" if self.chance(0.3) else ""
            text += f"{indent} case {self.pattern()}{guard}:\n{self.block(indent + ' ')}"
        if self.chance(0.3):
            text += f"{indent} case _:\n{self.block(indent + ' ')}"
        return text

    def program(self):
        text = "'module doc'\n" if self.chance(0.1) else ""
        if self.future and self.chance(0.07):
            text += "from __future__ import annotations\n"
        while self.budget > 0:
            text += self.statement("")
        return text


def theirs_of(source, optimize):
    """CPython's code object, or the refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(source, "fuzz.py", "exec", dont_inherit=True, optimize=optimize)
    except SyntaxError as e:
        return ["SyntaxError", e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
    except (ValueError, RecursionError, MemoryError) as e:
        return [type(e).__name__, str(e)]


def ours_of(sources, optimize, dissect):
    """Our answers, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, source in enumerate(sources):
            names.append(os.path.join(folder, f"{i}.py"))
            with open(names[-1], "w", encoding="utf-8") as f:
                f.write(source)
        listing = os.path.join(folder, "list")
        with open(listing, "w", encoding="utf-8") as f:
            f.write("\n".join(names) + "\n")
        flags = ["-O"] * optimize
        ran = subprocess.run([dissect, "pyc", "--batch", listing, "--out", folder, "-j", "2", *flags], stderr=subprocess.PIPE)
        answers = []
        for i in range(len(sources)):
            text, err = os.path.join(folder, f"{i}.txt"), os.path.join(folder, f"{i}.err")
            if os.path.exists(text):
                with open(text, "rb") as f:
                    answers.append(marshal.loads(f.read()[16:]))
            elif os.path.exists(err):
                with open(err, encoding="utf-8") as f:
                    e = json.load(f)
                answer = [e["type"], e["msg"]]
                if e["type"] == "SyntaxError":
                    answer += [e["lineno"], e["offset"], e["end_lineno"], e["end_offset"]]
                answers.append(answer)
            else:
                answers.append(["crash", ran.returncode])
        return answers


def differs(theirs, ours):
    """A word for the first difference, or None."""
    if isinstance(theirs, list) or isinstance(ours, list):
        if isinstance(theirs, list) and isinstance(ours, list):
            return None if theirs == ours else f"refusal: CPython {theirs}, ours {ours}"
        return f"CPython {theirs}, ours {ours}"
    stack = [(theirs, ours)]
    while stack:
        a, b = stack.pop()
        for field in compare_code.FIELDS:
            if field != "co_filename" and compare_code.key(getattr(a, field)) != compare_code.key(getattr(b, field)):
                return f"{field} of {a.co_name}"
        stack += zip(compare_code.nested(a), compare_code.nested(b))
    return None


def smallest(source, optimize, dissect):
    """Drops lines as long as the programs still differ in the same way (field, or refusal)."""
    def kind(text):
        why = differs(theirs_of(text, optimize), ours_of([text], optimize, dissect)[0])
        return why and (why if why.startswith("co_") else re.sub(r"\d+", "", why)[:150])
    return shrink(source, kind)


def main():
    become_oracle()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--keep", default=os.path.join(HERE, "..", "Fuzz", "Compile"))
    parser.add_argument("--stop", type=int, default=5, help="stop after this many differences")
    parser.add_argument("-O", action="count", default=0, dest="optimize")
    args = parser.parse_args()
    dissect = os.path.join(HERE, "..", ".build", "release", "dissect")
    found = refused = 0
    for first in range(0, args.count, args.batch):
        sources = []
        for i in range(first, min(first + args.batch, args.count)):
            sources.append(Generator(random.Random(args.seed * 1000003 + i)).program())
        answers = ours_of(sources, args.optimize, dissect)
        for i, (source, ours) in enumerate(zip(sources, answers)):
            theirs = theirs_of(source, args.optimize)
            refused += isinstance(theirs, list)
            why = differs(theirs, ours)
            if not why:
                continue
            found += 1
            small = smallest(source, args.optimize, dissect)
            os.makedirs(args.keep, exist_ok=True)
            path = os.path.join(args.keep, f"found-{args.seed}-{first + i}.py")
            with open(path, "w", encoding="utf-8") as f:
                f.write(small)
            print(f"--- {os.path.relpath(path)}: {why}\n{small}")
            if found >= args.stop:
                break
        if found >= args.stop:
            break
    print(f"{first + len(sources)} programs, {refused} of them refused by CPython, {found} differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
