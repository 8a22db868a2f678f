// A parser of the library and what its handlers share: buffered text, interned names, the exception that stops them.
// CPython: Modules/pyexpat.c. The functions that Expat calls are in ExpatCallbacks.swift.
import CShims
import PyRuntime

struct ExpatLayout {
    var type: PyType
    /// A tuple of `ExpatHandler.allCases.count` callables, NULL where none is set.
    var handlers: Value
    /// The dict that names go through, so that equal ones are one object; NULL: they do not.
    var intern: Value
    /// A retained `ExpatParser`.
    var state: UnsafeMutableRawPointer?
    static var size: Int { 32 }
}

final class ExpatParser {
    let vm: VM
    let library: ExpatLibrary
    let parser: XMLParser
    /// A parser of an external entity shares its parent's tables: the parent must outlive it.
    private let parent: ExpatParser?
    /// The Python object's word. It owns this state and does not move, so no reference is needed (DESIGN D2).
    private let object: UInt64

    /// A handler is running: the library cannot be entered again.
    var inCallback = false
    /// A handler raised: nothing more is delivered, and the exception waits in the thread.
    private(set) var failed = false
    var orderedAttributes = false
    var specifiedAttributes = false
    var namespacePrefixes = false
    /// Character data that is collected until something else comes; nil: handed on piece by piece.
    var buffer: [UInt8]?
    var bufferSize = 8192

    init(_ vm: VM, _ library: ExpatLibrary, _ parser: XMLParser, object: Value, parent: ExpatParser? = nil) {
        self.vm = vm
        self.library = library
        self.parser = parser
        self.parent = parent
        self.object = object.bits
        if let parent {
            orderedAttributes = parent.orderedAttributes
            specifiedAttributes = parent.specifiedAttributes
            namespacePrefixes = parent.namespacePrefixes
            bufferSize = parent.bufferSize
            buffer = parent.buffer == nil ? nil : []
        }
        library.setUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        library.setUnknownEncoding(parser, unknownEncodingCallback(), Unmanaged.passUnretained(self).toOpaque())
    }

    deinit { library.free(parser) }

    private var layout: UnsafeMutablePointer<ExpatLayout> { Value(bits: object).cast(ExpatLayout.self) }

    // MARK: Handlers

    func handler(_ kind: ExpatHandler) -> Value { PyTuple(layout.pointee.handlers)[kind.rawValue] }

    /// `callable` NULL: none.
    func setHandler(_ kind: ExpatHandler, _ callable: Value) {
        PyTuple(layout.pointee.handlers)[kind.rawValue] = callable
        library.setters[kind.rawValue](parser, callable.isNull ? nil : callback(kind))
    }

    /// Calls the handler for `kind` with the tuple that `arguments` makes, after the text that came before it.
    /// - Returns: NULL where there is no handler or it raised: then nothing more is delivered.
    @discardableResult
    func deliver(_ kind: ExpatHandler, _ arguments: () throws(Raised) -> Value) -> Value {
        if failed { return .null }
        if kind != .characterData && !flushText() { return .null }
        let callable = handler(kind)
        if callable.isNull { return .null }
        inCallback = true
        defer { inCallback = false }
        do { return try vm.callWithTuple(callable, arguments()) } catch {
            fail()
            return .null
        }
    }

    /// As `deliver`, for handlers that answer yes (not 0) or no.
    func ask(_ kind: ExpatHandler, _ arguments: () throws(Raised) -> Value) -> Int32 {
        let answer = deliver(kind, arguments)
        if answer.isNull { return 0 }
        do { return try vm.cInt32(answer) } catch {
            fail()
            return 0
        }
    }

    /// An exception was raised: no handler hears of the rest, and an external entity is not followed.
    func fail() {
        failed = true
        for kind in ExpatHandler.allCases { setHandler(kind, .null) }
    }

    /// Before another piece is parsed.
    func begin() { failed = false }

    // MARK: Character data

    /// Hands on what was collected. False if the handler raised.
    func flushText() -> Bool {
        guard let text = buffer, !text.isEmpty else { return !failed }
        buffer = []
        deliver(.characterData) { () throws(Raised) in vm.tuple(vm.str(utf8: text)) }
        return !failed
    }

    func characterData(_ text: UnsafeBufferPointer<UInt8>) {
        if failed { return }
        if let held = buffer {
            if held.count + text.count > bufferSize {
                if !flushText() { return }
                // The handler may have gone meanwhile.
                if handler(.characterData).isNull { return }
            }
            if text.count <= bufferSize {
                buffer?.append(contentsOf: text)
                return
            }
        }
        deliver(.characterData) { () throws(Raised) in vm.tuple(vm.str(utf8: text)) }
    }

    // MARK: Text for handlers

    /// None for nil.
    func text(_ text: XMLText?) -> Value {
        guard let text else { return .none }
        var count = 0
        while text[count] != 0 { count += 1 }
        return self.text(text, count)
    }

    func text(_ text: XMLText, _ count: Int) -> Value {
        // Safe: char and unsigned char have one layout; the library hands out UTF-8.
        text.withMemoryRebound(to: UInt8.self, capacity: count) { vm.str(utf8: UnsafeBufferPointer(start: $0, count: count)) }
    }

    /// A name: equal ones are one object.
    func name(_ name: XMLText?) throws(Raised) -> Value {
        let value = text(name)
        let intern = layout.pointee.intern
        if value.isNone || intern.isNull { return value }
        let known = try PyDict(intern).get(vm, value)
        if !known.isNull { return known }
        try PyDict(intern).set(vm, value, value)
        return value
    }

    // MARK: Errors

    func error(_ code: Int32) -> Raised {
        let type = PyTuple(vm.type(of: Value(bits: object)).ref.pointee.cache0)[0]
        let line = Int(bitPattern: library.line(parser)), column = Int(bitPattern: library.column(parser))
        let message = library.errorString(code).map { String(cString: $0) } ?? "None"
        do {
            let error = try vm.call(type, vm.str("\(message): line \(line), column \(column)"))
            try vm.setAttr(error, vm.intern("code"), vm.int(Int(code)))
            try vm.setAttr(error, vm.intern("offset"), vm.int(column))
            try vm.setAttr(error, vm.intern("lineno"), vm.int(line))
            return vm.setRaised(error)
        } catch { return error }
    }
}

extension VM {
    func expat(_ v: Value) throws(Raised) -> ExpatParser {
        guard let state = v.cast(ExpatLayout.self).pointee.state else { throw raise(.runtimeError, "parser is not initialised") }
        return Unmanaged<ExpatParser>.fromOpaque(state).takeUnretainedValue()
    }

    /// A new `xmlparser` object; `make` creates the library's parser once memory for the object is there.
    func newExpat(
        _ type: PyType, _ library: ExpatLibrary, intern: Value, handlers: Value, parent: ExpatParser?, _ make: () -> XMLParser?
    ) throws(Raised) -> Value {
        let object = newInstance(type)
        let layout = object.cast(ExpatLayout.self)
        layout.pointee.handlers = handlers
        layout.pointee.intern = intern
        guard let parser = make() else { throw raise(.runtimeError, "XML_ParserCreate failed") }
        layout.pointee.state = Unmanaged.passRetained(ExpatParser(self, library, parser, object: object, parent: parent)).toOpaque()
        return object
    }

    func noExpatHandlers() throws(Raised) -> Value {
        let handlers = try newTuple(ExpatHandler.allCases.count)
        for i in 0..<handlers.count { handlers[i] = .null }
        return handlers.value
    }
}
