#!/usr/bin/env python3
"""Calls every builtin function, type and method, and those of the native modules, wrongly and at the edges; compares.

    Scripts/compare_calls.py [--only PREFIX] [--show N] [--taipan PATH]

Too few and too many arguments, keywords that are none, arguments of every wrong type, numbers at the bounds of the machine:
the exception's type and text, or the result's repr. Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import argparse
import collections
import concurrent.futures
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from oracle import become_oracle  # noqa: E402

# Runs under both, once a module.
RUN = r'''
import sys, re, io, os, warnings, signal
warnings.simplefilter("ignore")
sys.setrecursionlimit(500)
WHERE = sys.argv[1]
# They end or stop the program, wait, print, depend on the machine or on the moment, or are not for calling.
SKIP = set("""builtins.exit builtins.quit builtins.copyright builtins.credits builtins.license builtins.help builtins.input builtins.breakpoint builtins.open
builtins.print builtins.exec builtins.eval builtins.dir builtins.vars builtins.globals builtins.locals builtins.id builtins.__build_class__ builtins.__import__ builtins.hash builtins.pow builtins.round _operator.pow _operator.ipow math.factorial math.perm math.comb itertools.tee
sys.exit sys._clear_type_cache sys.setrecursionlimit sys.settrace sys.setprofile sys._getframe sys.getrefcount sys.getallocatedblocks sys.getsizeof sys._debugmallocstats sys._current_frames sys._current_exceptions
sys.breakpointhook sys.displayhook sys.excepthook sys.__displayhook__ sys.__excepthook__ sys.__breakpointhook__ sys.unraisablehook sys.__unraisablehook__ sys.call_tracing sys.setdlopenflags sys.addaudithook sys._deactivate_opcache
sys.set_int_max_str_digits sys.set_asyncgen_hooks sys.set_coroutine_origin_tracking_depth sys.setswitchinterval
time.sleep time.time time.time_ns time.monotonic time.monotonic_ns time.perf_counter time.perf_counter_ns time.process_time time.process_time_ns time.thread_time time.thread_time_ns time.clock_gettime time.clock_gettime_ns time.clock_settime time.clock_settime_ns time.tzset time.pthread_getcpuclockid time.localtime time.gmtime time.ctime time.asctime time.strftime
_random.Random gc.get_objects gc.get_referrers gc.get_referents gc.collect gc.get_count gc.get_stats gc.disable gc.freeze gc.set_debug gc.set_threshold
_thread.interrupt_main _thread.exit _thread.exit_thread _thread.start_new _thread.start_new_thread _thread.stack_size _thread.get_ident _thread.get_native_id _thread._set_sentinel _thread._count _thread.LockType _thread.RLock _thread._excepthook
_signal.pause _signal.alarm _signal.setitimer _signal.raise_signal _signal.sigwait _signal.sigwaitinfo _signal.sigtimedwait _signal.pthread_kill _signal.pidfd_send_signal _signal.signal _signal.siginterrupt _signal.pthread_sigmask _signal.set_wakeup_fd _signal.sigpending
faulthandler._sigabrt faulthandler._sigfpe faulthandler._sigsegv faulthandler._read_null faulthandler._stack_overflow faulthandler._fatal_error_c_thread faulthandler._fatal_error faulthandler.enable faulthandler.disable faulthandler.dump_traceback faulthandler.dump_traceback_later faulthandler.register
_warnings.warn _warnings.warn_explicit _warnings._filters_mutated atexit._run_exitfuncs atexit.register atexit._ncallbacks select.select marshal.dump marshal.load _weakref.getweakrefcount
_imp.lock_held _imp.acquire_lock _imp.release_lock _imp.create_builtin _imp.exec_builtin _imp.create_dynamic _imp.exec_dynamic _imp.extension_suffixes math.fsum""".split())
# Endless when called at the edges, or their repr shows addresses as numbers.
METHODS_SKIPPED = {"__sizeof__", "__dir__", "__hash__", "__del__", "__init_subclass__", "__subclasshook__", "__reduce__", "__reduce_ex__", "mro", "__round__", "__pow__", "__rpow__", "__subclasses__", "__alloc__", "__class_getitem__", "__getstate__"}

class Odd:
    def __repr__(self): return "<odd>"
class Bad:
    def __repr__(self): return "<bad>"
    def _fail(self, *a): raise ZeroDivisionError("bad")
    __index__ = __len__ = __iter__ = __bool__ = __eq__ = __lt__ = __hash__ = __float__ = __int__ = __contains__ = __getitem__ = __call__ = __add__ = _fail
def fresh():
    """Arguments, made anew for every call."""
    return dict(none=None, int=3, neg=-1, big=2**63, huge=10**30, word=-2**31-1, float=1.5, nan=float("nan"), inf=float("inf"), str="ab", empty="", bytes=b"ab", list=[1, 2], tuple=("a", 1), dict={"a": 1},
        set={1}, odd=Odd(), bad=Bad(), type=int, func=len, true=True, comp=1j, range=range(3), lone="\ud800", nul="a\0b", ba=bytearray(b"xy"), mv=memoryview(b"ab"))
NAMES = list(fresh())
ONE = [(n,) for n in NAMES]
FEW = ["none", "int", "big", "float", "str", "bytes", "list", "odd", "bad", "dict", "huge", "neg"]
TWO = [(a, b) for a in FEW for b in FEW]
MORE = [("str", "str", "str"), ("int", "int", "int"), ("str", "int", "int"), ("str", "big", "int"), ("bytes", "bytes", "int"), ("list", "int", "int"), ("odd",) * 3, ("none",) * 3, ("str", "str", "float"), ("bytes", "int", "huge"),
        ("odd",) * 4, ("int",) * 4, ("str",) * 4, ("odd",) * 5, ("int",) * 5, ("odd",) * 6, ("odd",) * 7, ("int",) * 8, ("odd",) * 10]
def text(value):
    t = ascii(value) if not isinstance(value, str) else ascii(str(value))
    t = re.sub(r"0x[0-9a-f]{6,}", "0x", t)
    return t[:300]
def show(value):
    try:
        if hasattr(type(value), "__next__") and not isinstance(value, (io.IOBase,)): return "<" + type(value).__name__ + ">"
        return text(value)
    except BaseException as e:
        return "repr: " + type(e).__name__ + ": " + text(str(e))
def call(path, f, names, keywords=(), receiver=None):
    values = fresh()
    args = [values[n] for n in names]
    kw = {k: values[v] for k, v in keywords}
    label = path + "(" + ", ".join(list(names) + [f"{k}={v}" for k, v in keywords]) + ")"
    try:
        result = "= " + show(f(*args, **kw) if receiver is None else f(receiver(), *args, **kw))
    except BaseException as e:
        try: result = "! " + type(e).__name__ + ": " + text(str(e))
        except BaseException as e2: result = "! " + type(e).__name__ + " " + type(e2).__name__
    print(label, "\t", result, sep="", flush=True)
def cases(path, f, receiver=None, pairs=True):
    call(path, f, (), (), receiver)
    for names in ONE: call(path, f, names, (), receiver)
    if pairs:
        for names in TWO: call(path, f, names, (), receiver)
    for names in MORE: call(path, f, names, (), receiver)
    for kws in ((("nope", "int"),), (("nope", "int"), ("other", "str")), (("", "int"),), (("lone\ud800", "int"),)):
        call(path, f, (), kws, receiver)
        call(path, f, ("int",), kws, receiver)
        call(path, f, ("str", "int"), kws, receiver)
    for kw in keyword_names(f):
        for v in ("int", "str", "none", "odd", "bad", "list"):
            call(path, f, (), ((kw, v),), receiver)
            call(path, f, ("int",), ((kw, v),), receiver)
            call(path, f, ("str",), ((kw, v),), receiver)
def keyword_names(f):
    sig = getattr(f, "__text_signature__", None) or ""
    return [w for w in re.findall(r"[a-z_]\w*", re.sub(r"=[^,)]*", "", sig)) if w not in ("self", "module", "type", "args", "kwargs")][:8]
def methods(path, t, makers):
    for name in sorted(t.__dict__):
        if name in METHODS_SKIPPED or path + "." + name in SKIP: continue
        f = t.__dict__[name]
        if not callable(f) and not isinstance(f, (classmethod, staticmethod)): continue
        bound = getattr(t, name)
        if type(f).__name__ in ("classmethod_descriptor", "builtin_function_or_method", "classmethod", "staticmethod"):
            if name != "__new__": cases(path + "." + name, bound, pairs=False)
            continue
        for which, maker in enumerate(makers):
            cases(f"{path}[{which}].{name}", bound, maker, pairs=which == 0)
        # Receivers of another type, and none.
        call(path + "." + name + " unbound", bound, ())
        for n in ("int", "str", "odd", "none", "list"): call(path + "." + name + " unbound", bound, (n, "int"))
MAKERS = {
 "int": (lambda: 5, lambda: 2**70), "bool": (lambda: True,), "float": (lambda: 2.5,), "complex": (lambda: 1+2j,), "str": (lambda: "abcab", lambda: ""), "bytes": (lambda: b"abcab",),
 "bytearray": (lambda: bytearray(b"abcab"),), "list": (lambda: [1, "a", 2.5], lambda: []), "tuple": (lambda: (1, "a"),), "dict": (lambda: {"a": 1, 3: None},), "set": (lambda: {1, 2},), "frozenset": (lambda: frozenset({1, 2}),),
 "range": (lambda: range(5),), "slice": (lambda: slice(1, 5),), "memoryview": (lambda: memoryview(b"abcd"),), "property": (lambda: property(len),), "enumerate": (lambda: enumerate([1, 2]),), "map": (lambda: map(len, ["a"]),),
 "zip": (lambda: zip([1]),), "filter": (lambda: filter(None, [1]),), "reversed": (lambda: reversed([1]),), "object": (Odd,), "BaseException": (lambda: ValueError(1),), "OSError": (lambda: OSError(2, "x"),), "classmethod": (lambda: classmethod(len),), "staticmethod": (lambda: staticmethod(len),),
}
def maker_of(module, name, t):
    if module == "builtins" and name in MAKERS: return MAKERS[name]
    table = {"deque": lambda: t([1, 2], 5), "defaultdict": lambda: t(list, {1: 2}), "OrderedDict": lambda: t({1: 2}), "array": lambda: t("i", [1, 2]), "ArrayType": lambda: t("i", [1, 2]), "Struct": lambda: t("ih"), "partial": lambda: t(len, "ab"),
        "date": lambda: t(2020, 1, 2), "datetime": lambda: t(2020, 1, 2, 3, 4), "time": lambda: t(3, 4), "timedelta": lambda: t(3, 4), "timezone": lambda: t.utc, "BytesIO": lambda: t(b"abc\ndef"), "StringIO": lambda: t("abc\ndef"),
        "itemgetter": lambda: t(0), "attrgetter": lambda: t("a"), "methodcaller": lambda: t("a"), "count": lambda: t(3), "cycle": lambda: t([1]), "repeat": lambda: t(1, 2), "chain": lambda: t([1]), "islice": lambda: t([1], 1),
        "accumulate": lambda: t([1]), "product": lambda: t([1]), "IncrementalNewlineDecoder": lambda: t(None, True), "SimpleQueue": lambda: t(), "ContextVar": lambda: t("v"), "tee": None, "Scanner": None}
    made = table.get(name)
    return (made,) if made else ()
def module(name):
    m = __import__(name)
    for n in sorted(vars(m)):
        f = vars(m)[n]
        path = name + "." + n
        if path in SKIP or n.startswith("__") and name != "builtins" or not callable(f): continue
        if isinstance(f, type):
            if name == "builtins" and issubclass(f, BaseException) and n not in ("BaseException", "OSError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError", "StopIteration", "SyntaxError", "ImportError", "KeyError", "SystemExit", "NameError", "AttributeError"): continue
            cases(path, f, pairs=n != "type")
            makers = maker_of(name, n, f)
            if makers: methods(path, f, makers)
        elif (getattr(f, "__module__", None) or name).split(".")[0] in (name, name.lstrip("_"), "_" + name, "builtins", "None", "_codecs", "nt", "io", "_io"):
            cases(path, f)
real = sys.stdout
module(WHERE)
real.flush()
'''

MODULES = """builtins math cmath itertools _functools _operator _collections _struct binascii _json _codecs _sre _bisect _heapq array _datetime _io _string
_weakref marshal unicodedata zlib _csv _contextvars _queue _opcode _stat errno gc sys time _md5 _sha1 _sha256 _sha512 _sha3 _blake2 _locale _abc _imp _random
_tracemalloc _symtable atexit select _signal _thread faulthandler _warnings _statistics _posixsubprocess""".split()


def run(command, module, script, directory):
    try:
        done = subprocess.run([command, script, module], capture_output=True, timeout=150, cwd=directory, stdin=subprocess.DEVNULL, env=dict(os.environ, PYTHONHASHSEED="0", PYTHONIOENCODING="utf-8:backslashreplace"))
    except subprocess.TimeoutExpired as e:
        return (e.stdout or b"").decode(errors="replace").splitlines() + ["TIMEOUT\t"]
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode:
        lines.append(f"END {done.returncode}\t{done.stderr.decode(errors='replace')[-400:]!r}")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=60)
    parser.add_argument("--taipan", default=os.environ.get("TAIPAN", os.path.join(HERE, "..", ".build", "release", "taipan")))
    options = parser.parse_args()
    total = differ = 0
    with tempfile.TemporaryDirectory() as directory, concurrent.futures.ThreadPoolExecutor(2) as pool:
        script = os.path.join(directory, "calls.py")
        with open(script, "w") as f:
            f.write(RUN)
        chosen = [m for m in MODULES if m.startswith(options.only)]
        pairs = [(m, pool.submit(run, sys.executable, m, script, directory), pool.submit(run, os.path.abspath(options.taipan), m, script, directory)) for m in chosen]
        for module, theirs, ours in pairs:
            theirs, ours = ([line.rpartition("\t")[::2] for line in lines.result()] for lines in (theirs, ours))
            answers = dict(ours)
            total += len(theirs)
            ways = collections.OrderedDict()
            for label, expected in theirs:
                got = answers.get(label, "not called")
                if got != expected:
                    # One line for all calls of one callable that differ in one way.
                    way = (label.split("(")[0], expected.split(":")[0], got.split(":")[0])
                    ways.setdefault(way, []).append((label, expected, got))
            for label, got in ours:
                if label.startswith(("END", "TIMEOUT")) and label not in dict(theirs):
                    print(f"{module}: {label} {got}")
            count = sum(map(len, ways.values()))
            differ += count
            print(f"{module}: {len(theirs)} calls, {count} differ in {len(ways)} ways", flush=True)
            for found in list(ways.values())[: options.show]:
                label, expected, got = found[0]
                print(f"  {len(found)}x {label}\n    CPython {expected}\n    taipan  {got}")
    print(f"{total} calls, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    become_oracle()
    sys.exit(main())
