// Types and counters of the library modules that live beside the loop (itertools, _collections, _functools, _abc):
// filled in by each module's initialiser, read by its slots.

public struct LibraryTypes {
    /// Modules whose types exist: a second import makes a module of the same types.
    var made: Modules

    struct Modules: OptionSet {
        let rawValue: UInt8
        static let abc = Modules(rawValue: 1)
        static let functools = Modules(rawValue: 2)
        static let operators = Modules(rawValue: 4)
        static let collections = Modules(rawValue: 8)
        static let itertools = Modules(rawValue: 16)
    }

    // _abc
    var abcData: PyType
    /// Counts every `register` call: negative caches made under another number are stale.
    var abcCounter: Int
    // _operator
    var itemgetter: PyType
    var attrgetter: PyType
    var methodcaller: PyType
    // _functools
    var lruCache: PyType
    var partial: PyType
    var keyWrapper: PyType
    var lruLink: PyType
    // _collections
    var deque: PyType
    var dequeIterator: PyType
    var dequeReverseIterator: PyType
    var defaultDict: PyType
    var tupleGetter: PyType
    var orderedDict: PyType
    var orderedIterator: PyType
    var orderedKeys: PyType
    var orderedValues: PyType
    var orderedItems: PyType
    // itertools
    var chain: PyType
    var islice: PyType
    /// All of them, a tuple.
    var itertoolsTypes: Value
    var groupby: PyType
    var grouper: PyType
    var tee: PyType
    var teeData: PyType
}

extension VM {
    var library: UnsafeMutablePointer<LibraryTypes> {
        withUnsafeMutablePointer(to: &state.pointee.library) { $0 }
    }

    /// Registers the native modules of this target's `Itertools`, `Functools`, `Operator`, `Collections` and `ABC` folders.
    func registerLibraryModules() {
        registerABC()
        registerOperator()
        registerFunctools()
        registerCollections()
        registerItertools()
    }

    /// True the first time it is asked for a module.
    func makesTypes(of module: LibraryTypes.Modules) -> Bool { library.pointee.made.insert(module).inserted }

    /// Whether `value()` may be written.
    @inline(__always) func isCallable(_ value: Value) -> Bool { type(of: value).slots.call != nil }

    /// "f() takes no keyword arguments" unless there are none.
    func rejectKeywords(_ keywords: Value, _ function: StaticString) throws(Raised) {
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "\(function)() takes no keyword arguments") }
    }

    /// The number of keyword arguments behind `keywords`.
    @inline(__always) func keywordCount(_ keywords: Value) -> Int { keywords.isNull ? 0 : PyTuple(keywords).count }

    /// `PyArg_UnpackTuple`'s complaint, if there is one.
    func checkArgumentCount(_ function: StaticString, _ count: Int, _ low: Int, _ high: Int) throws(Raised) {
        if count >= low && count <= high { return }
        let bound = count < low ? low : high
        let word = low == high ? "" : count < low ? "at least " : "at most "
        throw raise(.typeError, "\(function) expected \(word)\(bound) argument\(bound == 1 ? "" : "s"), got \(count)")
    }

    /// The instance's `__dict__` if it holds or held anything, else None: what `__reduce__` methods carry along.
    func stateDict(_ object: Value) throws(Raised) -> Value {
        let type = self.type(of: object)
        guard type.ref.pointee.attrsOffset != 0, let shape = attrs(object, type).pointee.shape else { return .none }
        if shape.pointee.isDict == 0 && shape.pointee.count == 0 { return .none }
        return try materializeDict(object, type)
    }
}
