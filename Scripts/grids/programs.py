"""What print, open, input, compile, exec and eval take and refuse: odd files, modes, namespaces, flags, names."""
import ast
import builtins
import io
import itertools
import os
import sys
import types

from cases import Bad, Index, Odd, call


class Writer:
    def __init__(self): self.log = []
    def write(self, text): self.log.append(text)
    def flush(self): self.log.append("flush")


for keywords in ({}, {"sep": ""}, {"sep": None}, {"sep": 5}, {"sep": b"x"}, {"end": None}, {"end": 5}, {"end": b""}, {"end": "é"}, {"flush": True}, {"flush": Bad()}, {"flush": "x"}, {"nope": 1}, {"sep": "-", "end": "!"}, {"sep": Odd()}):
    for arguments in ((), (1,), (1, "a", None), ("é", "\ud800"), (Odd(), b"x")):
        def printed():
            w = Writer()
            return print(*arguments, file=w, **keywords), w.log
        call(f"print(*{arguments!r}, {keywords!r})", printed)
for file in (5, "x", Odd(), object(), io.BytesIO(), types.SimpleNamespace(write=len), types.SimpleNamespace(write=5), types.SimpleNamespace(write=lambda t: 1 / 0), Bad()):
    call(f"print(file={file!r})", lambda: print("x", file=file))
    call(f"print(file={file!r}, flush=True)", lambda: print(file=file, flush=True))
class BadStr:
    def __str__(self): return 5
    def __repr__(self): raise KeyError("repr")
call("print of what has no str", lambda: print(BadStr(), file=Writer()))
for value in (BadStr(), Odd(), "é\n\0'\"", b"\xff'"):
    for f in (str, repr, ascii):
        try:
            call(f"{f.__name__} of {type(value).__name__}", f, value)
        except Exception:
            pass

def prepare():
    with open("file.txt", "w", encoding="utf-8", newline="") as f:
        f.write("line é\r\nline two\rthree\n")


prepare()
os.mkdir("folder")
MODES = ["r", "w+", "rb", "rb+", "r+", "a", "x", "", "q", "rw", "rr", "r+b", "br", "tr", "rt", "rbt", "U", "rU", "wU", "rbU", "++", "r++", "b", "t", "+", "R", "wx", "wa", "rx", " r", "r\0", "é", 5, None, b"r", "w" * 0]
for mode in MODES:
    for name in ("file.txt", "missing/x", "folder"):
        def opened():
            with open(name, mode) as f:
                return type(f).__name__, f.mode, f.name, f.readable(), f.writable(), f.seekable(), getattr(f, "encoding", None), getattr(f, "errors", None)
        call(f"open({name!r}, {mode!r})", opened)
        prepare()
        if os.path.exists("x"):
            os.unlink("x")
for mode, keywords in itertools.product(["r", "rb", "w", "wb"], [{"buffering": 0}, {"buffering": 1}, {"buffering": -1}, {"buffering": -5}, {"buffering": 2**70}, {"buffering": "a"}, {"buffering": 1.5}, {"encoding": "ascii"}, {"encoding": "nope"}, {"encoding": 5}, {"encoding": ""}, {"encoding": "\0"}, {"encoding": "rot13"}, {"encoding": "hex"}, {"errors": "nope"}, {"errors": 5}, {"errors": "ignore"}, {"newline": ""}, {"newline": "\n"}, {"newline": "\r"}, {"newline": "\r\n"}, {"newline": "x"}, {"newline": 5}, {"newline": "\n\n"},
                                                       {"closefd": False}, {"closefd": "x"}, {"opener": 5}, {"opener": len}, {"opener": lambda p, f: -1}, {"opener": lambda p, f: "x"}, {"opener": lambda p, f: None}, {"opener": lambda p, f: 1 / 0}, {"nope": 1}, {"encoding": "utf-8", "errors": None, "newline": None}, {"encoding": None}]):
    def opened():
        with open("file2.txt" if "w" in mode else "file.txt", mode, **keywords) as f:
            return type(f).__name__, f.read() if "r" in mode else f.write("a\nb" if "b" not in mode else b"a\nb"), getattr(f, "encoding", None), getattr(f, "newlines", None), getattr(f, "line_buffering", None)
    call(f"open(.., {mode!r}, {keywords!r})", opened)
for name in (5.5, None, [], b"file.txt", "a\0b", b"a\0b", -1, -5, 10**9, 2**70, True, Odd(), Bad(), Index(3), "", b"", "\ud800", type("P", (), {"__fspath__": lambda s: "file.txt"})(), type("P", (), {"__fspath__": lambda s: 5})(), memoryview(b"file.txt"), bytearray(b"file.txt"), "x" * 300, "x" * 5000):
    def opened():
        if name is True or name == 10**9 or name == 1:
            return
        with open(name) as f:
            return f.name
    try:
        call(f"open({str(name)[:40]})" if not isinstance(name, Bad) else "open(bad)", opened)
    except Exception:
        pass
for arguments in ((), ("file.txt", "r", -1, None, None, None, True, None, 5)):
    call(f"open{arguments}", open, *arguments)
closed = open("file.txt")
closed.close()
for use in ("read()", "write('x')", "readline()", "readlines()", "seek(0)", "tell()", "flush()", "fileno()", "isatty()", "readable()", "writable()", "seekable()", "truncate()", "writelines([])", "__enter__()", "__next__()", "__iter__()", "close()", "closed", "name", "mode", "encoding", "buffer", "detach()", "newlines", "line_buffering", "errors", "reconfigure()", "__repr__()"):
    call(f"closed.{use}", lambda: eval("closed." + use))
for use in ("write('x')", "write(b'x')", "write(5)", "read('a')", "read(-5)", "read(1.5)", "read(None)", "readline('a')", "readline(3)", "readlines(5)", "readlines('a')", "seek(1, 5)", "seek(-1)", "seek(1, 1)", "seek(0, 2)", "seek(-1, 2)", "seek('a')", "truncate(-1)", "tell(1)", "fileno(1)", "__getstate__()", "__reduce_ex__(2)", "detach().read()", "buffer.raw.read(3)", "buffer.peek(2)", "buffer.read1(4)", "buffer.read1(-1)", "buffer.readinto(bytearray(3))", "buffer.readinto('a')", "buffer.readinto(b'abc')", "buffer.write(b'x')", "buffer.raw.write(b'x')", "reconfigure(encoding='latin-1')", "reconfigure(newline='x')", "reconfigure(errors='nope')", "reconfigure(line_buffering='x')", "reconfigure(5)", "writelines(5)", "writelines([5])", "__next__()", "x = 1", "foo", "name", "buffer.name", "buffer.raw.closefd", "_CHUNK_SIZE", "buffer.raw.mode", "__del__()", "isatty(1)", "close(1)"):
    def used():
        with open("file.txt", encoding="utf-8") as f:
            return eval("f." + use, {"f": f})
    call(f"open file .{use}", used)
call("input of an empty stdin", input)
call("input(1, 2)", input, 1, 2)
call("input(prompt=1)", lambda: input(prompt=1))
for stream in (None, io.StringIO("line\nmore"), io.BytesIO(b"bytes\n"), Odd(), types.SimpleNamespace(readline=lambda: 5, fileno=lambda: 1 / 0), types.SimpleNamespace(readline=lambda: "", fileno=lambda: -1), types.SimpleNamespace(readline=lambda: "no newline")):
    def asked():
        old = sys.stdin, sys.stdout
        sys.stdin, sys.stdout = stream, Writer()
        try:
            return input("é?"), sys.stdout.log
        finally:
            sys.stdin, sys.stdout = old
    call(f"input from {type(stream).__name__}", asked)

SOURCES = ["1", "1 + 1", " 1", "\n1", "1\n", "1\\\n", "x", "x = 1", "pass", "", "  ", "#c", "1 +", "(", "é", "\0", "1\0", b"1", b"\xef\xbb\xbf1", b"# coding: latin-1\n'\xe9'", b"\xff", b"# coding: nope\n1", bytearray(b"1"), memoryview(b"1"), 5, None, [], Odd(), ast.Module([], []), ast.Expression(ast.Constant(5, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)), ast.parse("1"), ast.parse("1", mode="eval"), "lambda: (yield)", "yield", "await x", "return", "print(1, file=2)", "\ud800", "def f():\n 1\n  2", "if 1:\n\tx\n        y", "f'{'", "a.b.c = 1 = 2", "'" + "x" * 20 + "'", "async def f(): await x", "from __future__ import annotations\ndef f(x: y): pass\nf.__annotations__", "1;2", "x: int", "(x := 3)", "[i for i in range(3)]", "t'x'", "0777", "1__0", "__debug__ = 1", "None = 1"]
for source in SOURCES:
    for mode in ("exec", "eval", "single"):
        call(f"compile({source!r}, {mode!r})", lambda: (lambda c: (c.co_filename, c.co_name, c.co_code, c.co_consts if not any(isinstance(k, types.CodeType) for k in c.co_consts) else None, c.co_flags))(compile(source, "name", mode)))
    for f in (eval, exec):
        call(f"{f.__name__}({source!r})", lambda: f(source, {"x": 2}))
for mode in ("", "Exec", "func_type", 5, None, b"exec", "exec\0"):
    call(f"compile mode {mode!r}", lambda: compile("1", "n", mode))
for name in (5, None, b"bytes", "a\0b", "é", "\ud800", Odd(), bytearray(b"x"), "", "x" * 1000, type("P", (), {"__fspath__": lambda s: "path"})()):
    call(f"compile filename {str(name)[:30]!r}", lambda: compile("1", name, "exec").co_filename)
for flags in (0, 1, 0x10, 0x20, 0x40, 0x200, 0x400, 0x1000, 0x2000, 0x4000, 0x100000, 0x1000000, 0x2000000, 2**31, -1, 2**70, "a", None, 1.5, Index(0x400), True, ast.PyCF_ONLY_AST | ast.PyCF_TYPE_COMMENTS):
    call(f"compile flags {flags!r}", lambda: type(compile("x: int = 1", "n", "exec", flags)).__name__)
    call(f"compile flags {flags!r} code", lambda: compile("x: int = 1", "n", "exec", flags).co_flags)
for optimize in (-2, -1, 0, 1, 2, 3, "a", None, 2**70, True):
    call(f"compile optimize {optimize!r}", lambda: compile("'doc'\nassert x", "n", "exec", optimize=optimize).co_code)
for inherit in (0, 1, "x", None, Bad()):
    call(f"compile dont_inherit {inherit!r}", lambda: compile("1", "n", "exec", dont_inherit=inherit).co_flags)
for arguments in ((), ("1",), ("1", "n"), ("1", "n", "exec", 0, False, -1, 5), ("1", "n", "exec", 0, False, -1, -1, 7)):
    call(f"compile{arguments}", compile, *arguments)
for keywords in ({"source": "1", "filename": "n", "mode": "eval"}, {"source": "1", "filename": "n", "mode": "eval", "_feature_version": 5}, {"source": "match x:\n case 1: pass", "filename": "n", "mode": "exec", "_feature_version": 9, "flags": 0x400}, {"nope": 1}):
    call(f"compile(**{keywords})", lambda: type(compile(**keywords)).__name__)


class Mapping:
    def __getitem__(self, key): return f"<{key}>" if key != "missing" else {}[key]
    def __setitem__(self, key, value): self.last = key, value
    def __repr__(self): return "Mapping"


class Dict(dict):
    def __missing__(self, key): return "missing " + key
    def __getitem__(self, key): return "got " + key


NAMESPACES = [None, {}, {"x": 5}, Mapping(), Dict(x=1), [], "a", 5, Odd(), types.MappingProxyType({"x": 6}), {"__builtins__": {}}, {"__builtins__": {"len": lambda v: "mine"}}, {"__builtins__": builtins}, {"__builtins__": 5}, {"__builtins__": None}, {1: 2}]
for globals_, locals_ in itertools.product(NAMESPACES, NAMESPACES):
    for source in ("x", "len('ab')", "missing", "x2 = 1", "[x for _ in [1]]", "(lambda: x)()", "__name__", "import sys", "class C: pass", "del x", "global x; x = 9"):
        def ran(f):
            g = dict(globals_) if type(globals_) is dict else globals_
            l = dict(locals_) if type(locals_) is dict else locals_
            r = f(source, g, l)
            return r, sorted(map(str, g)) if type(g) is dict else None, sorted(map(str, l)) if type(l) is dict else getattr(l, "last", None)
        if source in ("x", "len('ab')", "missing", "[x for _ in [1]]", "(lambda: x)()", "__name__"):
            call(f"eval({source!r}, {str(globals_)[:40]}, {str(locals_)[:40]})", ran, eval)
        call(f"exec({source!r}, {str(globals_)[:40]}, {str(locals_)[:40]})", ran, exec)
def outer():
    y = 1
    return (lambda: y).__code__
call("exec of a code with free variables", lambda: exec(outer()))
call("eval of a code with free variables", lambda: eval(outer(), {}))
call("eval of a function's code", lambda: eval((lambda: 5).__code__))
call("eval of code with arguments", lambda: eval((lambda a: a).__code__))
for arguments in ((), ("1", {}, {}, {}), (5,), (None,)):
    call(f"eval{arguments}", eval, *arguments)
    call(f"exec{arguments}", exec, *arguments)
for f in (eval, exec):
    for keywords in ({"source": "1"}, {"globals": {}}, {"closure": ()}):
        call(f"{f.__name__}('1', **{keywords})", lambda: f("1", **keywords))
