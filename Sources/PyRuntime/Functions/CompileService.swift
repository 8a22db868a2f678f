// The compiler as the runtime sees it: a service that PyReflection registers, so that a parser edit does not rebuild the
// machine. No Values cross: source bytes in, a `CodeObject` or a description of what is wrong out.
import CShims
import PyBytecode
import PyUnicode

/// What `compile()` is asked.
public struct CompileRequest: Sendable {
    public enum Mode: Sendable { case exec, eval, single, funcType }
    public var source: [UInt8]
    public var filename: PyText
    public var mode: Mode = .exec
    /// Inherited `__future__` features.
    public var futureFlags: CodeFlags = []
    /// 0, 1 or 2; -1 was resolved by the caller.
    public var optimize = 0
    /// The source was a `str`: UTF-8 whatever a cookie says.
    public var isText = false
    /// The source comes from the program's file (see `ParseOptions.readsFile`).
    public var readsFile = false
    public var dontImplyDedent = false
    public var allowIncompleteInput = false
    public var allowTopLevelAwait = false
    public var typeComments = false
    public var featureVersion = 10
    /// The digits a decimal integer literal may have; 0 = any number.
    public var intMaxStrDigits = 4300
    /// Bytes of native stack that the thread has left: parser and compiler recur.
    public var stackRoom = 2 << 20
    public init(source: [UInt8], filename: PyText) {
        self.source = source
        self.filename = filename
    }
}

/// Why a source was refused: the fields of SyntaxError.
public struct CompileFailure: Error, Sendable {
    public var kind: ExceptionKind
    public var message: PyText
    public var filename: PyText?
    public var line: Int?
    public var offset: Int?
    public var endLine: Int?
    public var endOffset: Int?
    public var text: PyText?
    public init(kind: ExceptionKind, message: PyText) {
        self.kind = kind
        self.message = message
    }
}

/// A warning of the compiler, in source order; `asError` replaces it where a filter makes it an error.
public struct CompileWarning: Sendable {
    public var category: ExceptionKind
    public var message: PyText
    public var line: Int
    public var asError: CompileFailure
    public init(category: ExceptionKind, message: PyText, line: Int, asError: CompileFailure) {
        self.category = category
        self.message = message
        self.line = line
        self.asError = asError
    }
}

/// The registered compiler. `vm.compileService = CompileService { request, warnings in ... }`.
public final class CompileService {
    public typealias Body = (CompileRequest, inout [CompileWarning]) throws(CompileFailure) -> CodeObject
    let body: Body
    public init(_ body: @escaping Body) { self.body = body }

    /// Compiles without a runtime: no object is made and no warning issued.
    public func compile(_ request: CompileRequest, _ warnings: inout [CompileWarning]) throws(CompileFailure) -> CodeObject {
        try body(request, &warnings)
    }
}

/// `compile()` with `ast` trees, in either direction. `vm.treeService = TreeService(...)`.
public final class TreeService {
    public typealias Parse = (VM, CompileRequest) throws(Raised) -> Value
    public typealias Compile = (VM, CompileRequest, Value) throws(Raised) -> Value
    let isNode: (VM, Value) throws(Raised) -> Bool
    let parse: Parse
    let compile: Compile
    /// `isNode`: is it an `ast.AST`? `parse`: the tree of a request's source. `compile`: the code of a tree (the request's source is empty).
    public init(isNode: @escaping (VM, Value) throws(Raised) -> Bool, parse: @escaping Parse, compile: @escaping Compile) {
        self.isNode = isNode
        self.parse = parse
        self.compile = compile
    }
}

extension VM {
    /// The service for trees, nil until PyReflection installs it.
    public var treeService: TreeService? {
        get { state.pointee.services.takeUnretainedValue().table["trees"] as? TreeService }
        nonmutating set { state.pointee.services.takeUnretainedValue().table["trees"] = newValue }
    }

    /// The compiler, nil until PyReflection installs it.
    public var compileService: CompileService? {
        get { state.pointee.services.takeUnretainedValue().table["compile"] as? CompileService }
        nonmutating set { state.pointee.services.takeUnretainedValue().table["compile"] = newValue }
    }

    /// Compiles to a `code` object.
    /// - Throws: SyntaxError and its kin, as `compile()` does; warnings turned into errors.
    public func compile(_ request: CompileRequest) throws(Raised) -> Value {
        guard let service = compileService else { throw raise(.systemError, "taipan: no compiler is installed") }
        try auditSource(request)
        var warnings: [CompileWarning] = []
        var request = request
        request.intMaxStrDigits = intMaxStrDigits
        request.stackRoom = nativeStackRoom
        // Tokens, tree and instructions lie outside the heap: up to eighty bytes for one of the source.
        try checkAllocation(request.source.count * 80)
        let code: CodeObject
        do throws(CompileFailure) { code = try service.body(request, &warnings) } catch {
            try issue(warnings, request.filename)
            throw raise(error)
        }
        try issue(warnings, request.filename)
        return try newCode(code)
    }

    /// The event of source text that is about to be parsed.
    func auditSource(_ request: CompileRequest) throws(Raised) {
        if state.pointee.auditHooks.isNull { return }
        try audit("compile", tuple(bytesObject(request.source), str(request.filename)))
    }

    /// Bytes between here and where RecursionError begins.
    public var nativeStackRoom: Int {
        let here = taipan_frame_address(), limit = thread.pointee.nativeStackLimit
        return here > limit ? Int(truncatingIfNeeded: here - limit) : 0
    }

    /// Issues the warnings of a compilation, in order; what one raises ends it.
    public func issue(_ warnings: [CompileWarning], _ filename: PyText) throws(Raised) {
        for warning in warnings { try issue(warning, filename) }
    }

    /// Issues one warning, or raises it where a filter says so.
    private func issue(_ warning: CompileWarning, _ filename: PyText) throws(Raised) {
        guard state.pointee.modules.isObject else { return }
        do { try warnExplicit(warning.category, str(warning.message), filename: str(filename), line: warning.line) } catch {
            let raised = thread.pointee.raised
            if raised.isObject && raised.objectType.isSubtype(of: exceptionType(warning.category)) {
                clearRaised()
                throw raise(warning.asError)
            }
            throw error
        }
    }

    /// `co_flags` of a code object.
    public func codeFlags(_ code: Value) -> UInt32 { code.cast(CodeLayout.self).pointee.rawFlags }

    /// Raises what the failure describes: `SyntaxError(msg, (filename, lineno, offset, text, end_lineno, end_offset))`.
    public func raise(_ failure: CompileFailure) -> Raised {
        switch failure.kind {
        case .syntaxError, .indentationError, .tabError: break
        default: return raise(exceptionType(failure.kind), str(failure.message))
        }
        func number(_ n: Int?) -> Value { n.map { int($0) } ?? .none }
        var text = failure.text
        if text == nil, let filename = failure.filename, let line = failure.line { text = sourceText(filename, line) }
        do {
            let details = try newTuple(6)
            details[0] = failure.filename.map { str($0) } ?? .none
            details[1] = number(failure.line)
            details[2] = number(failure.offset)
            details[3] = text.map { str($0) } ?? .none
            details[4] = number(failure.endLine)
            details[5] = number(failure.endOffset)
            return raise(exceptionType(failure.kind), argsTuple: tuple(str(failure.message), details.value))
        } catch { return error }
    }

    /// The compiler's own errors show the line of the file, if there is such a file.
    private func sourceText(_ filename: PyText, _ line: Int) -> PyText? {
        sourceLine(filename.utf8, line).map { PyText(utf8: $0 + [10]) }
    }
}
