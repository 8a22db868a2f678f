// The functions of `builtins` and `sys` that are about code and frames. CPython: Python/bltinmodule.c, Python/sysmodule.c.
import PyBytecode
import PyUnicode

extension VM {
    /// `compile`, `exec`, `eval`, `globals`, `locals`, `__build_class__`.
    func defineExecutionBuiltins(_ m: ModuleBuilder) {
        m.defV("-__build_class__(func, name, /, *bases, [metaclass], **kwds)", "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.") { vm, _, a, n, k in
            vm.guarded { () throws(Raised) in try vm.buildClass(a, n, k) }
        }
        m.defN(
            "compile($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)",
            """
            Compile source into a code object that can be executed by exec() or eval().

            The source code may represent a Python module, statement or expression.
            The filename will be used for run-time error messages.
            The mode must be 'exec' to compile a module, 'single' to compile a
            single (interactive) statement, or 'eval' to compile an expression.
            The flags argument, if present, controls which future statements influence
            the compilation of the code.
            The dont_inherit argument, if true, stops the compilation inheriting
            the effects of any future statements in effect in the code calling
            compile; if absent or false these statements do influence the compilation,
            in addition to any features explicitly specified.
            """
        ) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.builtinCompile(a) }
        }
        m.defN(
            "exec(source, globals=None, locals=None, /)",
            """
            Execute the given source in the context of globals and locals.

            The source may be a string representing one or more Python statements
            or a code object as returned by compile().
            The globals must be a dictionary and locals can be any mapping,
            defaulting to the current globals and locals.
            If only globals is given, locals defaults to it.
            """
        ) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.builtinExec(a[0], vm.orNone(a[1]), vm.orNone(a[2])) }
        }
        m.defN(
            "eval(source, globals=None, locals=None, /)",
            """
            Evaluate the given source in the context of globals and locals.

            The source may be a string representing a Python expression
            or a code object as returned by compile().
            The globals must be a dictionary and locals can be any mapping,
            defaulting to the current globals and locals.
            If only globals is given, locals defaults to it.
            """
        ) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.builtinEval(a[0], vm.orNone(a[1]), vm.orNone(a[2])) }
        }
        m.def0("globals()", "Return the dictionary containing the current scope's global variables.\n\nNOTE: Updates to this dictionary *will* affect name lookups in the current\nglobal scope and vice-versa.") { vm, _ in
            vm.orNone(vm.currentGlobals())
        }
        m.def0("locals()", "Return a dictionary containing the current scope's local variables.\n\nNOTE: Whether or not updates to this dictionary will affect name lookups in\nthe local scope and vice-versa is *implementation dependent* and not\ncovered by any backwards compatibility guarantees.") { vm, _ in
            vm.guarded { () throws(Raised) in try vm.currentLocals() }
        }
    }

    /// `sys`'s share.
    func defineExecutionSys(_ m: ModuleBuilder) {
        m.defN("_getframe($module, depth=0, /)", "Return a frame object from the call stack.\n\nIf optional integer depth is given, return the frame object that many\ncalls below the top of the stack.  If that is deeper than the call\nstack, ValueError is raised.  The default for depth is zero, returning\nthe frame at the top of the call stack.\n\nThis function should be used for internal and specialized purposes\nonly.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let depth = a[0].isNull ? 0 : try vm.indexInt(a[0])
                try vm.audit("sys._getframe", vm.tuple(vm.orNone(vm.frameObject(depth: 0))))
                let frame = vm.frameObject(depth: max(depth, 0))
                if frame.isNull { throw vm.raise(.valueError, "call stack is not deep enough") }
                return frame
            }
        }
        m.def0("exc_info($module, /)", "Return current exception information: (type, value, traceback).\n\nReturn information about the most recent exception caught by an except\nclause in the current stack frame or in an older stack frame.") { vm, _ in
            let handled = vm.thread.pointee.handled
            guard handled.isObject else { return vm.tuple(.none, .none, .none) }
            return vm.tuple(handled.objectType.value, handled, vm.orNone(handled.cast(ExceptionLayout.self).pointee.traceback))
        }
        m.def1("-settrace(function, /)", "settrace(function)\n\nSet the global debug tracing function.  It will be called on each\nfunction call.  See the debugger chapter in the library manual.") { vm, _, f in
            vm.guarded { () throws(Raised) in
                try vm.audit("sys.settrace", vm.emptyTuple)
                vm.setTrace(f)
                return .none
            }
        }
        m.def0("gettrace($module, /)", "Return the global debug tracing function set with sys.settrace.\n\nSee the debugger chapter in the library manual.") { vm, _ in vm.traceFunction }
        m.def1("-setprofile(function, /)", "setprofile(function)\n\nSet the profiling function.  It will be called on each function call\nand return.  See the profiler chapter in the library manual.") { vm, _, f in
            vm.guarded { () throws(Raised) in
                try vm.audit("sys.setprofile", vm.emptyTuple)
                vm.setProfile(f)
                return .none
            }
        }
        m.def0("getprofile($module, /)", "Return the profiling function set with sys.setprofile.\n\nSee the profiler chapter in the library manual.") { vm, _ in vm.profileFunction }
        m.def2("call_tracing($module, func, args, /)", "Call func(*args), while tracing is enabled.\n\nThe tracing state is saved, and restored afterwards.  This is intended\nto be called from a debugger from a checkpoint, to recursively debug\nsome other code.") { vm, _, f, args in
            vm.guarded { () throws(Raised) in
                guard vm.isTuple(args) else { throw vm.raise(.typeError, "call_tracing() argument 2 must be tuple, not \(vm.argumentTypeName(args))") }
                let saved = vm.eval.pointee.tracing
                vm.eval.pointee.tracing = 0
                defer { vm.eval.pointee.tracing = saved }
                return try vm.callWithTuple(f, args)
            }
        }
        m.def0("get_coroutine_origin_tracking_depth($module, /)", "Check status of origin tracking for coroutine objects in this thread.") { vm, _ in
            vm.int(vm.eval.pointee.coroutineOriginDepth)
        }
        m.defN("set_coroutine_origin_tracking_depth($module, /, depth)", "Enable or disable origin tracking for coroutine objects in this thread.\n\nCoroutine objects will track 'depth' frames of traceback information\nabout where they came from, available in their cr_origin attribute.\n\nSet a depth of 0 to disable.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let depth = try vm.indexInt(a[0])
                if depth < 0 { throw vm.raise(.valueError, "depth must be >= 0") }
                vm.eval.pointee.coroutineOriginDepth = depth
                return .none
            }
        }
        m.def0("get_asyncgen_hooks($module, /)", "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer).") { vm, _ in
            vm.guarded { () throws(Raised) in
                let items = try vm.newTuple(2)
                items[0] = vm.orNone(vm.eval.pointee.asyncGenFirstIter)
                items[1] = vm.orNone(vm.eval.pointee.asyncGenFinalizer)
                return try vm.newStructSequence(PyType(vm.state.pointee.asyncGenHooksType), items.items, 2)
            }
        }
        m.def0("_current_frames($module, /)", "Return a dict mapping each thread's thread id to its current stack frame.\n\nThis function should be used for specialized purposes only.") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.audit("sys._current_frames", vm.emptyTuple)
                let dict = vm.newDict()
                var thread = vm.state.pointee.threads
                while let t = thread {
                    thread = t.pointee.next
                    guard let eval = t.pointee.frame?.assumingMemoryBound(to: EvalState.self) else { continue }
                    // Threads that run no Python code have no frame.
                    if eval.pointee.top == eval.pointee.frames { continue }
                    try dict.set(vm, vm.int(unsigned: UInt64(t.pointee.threadID)), vm.frameObject(for: eval.pointee.top))
                }
                return dict.value
            }
        }
        m.def0("_current_exceptions($module, /)", "Return a dict mapping each thread's identifier to its current raised exception.\n\nThis function should be used for specialized purposes only.") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.audit("sys._current_exceptions", vm.emptyTuple)
                let dict = vm.newDict()
                var thread = vm.state.pointee.threads
                while let t = thread {
                    thread = t.pointee.next
                    let handled = t.pointee.handled
                    let info = handled.isObject
                        ? vm.tuple(handled.objectType.value, handled, vm.orNone(handled.cast(ExceptionLayout.self).pointee.traceback))
                        : vm.tuple(.none, .none, .none)
                    try dict.set(vm, vm.int(unsigned: UInt64(t.pointee.threadID)), info)
                }
                return dict.value
            }
        }
        m.defN("-set_asyncgen_hooks(firstiter=None, finalizer=None)", "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n\nSet a finalizer for async generators objects.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                for i in 0..<2 where !a[i].isNull && !a[i].isNone && vm.type(of: a[i]).slots.call == nil {
                    throw vm.raise(.typeError, "callable \(i == 0 ? "firstiter" : "finalizer") expected, got \(vm.typeName(a[i]))")
                }
                if !a[1].isNull {
                    try vm.audit("sys.set_asyncgen_hook_finalizer", vm.emptyTuple)
                    vm.eval.pointee.asyncGenFinalizer = a[1].isNone ? .null : a[1]
                }
                if !a[0].isNull {
                    try vm.audit("sys.set_asyncgen_hook_firstiter", vm.emptyTuple)
                    vm.eval.pointee.asyncGenFirstIter = a[0].isNone ? .null : a[0]
                }
                return .none
            }
        }
    }

    // MARK: compile, exec, eval

    /// `__future__` bits that `compile` accepts and code inherits.
    private static var futureMask: UInt32 { 0x1FE0000 }

    private func inheritedFlags() -> CodeFlags {
        let frame = eval.pointee.top
        if frame == eval.pointee.frames { return [] }
        return CodeFlags(rawValue: frame.pointee.code.pointee.codeFlags & VM.futureMask)
    }

    private func builtinCompile(_ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let filename = try sourceFileName(a[1])
        guard isStr(a[2]) else { throw raise(.typeError, "compile() argument 'mode' must be str, not \(argumentTypeName(a[2]))") }
        let modeName = try checkedCString(PyStr(a[2]))
        let flags = a[3].isNull ? 0 : try cIntArgument(a[3])
        let dontInherit = a[4].isNull ? false : try cIntArgument(a[4]) != 0
        let optimize = a[5].isNull ? -1 : try cIntArgument(a[5])
        let known = Int(VM.futureMask) | 0x200 | 0x400 | 0x1000 | 0x2000 | 0x4000 | 0x10
        if flags & ~known != 0 { throw raise(.valueError, "compile(): unrecognised flags") }
        if optimize < -1 || optimize > 2 { throw raise(.valueError, "compile(): invalid optimize value") }
        let mode: CompileRequest.Mode
        switch modeName {
        case "exec": mode = .exec
        case "eval": mode = .eval
        case "single": mode = .single
        case "func_type":
            if flags & 0x400 == 0 { throw raise(.valueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST") }
            mode = .funcType
        default:
            throw raise(
                .valueError,
                flags & 0x400 != 0 ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'" : "compile() mode must be 'exec', 'eval' or 'single'")
        }
        let onlyTree = flags & 0x400 != 0
        let isTree = try treeService?.isNode(self, a[0]) ?? false
        if isTree && onlyTree { return a[0] }
        var (request, isText) = isTree ? (CompileRequest(source: [], filename: filename), false) : try sourceRequest(a[0], "compile", filename)
        request.isText = isText
        request.mode = mode
        request.futureFlags = CodeFlags(rawValue: UInt32(truncatingIfNeeded: flags) & VM.futureMask)
        if !dontInherit { request.futureFlags.formUnion(inheritedFlags()) }
        request.optimize = optimize == -1 ? optimizationLevel : optimize
        request.dontImplyDedent = flags & 0x200 != 0
        request.allowIncompleteInput = flags & 0x4000 != 0
        request.allowTopLevelAwait = flags & 0x2000 != 0
        request.typeComments = flags & 0x1000 != 0
        if isTree, let service = treeService {
            try audit("compile", tuple(a[0], .none))
            return try service.compile(self, request, a[0])
        }
        if onlyTree, let service = treeService {
            if !a[6].isNull { request.featureVersion = try cIntArgument(a[6]) < 0 ? 10 : try cIntArgument(a[6]) }
            try auditSource(request)
            return try service.parse(self, request)
        }
        return try compile(request)
    }

    /// `sys.flags.optimize`.
    var optimizationLevel: Int {
        guard state.pointee.sysDict.isObject else { return 0 }
        let flags = PyDict(state.pointee.sysDict).getStr(self, intern("flags"))
        if flags.isNull { return 0 }
        do {
            let level = try getAttr(flags, intern("optimize"))
            return level.isSmallInt ? min(2, max(0, level.smallInt)) : 0
        } catch {
            clearRaised()
            return 0
        }
    }

    /// The file name argument of `compile` and kin.
    public func sourceFileName(_ v: Value) throws(Raised) -> PyText {
        if isStr(v) {
            let text = PyStr(v).text
            if text.utf8.contains(0) { throw raise(.valueError, "embedded null character") }
            return text
        }
        if v.isObject, v.objectType.flags.contains(.bytesSubclass) {
            let bytes = sourceBytes(v)
            if bytes.contains(0) { throw raise(.valueError, "embedded null character") }
            return PyText(utf8: bytes)
        }
        if v.isObject, type(of: v).slots.buffer != nil {
            try warnDeprecated("path should be string, bytes, or os.PathLike, not \(typeName(v))")
            return PyText(utf8: try bufferBytes(v) ?? [])
        }
        let path = try callSpecial(v, names.__fspath__)
        if path.isNull { throw raise(.typeError, "expected str, bytes or os.PathLike object, not \(typeName(v))") }
        if isStr(path) { return PyStr(path).text }
        throw raise(.typeError, "expected \(typeName(v)).__fspath__() to return str or bytes, not \(typeName(path))")
    }

    private func sourceBytes(_ v: Value) -> [UInt8] {
        let layout = v.cast(BytesLayout.self)
        let start = (v.pointer + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        return Array(UnsafeBufferPointer(start: start, count: layout.pointee.count))
    }

    private func sourceRequest(_ source: Value, _ function: String, _ filename: PyText) throws(Raised) -> (CompileRequest, Bool) {
        let what = function == "compile" ? "a string, bytes or AST object" : "a string, bytes or code object"
        return (try sourceRequest(source, function, what, filename), isStr(source))
    }

    /// The bytes of a source argument: text, bytes or any buffer.
    /// - Throws: TypeError "`function`() arg 1 must be `what`"; ValueError for a null byte.
    public func sourceRequest(_ source: Value, _ function: String, _ what: String, _ filename: PyText) throws(Raised) -> CompileRequest {
        var bytes: [UInt8]
        if isStr(source) {
            if !PyStr(source).isASCII { _ = try encodeUTF8(PyStr(source)) }
            bytes = PyStr(source).utf8
        } else if source.isObject, source.objectType.flags.contains(.bytesSubclass) {
            bytes = sourceBytes(source)
        } else if source.isObject, let buffer = type(of: source).slots.buffer {
            var view = BufferView()
            if buffer(self, source, &view, 0) < 0 { throw Raised() }
            bytes = view.bytes.map { Array(UnsafeRawBufferPointer(start: $0, count: view.count)) } ?? []
            type(of: source).slots.releaseBuffer?(self, source, &view)
        } else {
            throw raise(.typeError, "\(function)() arg 1 must be \(what)")
        }
        if bytes.contains(0) { throw raise(.valueError, "source code string cannot contain null bytes") }
        return CompileRequest(source: bytes, filename: filename)
    }

    /// The namespaces `exec` and `eval` run in.
    private func namespaces(_ function: String, _ globals: Value, _ locals: Value) throws(Raised) -> (globals: Value, locals: Value) {
        if !locals.isNone && type(of: locals).slots.getItem == nil {
            throw raise(.typeError, function == "exec" ? "locals must be a mapping or None, not \(typeName(locals))" : "locals must be a mapping")
        }
        if !globals.isNone && !isDict(globals) {
            if function == "eval" {
                throw raise(
                    .typeError,
                    type(of: globals).slots.getItem != nil
                        ? "globals must be a real dict; try eval(expr, {}, mapping)" : "globals must be a dict")
            }
            throw raise(.typeError, "exec() globals must be a dict, not \(typeName(globals))")
        }
        var namespace = globals
        var inner = locals
        if namespace.isNone {
            namespace = currentGlobals()
            if namespace.isNull { throw raise(.systemError, "globals and locals cannot be NULL") }
            if inner.isNone { inner = try currentLocals() }
        } else if inner.isNone {
            inner = namespace
        }
        if try PyDict(namespace).get(self, names.__builtins__).isNull {
            let builtins = eval.pointee.top == eval.pointee.frames ? state.pointee.builtinsDict : eval.pointee.top.pointee.builtins
            try PyDict(namespace).set(self, names.__builtins__, builtins)
        }
        return (namespace, inner)
    }

    /// The code of a function with parameters is called as such, without arguments.
    private func runInNamespaces(_ code: Value, _ globals: Value, _ locals: Value) throws(Raised) -> Value {
        let layout = code.cast(CodeLayout.self)
        if layout.pointee.parameterCount == 0 { return try run(code: code, globals: globals, locals: locals) }
        return try call(try newFunction(code: code, globals: globals, qualname: layout.pointee.name))
    }

    private func builtinExec(_ source: Value, _ globals: Value, _ locals: Value) throws(Raised) -> Value {
        let (globals, locals) = try namespaces("exec", globals, locals)
        let code: Value
        if source.isExactly(types.code) {
            code = source
            if PyTuple(code.cast(CodeLayout.self).pointee.freevars).count > 0 {
                throw raise(.typeError, "code object passed to exec() may not contain free variables")
            }
        } else {
            var (request, isText) = try sourceRequest(source, "exec", "<string>")
            request.isText = isText
            request.futureFlags = inheritedFlags()
            request.optimize = optimizationLevel
            code = try compile(request)
        }
        try audit("exec", tuple(code))
        _ = try runInNamespaces(code, globals, locals)
        return .none
    }

    private func builtinEval(_ source: Value, _ globals: Value, _ locals: Value) throws(Raised) -> Value {
        let (globals, locals) = try namespaces("eval", globals, locals)
        if source.isExactly(types.code) {
            if PyTuple(source.cast(CodeLayout.self).pointee.freevars).count > 0 {
                throw raise(.typeError, "code object passed to eval() may not contain free variables")
            }
            try audit("exec", tuple(source))
            return try runInNamespaces(source, globals, locals)
        }
        var (request, isText) = try sourceRequest(source, "eval", "<string>")
        request.isText = isText
        request.mode = .eval
        request.futureFlags = inheritedFlags()
        request.optimize = optimizationLevel
        while let first = request.source.first, first == 32 || first == 9 { request.source.removeFirst() }
        let code = try compile(request)
        try audit("exec", tuple(code))
        return try run(code: code, globals: globals, locals: locals)
    }
}
