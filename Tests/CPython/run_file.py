"""Runs one unedited file of CPython's Lib/test in this process and writes one line per test to a result file.

    PYTHON run_file.py RESULT MODULE [--portable | --cpython-only] [--match PATTERN]

RESULT   file that receives lines `outcome<TAB>test id<TAB>first line of the reason`
MODULE   dotted name below `test`, such as test_dict or test_json.test_decode
--portable  present the interpreter as an implementation other than CPython (for the oracle's own baseline)
--cpython-only  switch the cases on that `test.support.cpython_only` keeps for CPython (it goes by `sys.implementation.name`)

It follows regrtest: the module's test_main() if it has one, else all its unittest cases; no resource is enabled.
Written for both the oracle and taipan; nothing here knows which one it runs under.
"""
import os
import signal
import sys
import time


# Files that import `_testcapi` at the top and use it in the cases of the C API only: without it an empty module lets them load.
EMPTY_TESTCAPI = {"test_datetime"}


class Recorder:
    """Appends a line per outcome, flushed at once, so that a crash loses nothing but the running test."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8", errors="backslashreplace")

    def write(self, outcome, name, reason=""):
        lines = str(reason).strip().splitlines()
        line = lines[-1] if lines else ""
        self.file.write(f"{outcome}\t{name}\t{line[:300]}\n")
        self.file.flush()


def make_result_class(recorder, prefix):
    import unittest

    def identify(test):
        name = test.id()
        for lead in (prefix + ".", "test."):
            if name.startswith(lead):
                name = name[len(lead):]
                break
        return name

    class RecordingResult(unittest.TestResult):
        def startTest(self, test):
            super().startTest(test)
            recorder.write("start", identify(test))
            self.failed_subtest = None

        def addSuccess(self, test):
            super().addSuccess(test)
            if self.failed_subtest is None:
                recorder.write("pass", identify(test))

        def addError(self, test, err):
            super().addError(test, err)
            recorder.write("error", identify(test), describe(err))

        def addFailure(self, test, err):
            super().addFailure(test, err)
            recorder.write("fail", identify(test), describe(err))

        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            recorder.write("skip", identify(test), reason)

        def addExpectedFailure(self, test, err):
            super().addExpectedFailure(test, err)
            recorder.write("pass", identify(test), "expected failure")

        def addUnexpectedSuccess(self, test):
            super().addUnexpectedSuccess(test)
            recorder.write("fail", identify(test), "unexpected success")

        def addSubTest(self, test, subtest, err):
            super().addSubTest(test, subtest, err)
            if err is not None and self.failed_subtest is None:
                self.failed_subtest = subtest
                recorder.write("fail", identify(test), describe(err))

    def describe(err):
        kind, value, _ = err
        try:
            text = str(value).strip().splitlines()
        except Exception as problem:
            text = [f"<str() raised {type(problem).__name__}>"]
        return f"{kind.__name__}: {text[0] if text else ''}"

    return RecordingResult


def install(recorder, prefix):
    """Points test.support's two entry points at the recorder."""
    import unittest
    from test import support

    result_class = make_result_class(recorder, prefix)

    def run_suite(suite):
        result = result_class()
        if support.match_test is not None:
            support._filter_suite(suite, support.match_test)
        suite(result)

    def run_doctest(module, verbosity=None, optionflags=0):
        import doctest

        runner = doctest.DocTestRunner(verbose=False, optionflags=optionflags)
        tests = [t for t in doctest.DocTestFinder().find(module) if t.examples]
        failed = total = 0
        for test in tests:
            output = []
            result = runner.run(test, out=output.append)
            failed += result.failed
            total += result.attempted
            text = "".join(output)
            recorder.write("doctest", f"{prefix}:{test.name}", f"{result.attempted - result.failed}/{result.attempted}")
            if result.failed:
                recorder.write("doctest-output", f"{prefix}:{test.name}", " ".join(text.split())[:280])
        return failed, total

    support._run_suite = run_suite
    support.run_doctest = run_doctest
    support.verbose = 0
    support.use_resources = []


def main(argv):
    path, name = argv[1], argv[2]
    recorder = Recorder(path)
    if "--portable" in argv:
        sys.implementation.name = "other"
        for missing in ("_testcapi", "_testinternalcapi", "_testbuffer", "_testimportmultiple", "_testmultiphase"):
            sys.modules[missing] = None
    started = time.time()
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        import importlib.util
        import unittest
        # Files that use it without importing it find it there under regrtest.
        import unittest.mock

        install(recorder, name)
        if name in EMPTY_TESTCAPI and (sys.modules.get("_testcapi", 0) is None or importlib.util.find_spec("_testcapi") is None):
            sys.modules["_testcapi"] = type(sys)("_testcapi")
        from test import support
        from test.support import os_helper
        # As regrtest does: a name that not every encoding takes, for the tests that hand the environment on.
        if os_helper.TESTFN_UNDECODABLE:
            os.environb.setdefault(b"PYTHONREGRTEST_UNICODE_GUARD", os_helper.TESTFN_UNDECODABLE)
        if "--cpython-only" in argv:
            parse = support._parse_guards

            def check_impl_detail(**guards):
                guards, default = parse(guards)
                return guards.get("cpython", default)

            support.check_impl_detail = check_impl_detail
        if "--match" in argv:
            support.set_match_tests([argv[argv.index("--match") + 1]], None)
        module = importlib.import_module("test." + name)
        if hasattr(module, "test_main"):
            module.test_main()
        else:
            loader = unittest.TestLoader()
            suite = loader.loadTestsFromModule(module)
            for problem in loader.errors:
                recorder.write("load-error", name, problem)
            support.run_unittest(suite)
        support.gc_collect()
        recorder.write("done", name, f"{time.time() - started:.2f}")
    except unittest.SkipTest as skip:
        recorder.write("module-skip", name, skip)
    except support.TestFailed:
        recorder.write("done", name, f"{time.time() - started:.2f}")
    except BaseException as problem:
        import traceback

        traceback.print_exc()
        recorder.write("module-error", name, f"{type(problem).__name__}: {problem}")


if __name__ == "__main__":
    main(sys.argv)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
