// The builtin exception types, one row each: name, base, doc. CPython: Objects/exceptions.c.

@frozen public enum ExceptionKind: UInt8, CaseIterable, Sendable {
    case baseException, exception, typeError, stopAsyncIteration, stopIteration, generatorExit, systemExit, keyboardInterrupt
    case importError, moduleNotFoundError, osError, eofError, runtimeError, recursionError, notImplementedError
    case nameError, unboundLocalError, attributeError, syntaxError, indentationError, tabError
    case lookupError, indexError, keyError, valueError, unicodeError, unicodeEncodeError, unicodeDecodeError, unicodeTranslateError
    case assertionError, arithmeticError, floatingPointError, overflowError, zeroDivisionError
    case systemError, referenceError, memoryError, bufferError
    case warning, userWarning, encodingWarning, deprecationWarning, pendingDeprecationWarning, syntaxWarning, runtimeWarning
    case futureWarning, importWarning, unicodeWarning, bytesWarning, resourceWarning
    case connectionError, blockingIOError, brokenPipeError, childProcessError, connectionAbortedError, connectionRefusedError
    case connectionResetError, fileExistsError, fileNotFoundError, isADirectoryError, notADirectoryError, interruptedError
    case permissionError, processLookupError, timeoutError

    /// Name, base, docstring.
    var row: (StaticString, ExceptionKind, StaticString) {
        switch self {
        case .baseException: return ("BaseException", .baseException, "Common base class for all exceptions")
        case .exception: return ("Exception", .baseException, "Common base class for all non-exit exceptions.")
        case .typeError: return ("TypeError", .exception, "Inappropriate argument type.")
        case .stopAsyncIteration: return ("StopAsyncIteration", .exception, "Signal the end from iterator.__anext__().")
        case .stopIteration: return ("StopIteration", .exception, "Signal the end from iterator.__next__().")
        case .generatorExit: return ("GeneratorExit", .baseException, "Request that a generator exit.")
        case .systemExit: return ("SystemExit", .baseException, "Request to exit from the interpreter.")
        case .keyboardInterrupt: return ("KeyboardInterrupt", .baseException, "Program interrupted by user.")
        case .importError: return ("ImportError", .exception, "Import can't find module, or can't find name in module.")
        case .moduleNotFoundError: return ("ModuleNotFoundError", .importError, "Module not found.")
        case .osError: return ("OSError", .exception, "Base class for I/O related errors.")
        case .eofError: return ("EOFError", .exception, "Read beyond end of file.")
        case .runtimeError: return ("RuntimeError", .exception, "Unspecified run-time error.")
        case .recursionError: return ("RecursionError", .runtimeError, "Recursion limit exceeded.")
        case .notImplementedError: return ("NotImplementedError", .runtimeError, "Method or function hasn't been implemented yet.")
        case .nameError: return ("NameError", .exception, "Name not found globally.")
        case .unboundLocalError: return ("UnboundLocalError", .nameError, "Local name referenced but not bound to a value.")
        case .attributeError: return ("AttributeError", .exception, "Attribute not found.")
        case .syntaxError: return ("SyntaxError", .exception, "Invalid syntax.")
        case .indentationError: return ("IndentationError", .syntaxError, "Improper indentation.")
        case .tabError: return ("TabError", .indentationError, "Improper mixture of spaces and tabs.")
        case .lookupError: return ("LookupError", .exception, "Base class for lookup errors.")
        case .indexError: return ("IndexError", .lookupError, "Sequence index out of range.")
        case .keyError: return ("KeyError", .lookupError, "Mapping key not found.")
        case .valueError: return ("ValueError", .exception, "Inappropriate argument value (of correct type).")
        case .unicodeError: return ("UnicodeError", .valueError, "Unicode related error.")
        case .unicodeEncodeError: return ("UnicodeEncodeError", .unicodeError, "Unicode encoding error.")
        case .unicodeDecodeError: return ("UnicodeDecodeError", .unicodeError, "Unicode decoding error.")
        case .unicodeTranslateError: return ("UnicodeTranslateError", .unicodeError, "Unicode translation error.")
        case .assertionError: return ("AssertionError", .exception, "Assertion failed.")
        case .arithmeticError: return ("ArithmeticError", .exception, "Base class for arithmetic errors.")
        case .floatingPointError: return ("FloatingPointError", .arithmeticError, "Floating point operation failed.")
        case .overflowError: return ("OverflowError", .arithmeticError, "Result too large to be represented.")
        case .zeroDivisionError: return ("ZeroDivisionError", .arithmeticError, "Second argument to a division or modulo operation was zero.")
        case .systemError:
            return ("SystemError", .exception, """
                Internal error in the Python interpreter.

                Please report this to the Python maintainer, along with the traceback,
                the Python version, and the hardware/OS platform and version.
                """)
        case .referenceError: return ("ReferenceError", .exception, "Weak ref proxy used after referent went away.")
        case .memoryError: return ("MemoryError", .exception, "Out of memory.")
        case .bufferError: return ("BufferError", .exception, "Buffer error.")
        case .warning: return ("Warning", .exception, "Base class for warning categories.")
        case .userWarning: return ("UserWarning", .warning, "Base class for warnings generated by user code.")
        case .encodingWarning: return ("EncodingWarning", .warning, "Base class for warnings about encodings.")
        case .deprecationWarning: return ("DeprecationWarning", .warning, "Base class for warnings about deprecated features.")
        case .pendingDeprecationWarning:
            return ("PendingDeprecationWarning", .warning, """
                Base class for warnings about features which will be deprecated
                in the future.
                """)
        case .syntaxWarning: return ("SyntaxWarning", .warning, "Base class for warnings about dubious syntax.")
        case .runtimeWarning: return ("RuntimeWarning", .warning, "Base class for warnings about dubious runtime behavior.")
        case .futureWarning:
            return ("FutureWarning", .warning, """
                Base class for warnings about constructs that will change semantically
                in the future.
                """)
        case .importWarning: return ("ImportWarning", .warning, "Base class for warnings about probable mistakes in module imports")
        case .unicodeWarning:
            return ("UnicodeWarning", .warning, """
                Base class for warnings about Unicode related problems, mostly
                related to conversion problems.
                """)
        case .bytesWarning:
            return ("BytesWarning", .warning, """
                Base class for warnings about bytes and buffer related problems, mostly
                related to conversion from str or comparing to str.
                """)
        case .resourceWarning: return ("ResourceWarning", .warning, "Base class for warnings about resource usage.")
        case .connectionError: return ("ConnectionError", .osError, "Connection error.")
        case .blockingIOError: return ("BlockingIOError", .osError, "I/O operation would block.")
        case .brokenPipeError: return ("BrokenPipeError", .connectionError, "Broken pipe.")
        case .childProcessError: return ("ChildProcessError", .osError, "Child process error.")
        case .connectionAbortedError: return ("ConnectionAbortedError", .connectionError, "Connection aborted.")
        case .connectionRefusedError: return ("ConnectionRefusedError", .connectionError, "Connection refused.")
        case .connectionResetError: return ("ConnectionResetError", .connectionError, "Connection reset.")
        case .fileExistsError: return ("FileExistsError", .osError, "File already exists.")
        case .fileNotFoundError: return ("FileNotFoundError", .osError, "File not found.")
        case .isADirectoryError: return ("IsADirectoryError", .osError, "Operation doesn't work on directories.")
        case .notADirectoryError: return ("NotADirectoryError", .osError, "Operation only works on directories.")
        case .interruptedError: return ("InterruptedError", .osError, "Interrupted by signal.")
        case .permissionError: return ("PermissionError", .osError, "Not enough permissions.")
        case .processLookupError: return ("ProcessLookupError", .osError, "Process not found.")
        case .timeoutError: return ("TimeoutError", .osError, "Timeout expired.")
        }
    }
}
