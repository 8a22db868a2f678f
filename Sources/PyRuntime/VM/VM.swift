// The interpreter behind `vm` (DESIGN D3): everything hangs from one raw pointer, nothing is global.
//
//   vm.raw ─▶ SizeClass[54] (4,096 bytes) · VMState
import CShims
import PyPlatform

@inlinable @inline(__always) var vmStateOffset: Int { 4096 }

/// One interpreter. The heap comes first: `vm.heap` is the address of the state.
public struct VMState {
    public var heap: Heap
    /// The thread that holds the interpreter lock.
    public var thread: UnsafeMutablePointer<ThreadState>
    public var threads: UnsafeMutablePointer<ThreadState>?
    /// The types of NULL (unused), None, False, True, Ellipsis, NotImplemented.
    public var immediateTypes: (PyType, PyType, PyType, PyType, PyType, PyType)
    public var types: BuiltinTypes
    public var names: Names
    /// Indexed by `ExceptionKind`.
    public var exceptionTypes: UnsafeMutablePointer<PyType>
    /// The 256 one-character Latin-1 strings.
    public var latin1: UnsafeMutablePointer<Value>
    public var emptyTuple: Value
    public var emptyStr: Value
    public var emptyBytes: Value
    public var emptyFrozenset: Value
    public var modules: Value
    public var builtinsDict: Value
    public var sysDict: Value
    public var sysModule: Value
    public var builtinsModule: Value
    /// `_frozen_importlib`, NULL before it is up (Import/).
    public var importlib: Value
    /// What `_warnings` starts with; `warnings` takes these very objects over (Warnings/).
    var warningFilters: Value
    var warningOnceRegistry: Value
    var warningDefaultAction: Value
    /// Changes with every filter: registries made under another number are stale.
    var warningFiltersVersion: Int
    /// `-v`: importlib's frames stay in tracebacks.
    public var isVerbose: Bool
    /// The names of files are ASCII: see SystemText.swift.
    public var fileSystemIsASCII: Bool
    /// What the library modules beside the loop keep (VM/LibraryTypes.swift).
    var library: LibraryTypes
    /// Registered native modules: name to initialiser address (a small-int pair is not needed: see NativeModules.swift).
    var nativeModules: GrowableArray<NativeModuleRow>
    public var genericGetAttrAddress: UInt
    public var genericSetAttrAddress: UInt
    /// The dunder table (Types/SlotTable.swift): rows, and the slot functions that call Python, by `SlotID`.
    var newWrapperDefinition: UnsafeMutablePointer<NativeDefinition>?
    /// `__dict__` and `__weakref__` of Python's classes.
    var dictDefinition: UnsafeMutablePointer<NativeDefinition>?
    var weakrefDefinition: UnsafeMutablePointer<NativeDefinition>?
    var slotRows: GrowableArray<SlotRow>
    /// By slot: its first row, -1 for none.
    var firstSlotRows: GrowableArray<Int32>
    /// The first rows by name, open-addressed.
    var firstNameRows: GrowableArray<Int32>
    var genericSlots: UnsafeMutablePointer<UnsafeRawPointer?>
    public var interned: InternTable
    public var methodCache: MethodCache
    public var nextTypeVersion: UInt32
    public var nextDictVersion: UInt64
    /// Siphash key (PYTHONHASHSEED).
    public var hashKey: (UInt64, UInt64)
    public var recursionLimit: Int
    public var isFinalizing: Bool
    /// What `exec` plugs in: how Python functions, classes' bodies and code run.
    public var hooks: EvalHooks
    /// Roots that other parts of the runtime keep in their own memory.
    public var extraRoots: (@convention(c) (MarkerRef, VM) -> Void)?
    /// `_io`: its types and names, laid out by PyModules (`IOState`).
    public var ioState: UnsafeMutableRawPointer?
    /// `print`'s short way into a stream: (vm, file, text) to 1 = written, 0 = not a stream it knows, -1 = raised.
    public var writeStream: (@convention(c) (VM, Value, Value) -> Int)?
    /// Whether a stream of `_io` can be forgotten without anything being lost or warned of.
    public var isStreamSettled: (@convention(c) (VM, Value) -> Bool)?
    /// All types, weak: for versions and dead subclasses.
    var allTypes: GrowableArray<UInt>
    /// Swift-side services that are not on any hot path.
    public var services: Unmanaged<Services>
    /// The types of `datetime`, asked for at every operation of theirs; nil until it is imported.
    public var dateTimeRoots: UnsafeMutablePointer<Value>?
    /// `sys.set_int_max_str_digits`, less its default.
    public var intMaxStrDigitsLess4300: Int
    /// `float.__setformat__`: bit 0 double, bit 1 float: "unknown", so that special values are not unpacked.
    public var unknownFloatFormats: UInt8
    /// What stands for `zipimport.zipimporter` in `sys.path_hooks`.
    var archiveHook: Value
    /// `-X dev`: names of encodings and error handlers are looked up even where nothing needs them.
    var devMode: Bool
    /// `-b`, `-bb`.
    var bytesWarnings: Int
    /// `sys.addaudithook`'s list, NULL while there is none.
    var auditHooks: Value
    /// The type that `sys.unraisablehook` takes.
    var unraisableArgsType: Value
    var asyncGenHooksType: Value
    var flagsType: Value
    /// For `exec` and others: small values that live as long as the interpreter (roots).
    /// The codec registry: search functions (list), cache and error handlers (dicts); NULL until asked for.
    public var codecSearch: Value
    public var codecCache: Value
    public var codecErrors: Value
    /// `encodings` was imported, or tried.
    public var codecsAsked: Bool
    public var scratch: (Value, Value, Value, Value, Value, Value, Value, Value)
    /// Threads and signals (Threads/).
    public var threading: ThreadingState
    /// The `gc` module's.
    var collector: CollectorSettings
    /// What lowering works in.
    var lowering: LoweringMemory
}

/// Pointers that the evaluator installs. The kernel calls Python code through them only.
public struct EvalHooks {
    /// The globals dict of the running Python frame, NULL if none: `__module__` of new classes, `globals()`.
    public var currentGlobals: (@convention(c) (VM) -> Value)?
    /// `super()` without arguments: fills (type, object) from the running frame; 0 or -1 raised.
    public var superArguments: (@convention(c) (VM, UnsafeMutablePointer<Value>) -> Int)?
    /// `locals()` of the running frame.
    public var currentLocals: (@convention(c) (VM) -> Value)?
    public init() {}
}

/// Cold Swift state of an interpreter: services that other targets register.
public final class Services {
    /// Keyed by name: whatever a target registers (the compiler, the embedder's observers). No `Value`s inside.
    public var table = ServiceTable()
    public init() {}
}

/// A handful of objects by name. No dictionary: making its type up costs more at start-up than all look-ups.
public struct ServiceTable {
    private var entries: [(name: String, service: AnyObject)] = []

    public subscript(name: String) -> AnyObject? {
        get {
            for entry in entries where entry.name == name { return entry.service }
            return nil
        }
        set {
            entries.removeAll { $0.name == name }
            if let newValue { entries.append((name, newValue)) }
        }
    }
}

/// One thread of one interpreter.
public struct ThreadState {
    public var next: UnsafeMutablePointer<ThreadState>?
    /// The exception on its way (an instance), NULL = none. What `throws(Raised)` means.
    public var raised: Value
    /// `sys.exc_info()`'s exception: the one being handled.
    public var handled: Value
    // The Python stack: frames and argument areas (DESIGN D6). [stackBase, stackTop) is scanned.
    public var stackBase: UnsafeMutablePointer<Value>
    public var stackTop: UnsafeMutablePointer<Value>
    public var stackLimit: UnsafeMutablePointer<Value>
    /// Python calls and counted native calls deep.
    public var recursionDepth: Int
    /// `recursionLimit` of the interpreter, or more while a RecursionError is handled.
    public var recursionLimit: Int
    /// Native addresses below this are too close to the end of the native stack.
    public var nativeStackLimit: UInt
    public var nativeStackHigh: UInt
    /// Where the stack ended when the thread gave up the lock; 0 while it runs.
    public var savedStackPointer: UInt
    /// Non-zero: something waits for the next poll. Bits of `PollReasons`.
    public var pollReasons: UInt32
    /// Containers being printed (`repr` of a list that holds itself).
    public var reprStack: Value
    public var threadID: UInt
    /// The innermost frame: `exec`'s.
    public var frame: UnsafeMutableRawPointer?
    public var hook0: Value
    public var hook1: Value
    public var scratch0: Value
    public var scratch1: Value
    public var scratch2: Value
    public var scratch3: Value
    public var word0: UInt
    public var word1: UInt
    public var word2: UInt
    public var word3: UInt
    /// Locks, locals, contexts (Threads/).
    public var threading: ThreadPart

    public struct PollReasons: OptionSet, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        public static let finalizers = PollReasons(rawValue: 1)
        public static let signals = PollReasons(rawValue: 2)
        public static let lock = PollReasons(rawValue: 4)
        public static let asyncException = PollReasons(rawValue: 8)
        public static let budget = PollReasons(rawValue: 16)
        public static let tracing = PollReasons(rawValue: 32)
        /// The system had no more memory: MemoryError.
        public static let memory = PollReasons(rawValue: 64)
    }

    /// Whether something is due that does not wait for native code to end. The lock and finalizers do: `list(d)` sees one state
    /// of `d`, whatever other threads want and whatever dies meanwhile.
    @inlinable @inline(__always) public var pollsInNative: Bool { pollReasons & ~5 != 0 }

    /// Makes the next poll look.
    public mutating func requestPoll(_ reasons: PollReasons) { taipan_flags_add(&pollReasons, reasons.rawValue) }
}

extension VM {
    @inlinable @inline(__always) public var state: UnsafeMutablePointer<VMState> {
        (raw + vmStateOffset).assumingMemoryBound(to: VMState.self)
    }
    @inlinable @inline(__always) var heap: UnsafeMutablePointer<Heap> {
        (raw + vmStateOffset).assumingMemoryBound(to: Heap.self)
    }
    @inlinable @inline(__always) public var thread: UnsafeMutablePointer<ThreadState> { state.pointee.thread }
    @inlinable @inline(__always) public var types: BuiltinTypes {
        unsafeAddress { UnsafePointer(typesPointer) }
        nonmutating unsafeMutableAddress { typesPointer }
    }
    @inlinable @inline(__always) public var names: Names {
        unsafeAddress { UnsafePointer(namesPointer) }
    }
    @inlinable @inline(__always) var typesPointer: UnsafeMutablePointer<BuiltinTypes> {
        withUnsafeMutablePointer(to: &state.pointee.types) { $0 }
    }
    @inlinable @inline(__always) var namesPointer: UnsafeMutablePointer<Names> {
        withUnsafeMutablePointer(to: &state.pointee.names) { $0 }
    }

    /// The exact type of any value. - Precondition: not NULL.
    @inlinable @inline(__always) public func type(of value: Value) -> PyType {
        if value.isObject { return value.objectType }
        return immediateType(of: value)
    }

    @inlinable @inline(__always) func immediateType(of value: Value) -> PyType {
        if value.isSmallInt { return types.int }
        if value.isDouble { return types.float }
        switch value.bits {
        case 1: return types.none
        case 4: return types.ellipsis
        case 5: return types.notImplemented
        default: return types.bool
        }
    }

    /// True if an exception is on its way.
    @inlinable @inline(__always) public var hasRaised: Bool { !thread.pointee.raised.isNull }
    @inlinable @inline(__always) public var emptyTuple: Value { state.pointee.emptyTuple }
    @inlinable @inline(__always) public var emptyStr: Value { state.pointee.emptyStr }

    /// Room for `count` values on the Python stack, cleared; give it back with `popStack` to the same address in reverse order.
    /// - Throws: RecursionError when the stack is full.
    @inlinable @inline(__always)
    public func pushStack(_ count: Int) throws(Raised) -> UnsafeMutablePointer<Value> {
        let thread = self.thread
        let base = thread.pointee.stackTop
        let top = base + count
        if top > thread.pointee.stackLimit { throw raiseStackOverflow() }
        thread.pointee.stackTop = top
        return base
    }
    @inlinable @inline(__always) public func popStack(_ base: UnsafeMutablePointer<Value>) { thread.pointee.stackTop = base }
}
