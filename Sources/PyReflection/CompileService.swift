// Installs the compiler into a runtime: `compile()`, `exec`, `eval` and imports of source files reach it from there.
import PyBytecode
import PyCompiler
import PyRuntime
import PySyntax
import PyUnicode

extension VM {
    /// Makes this interpreter able to compile source.
    public func installCompiler() {
        compileService = CompileService { request, warnings throws(CompileFailure) in
            let diagnostics = Diagnostics()
            do throws(SourceError) {
                let code = try compileSource(
                    bytes: request.source, filename: request.filename, parseOptions: parseOptions(request),
                    options: compileOptions(request), diagnostics: diagnostics)
                warnings += compileWarnings(diagnostics)
                return code
            } catch {
                warnings += compileWarnings(diagnostics)
                throw failure(error)
            }
        }
        installTrees()
    }

    private func installTrees() {
        registerAST()
        registerSymtable()
        treeService = TreeService(
            isNode: { vm, value throws(Raised) in
                guard let made = vm.existingASTState else { return false }
                return try vm.isInstance(value, made.types[NodeKind.AST.rawValue])
            },
            parse: { vm, request throws(Raised) in try vm.parseToObjects(request) },
            compile: { vm, request, node throws(Raised) in try vm.compileObjects(request, node) })
    }

    /// `compile(source, ..., PyCF_ONLY_AST)`.
    private func parseToObjects(_ asked: CompileRequest) throws(Raised) -> Value {
        var request = asked
        request.intMaxStrDigits = intMaxStrDigits
        request.stackRoom = nativeStackRoom
        try checkAllocation(request.source.count * 80)
        let diagnostics = Diagnostics()
        let tree: SyntaxTree
        do throws(SourceError) {
            tree = try parse(
                source: request.source, filename: request.filename, options: parseOptions(request), diagnostics: diagnostics)
        } catch {
            try issue(compileWarnings(diagnostics), request.filename)
            throw raise(failure(error))
        }
        try issue(compileWarnings(diagnostics), request.filename)
        let converter = try TreeConverter(self, tree)
        defer { converter.release() }
        return try converter.module()
    }

    /// `compile(tree, ...)`.
    private func compileObjects(_ asked: CompileRequest, _ node: Value) throws(Raised) -> Value {
        var request = asked
        request.stackRoom = nativeStackRoom
        let reader = try TreeReader(self)
        let kind: NodeKind =
            switch request.mode {
            case .exec: .Module
            case .eval: .Expression
            case .single: .Interactive
            case .funcType: .FunctionType
            }
        try reader.module(node, kind)
        try TreeValidator(reader).module()
        let diagnostics = Diagnostics()
        let code: CodeObject
        do throws(SourceError) {
            code = try PyCompiler.compile(
                tree: reader.tree, filename: request.filename, options: compileOptions(request), diagnostics: diagnostics)
        } catch {
            try issue(compileWarnings(diagnostics), request.filename)
            throw raise(failure(error))
        }
        try issue(compileWarnings(diagnostics), request.filename)
        return try newCode(code)
    }
}

func compileWarnings(_ diagnostics: Diagnostics) -> [CompileWarning] {
    diagnostics.warnings.map { warning in
        CompileWarning(
            category: warning.category == .syntaxWarning ? .syntaxWarning : .deprecationWarning,
            message: warning.message, line: warning.line, asError: failure(warning.error))
    }
}

private func parseOptions(_ request: CompileRequest) -> ParseOptions {
    let mode: ParseMode
    switch request.mode {
    case .exec: mode = .exec
    case .eval: mode = .eval
    case .single: mode = .single
    case .funcType: mode = .funcType
    }
    var options = ParseOptions(
        mode: mode, typeComments: request.typeComments, featureVersion: request.featureVersion,
        barryAsBDFL: request.futureFlags.contains(.futureBarryAsBDFL), dontImplyDedent: request.dontImplyDedent,
        ignoreCookie: request.isText)
    options.intMaxStrDigits = request.intMaxStrDigits
    options.stackBudget = min(options.stackBudget, request.stackRoom)
    options.allowIncompleteInput = request.allowIncompleteInput
    options.readsFile = request.readsFile
    return options
}

private func compileOptions(_ request: CompileRequest) -> CompileOptions {
    CompileOptions(
        optimize: request.optimize, futureFlags: request.futureFlags, allowTopLevelAwait: request.allowTopLevelAwait,
        stackBudget: min(2 << 20, request.stackRoom))
}

func failure(_ error: SourceError) -> CompileFailure {
    let kind: ExceptionKind
    switch error.kind {
    case .syntaxError: kind = .syntaxError
    case .indentationError: kind = .indentationError
    case .tabError: kind = .tabError
    case .valueError: kind = .valueError
    case .overflowError: kind = .overflowError
    case .memoryError: kind = .memoryError
    case .recursionError: kind = .recursionError
    case .unicodeDecodeError: kind = .syntaxError
    case .systemError: kind = .systemError
    }
    var result = CompileFailure(kind: kind, message: error.message)
    result.filename = error.filename
    result.line = error.line
    result.offset = error.offset
    result.endLine = error.endLine
    result.endOffset = error.endOffset
    result.text = error.text
    return result
}
