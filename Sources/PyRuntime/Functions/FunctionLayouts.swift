// The memory of function, code, generator and frame objects. Values first: `.words` tracing covers them.
// CPython: Include/cpython/{funcobject,code,genobject,frameobject}.h.
import PyBytecode

/// `function`.
struct FunctionLayout {
    var type: PyType
    var code: Value
    var globals: Value
    var builtins: Value
    var name: Value
    var qualname: Value
    /// Tuple or NULL.
    var defaults: Value
    /// Dict or NULL.
    var kwdefaults: Value
    /// Tuple of cells or NULL.
    var closure: Value
    var doc: Value
    var module: Value
    /// Dict, tuple of alternating names and values (made by MAKE_FUNCTION), or NULL.
    var annotations: Value
    /// `__dict__`, NULL until asked for.
    var dict: Value
    // -- not values
    /// Of `code`, in the current mode; nil before the first call.
    var exec: UnsafeMutablePointer<ExecCode>?
}

/// `code`.
struct CodeLayout {
    var type: PyType
    var consts: Value
    var names: Value
    var varnames: Value
    var freevars: Value
    var cellvars: Value
    var filename: Value
    var name: Value
    /// `co_code` and `co_linetable`: bytes objects.
    var instructions: Value
    var lines: Value
    // -- not values
    /// A retained `CodeObject`, nil until somebody asks for it (`VM.codeObject`).
    var canonical: UnsafeMutableRawPointer?
    var exec: UnsafeMutablePointer<ExecCode>?
    var traced: UnsafeMutablePointer<ExecCode>?
    var argcount: Int
    var posonlyargcount: Int
    var kwonlyargcount: Int
    var nlocals: Int
    var stacksize: Int
    var firstlineno: Int
    var rawFlags: UInt32
    /// The collector knows that there is something to free.
    var isFinalizable: Bool

    var flags: CodeFlags { CodeFlags(rawValue: rawFlags) }
    /// Parameters of all kinds.
    var parameterCount: Int { argcount + kwonlyargcount + (rawFlags & 4 != 0 ? 1 : 0) + (rawFlags & 8 != 0 ? 1 : 0) }
}

/// `generator`, `coroutine`, `async_generator`. Registers follow while suspended.
struct GeneratorLayout {
    var type: PyType
    var code: Value
    var function: Value
    var globals: Value
    var builtins: Value
    var name: Value
    var qualname: Value
    /// Its frame object, NULL until asked for.
    var frame: Value
    /// What it was handling when it yielded.
    var handled: Value
    /// `cr_origin`; async generators: the finalizer hook.
    var extra: Value
    /// Namespace, for a generator made from unoptimised code.
    var locals: Value
    // -- not values
    var pc: UnsafeMutablePointer<UInt64>
    var exec: UnsafeMutablePointer<ExecCode>
    /// The frame record while running.
    var running: UnsafeMutablePointer<Frame>?
    var state: State
    /// Async generators: hooks called, closed, an asend/athrow under way.
    var hooksInited: Bool
    var asyncClosed: Bool
    var asyncRunning: Bool
    /// Register that gets the value sent; meaningful once started.
    var sendRegister: Int32
    var registerCount: Int32

    enum State: UInt8 { case created, suspended, running, finished }
}

/// `frame`.
struct FrameLayout {
    var type: PyType
    /// The caller's frame object once this frame is left; NULL while it runs.
    var back: Value
    var code: Value
    var globals: Value
    var builtins: Value
    var locals: Value
    var function: Value
    /// `f_trace` or NULL.
    var trace: Value
    /// The generator it belongs to, or NULL.
    var generator: Value
    /// After the call: a tuple of what the locals and cells held.
    var saved: Value
    // -- not values
    /// The record while it runs, nil after.
    var record: UnsafeMutablePointer<Frame>?
    var exec: UnsafeMutablePointer<ExecCode>
    /// `f_lasti` once the frame is left.
    var lastOffset: Int
    /// While it is traced: offset of the instruction executed before, plus one; 0 for none.
    var previous: Int
    var traceLines: Bool
    var traceOpcodes: Bool
    /// A debugger unbound a local or jumped: what the plain form takes for granted may not hold.
    var isIrregular: Bool
    var phase: FramePhase
}

/// What a frame is doing as far as assignments to `f_lineno` are concerned.
enum FramePhase: UInt8 { case executing, returning, unwinding, suspended }

/// `traceback`.
struct TracebackLayout {
    var type: PyType
    var next: Value
    var frame: Value
    // -- not values
    var lastOffset: Int
    /// -1: computed from `lastOffset` when asked for.
    var line: Int
}
