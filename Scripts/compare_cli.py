#!/usr/bin/env python3
"""Runs one table of command lines under `taipan` and the oracle and compares stdout, stderr and exit code.

    Scripts/compare_cli.py [--python BIN] [--verbose] [--only TEXT] [--list]

Each case is a command line with what stands on standard input, in the environment and in the directory. The name of the
program and addresses are replaced before comparing. Exit 1 if a case differs that is not marked as a deliberate
difference (`differs=` says why).
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


class Case:
    def __init__(self, *args, stdin="", env=None, files=None, differs=None, sort=False, only=None):
        self.args, self.stdin, self.env, self.files = args, stdin, env or {}, files or {}
        self.differs, self.sort, self.only = differs, sort, only

    def __str__(self):
        parts = [f"{k}={v}" for k, v in self.env.items()] + ["python", *map(repr_arg, self.args)]
        if self.stdin:
            parts.append(f"<<< {self.stdin!r}")
        return " ".join(parts)


def repr_arg(arg):
    return arg if re.fullmatch(r"[\w./=:-]+", arg) else repr(arg)


FLAGS = "import sys; print(sys.flags)"
FILES = {
    "hello.py": "import sys\nprint('hello', sys.argv, __name__, __file__)\n",
    "fail.py": "def f(x):\n    return 1 / x\n\nf(0)\n",
    "bad.py": "print('never')\nif True\n    pass\n",
    "exit3.py": "import sys\nsys.exit(3)\n",
    "first.py": "this is not python\nimport sys\nprint('second', sys._getframe().f_lineno)\n",
    "warn.py": "import warnings\nwarnings.warn('old', DeprecationWarning)\nwarnings.warn('user')\nprint('done')\n",
    "mod.py": "import sys\nprint(__name__, __file__, __package__, __spec__.name, sys.argv[1:])\n",
    "pkg/__init__.py": "print('init', __name__)\n",
    "pkg/__main__.py": "import sys\nprint('main', __name__, __package__, sys.argv[1:])\n",
    "pkg/sub.py": "from . import __name__ as up\nprint('sub', up, __name__)\n",
    "dir/__main__.py": "import sys\nprint('directory', __name__, repr(__package__), sys.argv[1:])\n",
    "empty/readme.txt": "",
    "nul.py": b"print(1)\0\nprint(2)\n",
    "latin.py": "# coding: latin-1\nprint('h\xe9')\n".encode("latin-1"),
    "undeclared.py": b"print('h\xe9')\n",
    "input.py": "a = input('name? ')\nprint('got', a)\n",
    "startup.py": "print('startup'); from_startup = 1\n",
    "bytes.py": "print(b'a' == 'a', str(b'x'))\n",
    "assert.py": "'''doc'''\nassert False, 'no'\nprint(__doc__, __debug__)\n",
    "unraisable.py": "class A:\n    def __del__(self):\n        1/0\na = A()\ndel a\nimport gc; gc.collect()\n",
    "thread.py": "import threading\ndef f():\n    raise ValueError('in thread')\nt = threading.Thread(target=f, name='worker')\nt.start(); t.join()\nprint('end')\n",
    "atexit_.py": "import atexit\natexit.register(print, 'bye')\natexit.register(lambda: 1/0)\nprint('body')\n",
    "deep.py": "def f(n):\n    return f(n + 1)\nf(0)\n",
    "chain.py": "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise KeyError('x') from e\n",
    "int_limit.py": "import sys\nprint(sys.get_int_max_str_digits(), sys.flags.int_max_str_digits)\nint('1' * 700)\n",
    "cache.py": "import sys, mod2\nprint(sys.pycache_prefix, sys.dont_write_bytecode, mod2.__cached__)\n",
    "mod2.py": "x = 1\n",
    "interrupt.py": "raise KeyboardInterrupt\n",
    "kill.py": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n",
    "broken_stdout.py": "import sys\nsys.stdout.write('x')\nsys.stdout.close()\n",
    "open_default.py": "open(__file__).close()\n",
    "hook.py": "import sys\nsys.excepthook = lambda *a: print('hook', a[0].__name__)\n1/0\n",
    "badhook.py": "import sys\ndef hook(*a): raise ValueError('bad')\nsys.excepthook = hook\n1/0\n",
    "nohook.py": "import sys\ndel sys.excepthook\n1/0\n",
}


def cases():
    C = Case
    # What to run.
    yield C("hello.py")
    yield C("hello.py", "a", "-b", "--c")
    yield C("./hello.py")
    yield C("missing.py")
    yield C("missing/")
    yield C("empty")
    yield C("dir", "x", "y")
    yield C("pkg")
    yield C("-", "a", "b", stdin="import sys; print(sys.argv, __name__)\n")
    yield C(stdin="import sys; print(sys.argv, __name__)\nprint('é')\n")
    yield C(stdin="")
    yield C(stdin="print(1)\n1/0\nprint(2)\n")
    yield C(stdin="if 1:\n    print(1)\n\n    print(2)\nx = (1,\n2)\nprint(x)\n1 +\n")
    yield C(stdin="import sys\nsys.exit('text')\n")
    yield C("-c", "import sys; print(sys.argv, __name__, '__file__' in globals())", "a", "-b")
    yield C("-cprint(1)")
    yield C("-c", "")
    yield C("-c", "1/0")
    yield C("-c", "x = = 1")
    yield C("-c", "if 1:\n  x\n y")
    yield C("-c", "print('é')")
    yield C("-c")
    yield C("-m")
    yield C("-W")
    yield C("-X")
    yield C("-m", "mod", "a", "-b")
    yield C("-mmod")
    yield C("-m", "pkg", "1")
    yield C("-m", "pkg.sub")
    yield C("-m", "pkg.missing")
    yield C("-m", "nothing")
    yield C("-m", "nothing.more")
    yield C("-m", "mod.more")
    yield C("-m", "sys")
    yield C("-m", "hello.py")
    yield C("-m", ".rel")
    yield C("-m", "")
    yield C("fail.py")
    yield C("bad.py")
    yield C("exit3.py")
    yield C("nul.py", differs="the joined line is shown whole")
    yield C("latin.py")
    yield C("undeclared.py")
    yield C("chain.py")
    yield C("deep.py")
    yield C("input.py", stdin="you\n")
    yield C("input.py")
    yield C("interrupt.py")
    yield C("kill.py")
    yield C("thread.py")
    yield C("atexit_.py")
    yield C("unraisable.py")
    yield C("hook.py")
    yield C("badhook.py")
    yield C("nohook.py")
    yield C("broken_stdout.py")
    for value in ["None", "0", "1", "256", "-1", "3.5", "'text'", "True", "(1, 2)", "[1]", "10**30", "2**31", "Exception('x')", "b'x'"]:
        yield C("-c", f"import sys; sys.exit({value})")
    yield C("-c", "raise SystemExit")
    yield C("-c", "raise SystemExit(1, 2)")
    yield C("-c", "import os; os._exit(7)")
    yield C("-c", "import os; os.abort()")
    yield C("-c", "exit(4)")
    yield C("-c", "quit('q')")
    yield C("-c", "print(exit, quit, copyright, credits, license, help, sep='\\n')")
    yield C("-S", "-c", "exit(4)")
    # Each flag.
    for flag in ["-b", "-bb", "-bbb", "-B", "-d", "-dd", "-i", "-O", "-OO", "-OOO", "-S", "-E", "-I", "-q", "-s", "-u", "-R", "-v",
                 "-x", "-t", "-ii", "-qq", "-BEs", "-IS", "-EIsS", "-Wd", "-Xdev", "-X utf8", "-Xutf8=0", "-Xutf8=1"]:
        if flag in ("-v", "-x"):
            continue
        yield C(*flag.split(), "-c", FLAGS)
    yield C("-VV"[:2])
    yield C("--version")
    yield C("-V", "-c", "print(1)")
    yield C("-h")
    yield C("--help")
    yield C("-?")
    yield C("-hV")
    yield C("-c", "print(1)", "-h")
    for bad in ["-z", "-J", "-y1", "--nothing", "--check", "--check-hash-based-pycs", "-bz", "--", "-Ic", "-a", "-k", "-é", "--versio", "--help-env"]:
        yield C(bad)
    yield C("--", "hello.py")
    yield C("--", "-c", "1")
    for mode in ["always", "never", "default", "other", ""]:
        yield C("--check-hash-based-pycs", mode, "-c", "import _imp; print(_imp.check_hash_based_pycs)")
    yield C("-x", "first.py")
    yield C("-x", "hello.py")
    yield C("-x", stdin="not python\nprint(1)\n")
    yield C("-x", "-c", "print(1)")
    yield C("-O", "assert.py")
    yield C("-OO", "assert.py")
    yield C("assert.py")
    yield C("-O", "-c", "import mod2; print(mod2.__cached__[-20:])")
    yield C("-OO", "-c", "import mod2; print(mod2.__cached__[-20:])")
    yield C("-B", "-c", "import mod2, os; print(os.path.exists('__pycache__'))")
    yield C("-c", "import mod2, os; print(os.listdir('__pycache__'))")
    yield C("-b", "bytes.py")
    yield C("-bb", "bytes.py")
    yield C("bytes.py")
    yield C("-u", "-c", "import sys; print(sys.stdout.line_buffering, sys.stdout.write_through, type(sys.stdout.buffer).__name__, type(sys.stdin.buffer).__name__, sys.stderr.line_buffering)")
    yield C("-c", "import sys; print(sys.stdout.line_buffering, sys.stdout.write_through, type(sys.stdout.buffer).__name__, sys.stderr.line_buffering, sys.stderr.errors, sys.stdout.errors, sys.stdin.encoding)")
    yield C("-S", "-c", "import sys; print('site' in sys.modules, [p for p in sys.path if 'site-packages' in p])")
    yield C("-I", "-c", "import sys; print(sys.path[0][-12:], '' in sys.path, sys.flags.isolated)")
    yield C("-I", "hello.py")
    yield C("-I", "-m", "mod")
    yield C("-E", "-c", "import sys; print('zz' in sys.path)", env={"PYTHONPATH": "zz"})
    yield C("-s", "-c", "import site; print(site.ENABLE_USER_SITE)")
    yield C("-c", "import site; print(site.ENABLE_USER_SITE)")
    yield C("-q", stdin="print(1)\n")
    yield C("-d", "-c", "print(1)")
    yield C("-R", "-c", "print(1)")
    # Warnings.
    for spec in ["ignore", "error", "default", "once", "always", "module", "default::DeprecationWarning", "error::UserWarning",
                 "i", "d", "a", "e", "ignore:old", "ignore:user:UserWarning:__main__", "ignore:::__main__:3", "bogus", "error:::x:y",
                 "error:a:b:c:1:2", "error::Bogus", "error::no.Such", "ignore::x.", "error:::x:-1", "", "::", "error::int", "ignore:old:DeprecationWarning:__main__:2"]:
        yield C("-W", spec, "warn.py")
    yield C("-Werror", "-Wignore", "warn.py")
    yield C("-Wdefault", "-c", "import sys; print(sys.warnoptions)")
    yield C("-Wa", "-Xdev", "-b", "-c", "import sys, warnings; print(sys.warnoptions); print(*warnings.filters, sep='\\n')", env={"PYTHONWARNINGS": "error,ignore::UserWarning"})
    yield C("-c", "import sys, warnings; print(sys.warnoptions); print(*warnings.filters, sep='\\n')")
    yield C("-bb", "-c", "import sys, warnings; print(sys.warnoptions); print(*warnings.filters, sep='\\n')")
    yield C("warn.py", env={"PYTHONWARNINGS": "error"})
    yield C("warn.py", env={"PYTHONWARNINGS": "ignore,always::DeprecationWarning"})
    yield C("-E", "warn.py", env={"PYTHONWARNINGS": "error"})
    yield C("-Wd", "-c", "'\\d'")
    yield C("-We", "-c", "'\\d'")
    yield C("-Wd", "-c", "x is 1")
    yield C("-c", "1 is 1")
    yield C("-Wd", "-c", "f = open('hello.py'); del f; import gc; gc.collect()")
    # -X.
    for name in ["dev", "utf8=2", "utf8=", "bogus", "a=b", "a=b=c", "faulthandler", "importtime=1", "no_debug_ranges", "frozen_modules=off",
                 "showrefcount", "tracemalloc=0", "pycache_prefix", "pycache_prefix=pre", "pycache_prefix=", "warn_default_encoding", "int_max_str_digits=640",
                 "int_max_str_digits=639", "int_max_str_digits=x", "int_max_str_digits", "int_max_str_digits=0", "int_max_str_digits=-1", "int_max_str_digits=",
                 "oldparser", "presite=x", "showalloccount"]:
        yield C("-X", name, "-c", "import sys; print(sys._xoptions, sys.flags.dev_mode, sys.flags.utf8_mode, sys.pycache_prefix, sys.flags.warn_default_encoding, sys.get_int_max_str_digits())",
                only="stdout" if name.startswith("importtime") else None)
    yield C("-X", "int_max_str_digits=640", "int_limit.py")
    yield C("int_limit.py", env={"PYTHONINTMAXSTRDIGITS": "650"})
    yield C("int_limit.py", env={"PYTHONINTMAXSTRDIGITS": "65"})
    yield C("int_limit.py", env={"PYTHONINTMAXSTRDIGITS": "x"})
    yield C("int_limit.py")
    yield C("-X", "warn_default_encoding", "open_default.py")
    yield C("-X", "pycache_prefix=pre", "cache.py")
    yield C("cache.py", env={"PYTHONPYCACHEPREFIX": "other"})
    yield C("-X", "dev", "warn.py")
    yield C("-X", "dev", "-c", "import faulthandler, sys; print(faulthandler.is_enabled(), sys.flags)")
    yield C("-X", "faulthandler", "-c", "import faulthandler; print(faulthandler.is_enabled())")
    yield C("-X", "faulthandler", "-c", "def f():\n  import faulthandler; faulthandler.dump_traceback()\nf()")
    yield C("-X", "tracemalloc=x", "-c", "1")
    # PYTHON* variables.
    for name, values in {
        "PYTHONOPTIMIZE": ["1", "2", "x", "0", "-1"], "PYTHONDEBUG": ["1", "3", "x"], "PYTHONDONTWRITEBYTECODE": ["1", "0", "x"],
        "PYTHONINSPECT": ["x"], "PYTHONUNBUFFERED": ["1", "0"], "PYTHONNOUSERSITE": ["1", "x"], "PYTHONUTF8": ["1", "0", "2", "x"], "PYTHONDEVMODE": ["1", "0", "x"],
        "PYTHONHASHSEED": ["0", "1", "4294967295", "4294967296", "-1", "x", "random", "1x", " 1"], "PYTHONIOENCODING": ["latin-1", "ascii:replace", ":strict", "utf-8:", "bogus", "utf-8:bogus"],
        "PYTHONWARNDEFAULTENCODING": ["1"], "PYTHONFAULTHANDLER": ["1"], "PYTHONCOERCECLOCALE": ["0", "1", "warn"], "PYTHONSAFEPATH": ["1"], "PYTHONCASEOK": ["1"], "PYTHONPLATLIBDIR": ["lib"],
        "PYTHONEXECUTABLE": ["/x"], "PYTHONBREAKPOINT": ["0", "nothing", "no.such", "print"], "PYTHONMALLOC": ["default", "debug", "malloc", "bogus"],
        "PYTHONASYNCIODEBUG": ["1"], "PYTHONTRACEMALLOC": ["0"], "PYTHONUSERBASE": ["/u"],
    }.items():
        for value in values:
            yield C("-c", "import sys, os; print(sys.flags, hash('a') if sys.flags.hash_randomization == 0 else 0, sys.stdout.encoding, sys.stdout.errors, sys.stderr.encoding, sys.stderr.errors); breakpoint()" if name == "PYTHONBREAKPOINT" else
                    "import sys, os; print(sys.flags, sys.stdout.encoding, sys.stdout.errors, sys.stderr.encoding, sys.stderr.errors, sys.stdin.errors)", env={name: value})
    yield C("-c", "print(hash('abc'), hash(b'abc'), {'a', 'b', 'c', 'd', 'e'})", env={"PYTHONHASHSEED": "0"})
    yield C("-c", "print(hash('abc'), hash(b'abc'), {'a', 'b', 'c', 'd', 'e'})", env={"PYTHONHASHSEED": "12345"})
    yield C("-c", "import sys; print([p for p in sys.path if p.startswith('/') and 'one' in p or 'two' in p])", env={"PYTHONPATH": "/one:/two::/one"})
    yield C("-c", "print('é', ascii(input()))", stdin="é\n", env={"PYTHONIOENCODING": "latin-1"})
    yield C("-c", "print('é')", env={"PYTHONIOENCODING": "ascii"})
    yield C("-c", "print('é')", env={"LC_ALL": "C"})
    yield C("-c", "print('é', ascii(input()))", stdin="\xe9\n", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            differs="the command line is UTF-8 whatever the locale")
    yield C("-c", "import sys, locale; print(sys.stdout.encoding, sys.getfilesystemencoding(), locale.getpreferredencoding(), sys.flags.utf8_mode)", env={"LC_ALL": "POSIX"})
    yield C("-c", "import sys, locale; print(sys.stdout.encoding, sys.getfilesystemencoding(), locale.getpreferredencoding(), sys.flags.utf8_mode)", env={"LC_ALL": "C.UTF-8"})
    yield C("-c", "import sys, locale; print(sys.stdout.encoding, sys.getfilesystemencoding(), locale.getpreferredencoding(), sys.flags.utf8_mode)", env={"LANG": "C", "LC_ALL": ""})
    yield C("-c", "import sys, locale; print(sys.stdout.encoding, sys.getfilesystemencoding(), locale.getpreferredencoding(), sys.flags.utf8_mode)", env={"LC_ALL": "nowhere"})
    # -i and the plain prompt.
    yield C("-i", stdin="1\nx = 2\nx\n_\n")
    yield C("-i", "-q", stdin="1\n")
    yield C("-i", "hello.py", stdin="__name__\n__file__\nsys\n")
    yield C("-i", "fail.py", stdin="f\nimport sys; sys.last_type, sys.last_value\n")
    yield C("-i", "-c", "x = 1", stdin="x\n")
    yield C("-i", "-c", "1/0", stdin="1\n")
    yield C("-i", "exit3.py", stdin="1\n")
    yield C("-i", "-c", "import sys; sys.exit(3)", stdin="sys.exit(5)\n")
    yield C("-i", "-m", "mod", stdin="__name__\n")
    yield C("-i", "missing.py", stdin="1\n")
    yield C("-i", "bad.py", stdin="1\n")
    yield C("-i", "dir", stdin="__name__\n")
    yield C("-i", "-", stdin="1\n2\n")
    yield C("-i", "-x", stdin="1\n2\n")
    yield C("-i", stdin="")
    yield C("-i", stdin="1")
    yield C("-i", stdin="1/0\n2\n")
    yield C("-i", stdin="def f():\n  return 1\n\nf()\nfor i in 1, 2:\n  i\n\nif 1:\n  3\nelse:\n  4\n\n")
    yield C("-i", stdin="for i in range(2):\n  i\nprint(3)\n\n4\n")
    yield C("-i", stdin="(1,\n2\n\n)\n'''a\n\nb'''\n[1\n")
    yield C("-i", stdin="x = = 1\n1\n  2\n3\n)\n'abc\n5\n")
    yield C("-i", stdin="if 1:\n  2\n 3\n\n4\n")
    yield C("-i", stdin="class A:\n  def f(self):\n    return 1\n\n  x = 2\n\nA.x\n")
    yield C("-i", stdin="# comment\n\n1 # two\n\\\n2\n1 + \\\n2\n")
    yield C("-i", stdin="@property\ndef f(x):\n  pass\n\nf.fget.__name__\n")
    yield C("-i", stdin="try:\n  1/0\nexcept ZeroDivisionError:\n  print('caught')\nfinally:\n  print('finally')\n\n")
    yield C("-i", stdin="import sys\nsys.ps1 = 'in> '\nsys.ps2 = '.. '\n1\nif 1:\n  2\n\nsys.ps1 = 5\n3\ndel sys.ps1\n4\n")
    yield C("-i", stdin="class P:\n  n = 0\n  def __str__(self):\n    P.n += 1\n    return f'[{P.n}] '\n\nimport sys; sys.ps1 = P()\n1\n2\n")
    yield C("-i", stdin="import sys\nsys.displayhook = lambda v: print('shown', v)\n1\nNone\nsys.displayhook = 3\n2\ndel sys.displayhook\n4\n")
    yield C("-i", stdin="import sys\nsys.excepthook = lambda *a: print('hooked', a[0])\n1/0\n1 +\nsys.excepthook = None\n1/0\n")
    yield C("-i", stdin="exit\nexit()\nprint('never')\n")
    yield C("-i", stdin="quit(3)\n")
    yield C("-i", stdin="raise SystemExit('bye')\n")
    yield C("-i", stdin="raise KeyboardInterrupt\n1\n")
    yield C("-i", stdin="from __future__ import annotations\ndef f(x: undefined): pass\n\nf.__annotations__\n")
    yield C("-i", stdin="from __future__ import barry_as_FLUFL\n1 <> 2\n1 != 2\n")
    yield C("-i", stdin="import __future__\ndef f():\n\treturn 1\n\nf()\n1;2;3\nx: int = 3\n__annotations__\n")
    yield C("-i", stdin="'é'\n'\\ud800'\nprint('ü')\nn = 'ñ'; n\n")
    yield C("-i", stdin=b"'\xff'\n1\n", differs="CPython gives the error line 0 and no text")
    yield C("-i", stdin="input('? ')\nanswer\n1\nimport sys; sys.stdin.readline()\nrest\n2\n")
    yield C("-i", stdin="a = 1; a\nb\nwith open('hello.py') as f:\n  f.closed\n\nf.closed\nasync def g():\n  pass\n\nmatch 1:\n  case 1:\n    'one'\n\n")
    yield C("-i", stdin="lambda: (yield)\nawait x\nreturn 1\nbreak\nnonlocal x\nglobal x\n")
    yield C("-i", stdin="'\\d'\n1 is 1\nassert (1, 'x')\n")
    yield C("-i", stdin="def f():\n\n  return 1\n\nf()\n")
    yield C("-i", stdin="if True:\n  x = 1\n  # comment\n\n  y = 2\nx\ny\n")
    yield C("-i", stdin="x = '''\nabc\nx\nf'''{1\n}'''\nf'{'\n", differs="an opened bracket behind an error is waited for")
    yield C("-i", stdin="1\r\n2\r\nif 1:\r\n  3\r\n\r\n4\r\n")
    yield C("-i", stdin="while True:\n  break\nelse:\n  1\n\nimport os; os._exit(3)\n")
    yield C("-i", stdin="import threading, time\nt = threading.Thread(target=lambda: 1/0)\nt.start(); t.join()\n1\n", sort=True)
    yield C("-i", stdin="help\nhelp(len)\ncopyright\n")
    yield C("-i", stdin="1\n\x0c\n2\n\t\n3\n   \n4\n")
    yield C("-i", stdin="print(_)\n5\nprint(_)\nNone\n_\n_ = 7\n8\n_\n")
    yield C("-i", env={"PYTHONSTARTUP": "startup.py"}, stdin="from_startup\n")
    yield C("-i", env={"PYTHONSTARTUP": "nostartup.py"}, stdin="1\n")
    yield C("-i", env={"PYTHONSTARTUP": "fail.py"}, stdin="1\nf\n")
    yield C("-i", env={"PYTHONSTARTUP": "bad.py"}, stdin="1\n")
    yield C("-i", "-E", env={"PYTHONSTARTUP": "startup.py"}, stdin="from_startup\n")
    yield C("-i", "-I", env={"PYTHONSTARTUP": "startup.py"}, stdin="1\n")
    yield C("-c", "x = 5", env={"PYTHONINSPECT": "1"}, stdin="x\n")
    yield C("-c", "import os; os.environ['PYTHONINSPECT'] = '1'", stdin="1 + 1\n")
    yield C("-c", "1/0", env={"PYTHONINSPECT": "1"}, stdin="1\n")
    yield C("-i", "-O", "assert.py", stdin="__debug__\nassert 0\n")
    yield C("-i", "-b", stdin="b'a' == 'a'\n")
    yield C("-i", "-Wd", "-c", "import warnings", stdin="warnings.warn('x', DeprecationWarning)\n")
    # What a broken stdout does.
    yield C("-c", "import sys; sys.stdout.close(); print(1)")
    yield C("-c", "import sys, os; os.close(1); print(1)")
    yield C("-c", "import sys; sys.stderr = None; 1/0")
    yield C("-c", "import sys; sys.stdout = None; print(1); del sys.stderr; 1/0", differs="CPython dumps the object with its reference count")
    yield C("-c", "import sys; sys.stderr.write('e'); sys.stdout.write('o')")
    # Audit, tracing and the like at the top level.
    yield C("-c", "import sys; sys.settrace(lambda *a: 1/0); f = lambda: 0; f()")
    yield C("-c", "import sys; sys.setrecursionlimit(60); f = lambda: f(); f()")
    yield C("-c", "raise Exception('a\\nb')")
    yield C("-c", "class E(Exception):\n  def __str__(self): 1/0\nraise E")
    yield C("-c", "raise ExceptionGroup")
    yield C("-c", "import nothing_at_all")
    yield C("-c", "from os import nothing_at_all")
    yield C("-c", "[].apend")
    yield C("-c", "pritn(1)")
    yield C("-c", "import sys; raise SystemExit(sys.modules)", only="code")
    yield C("-v", "-c", "pass", only="code")
    yield C("-X", "importtime", "-c", "print(1)", only="stdout")


def normalise(data, program):
    text = data.decode("utf-8", "backslashreplace")
    text = text.replace(program, "PYTHON").replace(str(pathlib.Path(program).resolve()), "PYTHON")
    text = re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)
    text = re.sub(r"^taipan:|^python3?(\.10)?:", "PYTHON:", text, flags=re.M)
    # The banner names the compiler; the platform line is the implementation's own.
    text = re.sub(r"^Python 3\.10\.13 .* on \w+\n", "BANNER\n", text, flags=re.M)
    return text


def run(program, case):
    with tempfile.TemporaryDirectory(prefix="cli-") as scratch:
        root = pathlib.Path(scratch)
        for name, content in FILES.items():
            path = root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k not in ("LANG", "LC_ALL", "LC_CTYPE")}
        environment.update({"LC_ALL": "C.UTF-8", "HOME": scratch, "TERM": "dumb"})
        environment.update(case.env)
        stdin = case.stdin if isinstance(case.stdin, bytes) else case.stdin.encode()
        try:
            done = subprocess.run([program, *case.args], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=scratch,
                                  env=environment, timeout=60)
            result = [done.returncode, normalise(done.stdout, program), normalise(done.stderr, program)]
        except subprocess.TimeoutExpired:
            result = ["timeout", "", ""]
        result = [r.replace(scratch, "SCRATCH") if isinstance(r, str) else r for r in result]
        if case.only == "code":
            result[1:] = ["", ""]
        elif case.only == "stdout":
            result[2] = ""
        if case.sort:
            result[1:] = ["\n".join(sorted(r.split("\n"))) for r in result[1:]]
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=str(ROOT / ".build/release/taipan"))
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    become_oracle()
    oracle = sys.executable
    table = [case for case in cases() if options.only in str(case)]
    if options.list:
        print(*table, sep="\n")
        return 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        ours = pool.map(lambda case: run(str(pathlib.Path(options.python).resolve()), case), table)
        theirs = pool.map(lambda case: run(oracle, case), table)
        results = list(zip(table, ours, theirs))
    different = excused = 0
    for case, mine, wanted in results:
        if mine == wanted:
            continue
        if case.differs:
            excused += 1
            continue
        different += 1
        print(f"--- {case}")
        for name, a, b in zip(("exit code", "stdout", "stderr"), wanted, mine):
            if a != b:
                print(f"  {name}: expected {a!r}\n  {' ' * len(name)}       got {b!r}")
    print(f"{len(table) - different - excused} of {len(table)} command lines alike, {excused} differ on purpose, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
