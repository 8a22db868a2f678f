// The exception types: construction, text, attributes. CPython: Objects/exceptions.c.
//
// Every exception has the same layout (ExceptionLayout): the fixed fields, then f0… named by the type's members below.

extension VM {
    /// An instance of `type` with `args`, `__init__` not called. May collect.
    public func makeException(_ type: PyType, args: Value) -> Value {
        let value = newInstance(type)
        let layout = value.cast(ExceptionLayout.self)
        layout.pointee.args = args
        layout.pointee.suppressContext = .false
        return value
    }

    /// MemoryError: preallocated text, no growth.
    @inline(never) public func raiseMemoryError() -> Raised {
        let exception = makeException(exceptionType(.memoryError), args: emptyTuple)
        heap.pointee.settleDebt()
        return setRaised(exception)
    }

    /// An OSError from an error number (the subclass that the number asks for), optionally about a file.
    public func raiseOSError(_ number: Int, _ message: String, filename: Value = .null, filename2: Value = .null) -> Raised {
        do {
            let all = try newTuple(filename2.isNull ? (filename.isNull ? 2 : 3) : 5)
            all[0] = int(number)
            all[1] = str(message)
            if !filename.isNull { all[2] = filename }
            if !filename2.isNull {
                all[3] = .none
                all[4] = filename2
            }
            return raise(exceptionType(.osError), argsTuple: all.value)
        } catch { return Raised() }
    }

    func installExceptions() {
        for kind in ExceptionKind.allCases {
            let row = kind.row
            let type = exceptionType(kind)
            let base = kind == .baseException ? types.object : exceptionType(row.1)
            describe(type, row.0, base: base, flags: [.baseType, .exceptionSubclass])
            let size = MemoryLayout<ExceptionLayout>.size
            layout(type, .words, size, fieldsEnd: size)
            type.ref.pointee.attrsOffset = Int32(size)
            type.ref.pointee.extraStart = UInt32(size)
            type.ref.pointee.inlineCapacity = 0
            type.ref.pointee.doc = str(row.2)
            let t = TypeBuilder(self, type)
            switch kind {
            case .baseException: installBaseException(t)
            case .stopIteration:
                t.member("value", offset: 48, readOnly: false, doc: "generator return value")
                type.slots.initialize = { vm, v, a, count, k in vm.initFields(v, a, count, k) { e, args in e.pointee.f0 = args.count > 0 ? args[0] : .none } }
            case .systemExit:
                t.member("code", offset: 48, readOnly: false, doc: "exception code")
                type.slots.initialize = { vm, v, a, count, k in
                    vm.initFields(v, a, count, k) { e, args in e.pointee.f0 = args.count == 0 ? .none : args.count == 1 ? args[0] : args.value }
                }
            case .importError: installImportError(t)
            case .osError: installOSError(t)
            case .nameError: installNamed(t, fields: 1)
            case .attributeError: installNamed(t, fields: 2)
            case .syntaxError: installSyntaxError(t)
            case .keyError:
                type.slots.str = { vm, v in
                    vm.guarded { () throws(Raised) in
                        let args = PyTuple(v.cast(ExceptionLayout.self).pointee.args)
                        return args.count == 1 ? try vm.repr(args[0]) : try vm.baseExceptionStr(v)
                    }
                }
            case .unicodeEncodeError, .unicodeDecodeError, .unicodeTranslateError: installUnicodeError(t, kind)
            default: break
            }
            if kind == .baseException {
                t.statesGetAttribute()
                t.statesSetAttribute()
            } else if type.slots.initialize == nil {
                type.slots.initialize = base.slots.initialize
            }
            if statesNew(kind) { type.ref.pointee.flags.insert(.statesNew) }
            if [.stopIteration, .systemExit, .importError, .osError, .nameError, .attributeError, .syntaxError, .unicodeEncodeError, .unicodeDecodeError, .unicodeTranslateError]
                .contains(kind)
            {
                // CPython's layouts differ here: two such bases conflict.
                type.ref.pointee.fieldsEnd = UInt32(size)
            }
            readyType(type)
        }
    }

    /// Whether CPython's type names the constructor it inherits: the simple kinds do, those with fields of their own do not.
    private func statesNew(_ kind: ExceptionKind) -> Bool {
        var step = kind
        while step != .baseException {
            switch step {
            case .stopIteration, .systemExit, .keyError, .importError, .osError, .nameError, .attributeError, .syntaxError: return false
            default: step = step.row.1
            }
        }
        return true
    }

    /// `BaseException.__init__`, then the fields.
    private func initFields(
        _ v: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value,
        _ set: (UnsafeMutablePointer<ExceptionLayout>, PyTuple) -> Void
    ) -> Int {
        guardedStatus { () throws(Raised) in
            try baseInit(v, arguments, count, keywords)
            let layout = v.cast(ExceptionLayout.self)
            set(layout, PyTuple(layout.pointee.args))
        }
    }

    func baseInit(_ v: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) {
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "\(typeName(v))() takes no keyword arguments") }
        v.cast(ExceptionLayout.self).pointee.args = try tuple(arguments, count: count)
    }

    private func installBaseException(_ t: TypeBuilder) {
        t.type.slots.new = { vm, cls, arguments, count, _ in
            vm.guarded { () throws(Raised) in
                let args = try vm.tuple(arguments, count: count)
                return vm.makeException(PyType(cls), args: args)
            }
        }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in try vm.baseInit(v, arguments, count, keywords) }
        }
        t.type.slots.str = { vm, v in vm.guarded { () throws(Raised) in try vm.baseExceptionStr(v) } }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let args = PyTuple(v.cast(ExceptionLayout.self).pointee.args)
                let name = PyStr(vm.type(of: v).name).string
                if args.count == 1 { return vm.str("\(name)(\(try vm.reprText(args[0])))") }
                return vm.str("\(name)\(try vm.reprText(args.value))")
            }
        }
        t.getset("args", get: { _, v in v.cast(ExceptionLayout.self).pointee.args }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "args may not be deleted") }
                v.cast(ExceptionLayout.self).pointee.args = try vm.tupleFrom(value)
            }
        })
        t.getset("__traceback__", get: { _, v in
            let value = v.cast(ExceptionLayout.self).pointee.traceback
            return value.isNull ? .none : value
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "__traceback__ may not be deleted") }
                if !value.isNone && !value.isExactly(vm.types.traceback) { throw vm.raise(.typeError, "__traceback__ must be a traceback or None") }
                v.cast(ExceptionLayout.self).pointee.traceback = value.isNone ? .null : value
            }
        })
        t.getset("__context__", "exception context", get: { _, v in
            let value = v.cast(ExceptionLayout.self).pointee.context
            return value.isNull ? .none : value
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "__context__ may not be deleted") }
                if !value.isNone && !vm.isException(value) { throw vm.raise(.typeError, "exception context must be None or derive from BaseException") }
                v.cast(ExceptionLayout.self).pointee.context = value.isNone ? .null : value
            }
        })
        t.getset("__cause__", "exception cause", get: { _, v in
            let value = v.cast(ExceptionLayout.self).pointee.cause
            return value.isNull ? .none : value
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "__cause__ may not be deleted") }
                if !value.isNone && !vm.isException(value) { throw vm.raise(.typeError, "exception cause must be None or derive from BaseException") }
                let layout = v.cast(ExceptionLayout.self)
                layout.pointee.cause = value.isNone ? .null : value
                layout.pointee.suppressContext = .true
            }
        })
        t.computedMember("__suppress_context__", get: { _, v in v.cast(ExceptionLayout.self).pointee.suppressContext }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if !value.isBool { throw vm.raise(.typeError, "attribute value type must be bool") }
                v.cast(ExceptionLayout.self).pointee.suppressContext = value
            }
        })
        t.getset("__dict__", nil, get: dictGetter, set: dictSetter)
        t.def1("-with_traceback($self, tb, /)", "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self.") { vm, v, traceback in
            vm.guarded { () throws(Raised) in
                if !traceback.isNone && !traceback.isExactly(vm.types.traceback) { throw vm.raise(.typeError, "__traceback__ must be a traceback or None") }
                v.cast(ExceptionLayout.self).pointee.traceback = traceback.isNone ? .null : traceback
                return v
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let layout = v.cast(ExceptionLayout.self)
                let type = vm.type(of: v)
                let dict = vm.existingDict(v, type)
                let hasAttributes = vm.attrs(v, type).pointee.shape != nil
                if !hasAttributes { return vm.tuple(type.value, layout.pointee.args) }
                return vm.tuple(type.value, layout.pointee.args, dict.isNull ? try vm.materializeDict(v, type) : dict)
            }
        }
        t.def1("-__setstate__($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if state.isNone { return .none }
                if !vm.isDict(state) { throw vm.raise(.typeError, "state is not a dictionary") }
                var position = 0
                while let (key, value) = PyDict(state).next(&position) { try vm.setAttr(v, key, value) }
                return .none
            }
        }
    }

    func baseExceptionStr(_ v: Value) throws(Raised) -> Value {
        let args = PyTuple(v.cast(ExceptionLayout.self).pointee.args)
        switch args.count {
        case 0: return emptyStr
        case 1: return try str(of: args[0])
        default: return try repr(args.value)
        }
    }

    /// The keyword argument `name`, NULL if absent; `seen` counts how many were known.
    private func keyword(_ name: StaticString, _ values: UnsafeMutablePointer<Value>, _ keywords: Value, _ seen: inout Int) -> Value {
        if keywords.isNull { return .null }
        let names = PyTuple(keywords)
        let wanted = PyStr(intern(name))
        for i in 0..<names.count where PyStr(names[i]).equals(wanted) {
            seen += 1
            return values[i]
        }
        return .null
    }

    private func checkKeywords(_ function: String, _ keywords: Value, _ allowed: [StaticString]) throws(Raised) {
        if keywords.isNull { return }
        let names = PyTuple(keywords)
        if names.count > allowed.count {
            throw raise(
                .typeError,
                "\(function)() takes at most \(allowed.count) keyword argument\(allowed.count == 1 ? "" : "s") (\(names.count) given)")
        }
        for i in 0..<names.count {
            let text = PyStr(names[i]).string
            if !allowed.contains(where: { "\($0)" == text }) {
                throw raise(.typeError, value: message("'", names[i], "' is an invalid keyword argument for \(function)()"))
            }
        }
    }

    private func installImportError(_ t: TypeBuilder) {
        t.member("msg", offset: 48, readOnly: false, doc: "exception message")
        t.member("name", offset: 56, readOnly: false, doc: "module name")
        t.member("path", offset: 64, readOnly: false, doc: "module path")
        t.def0("__reduce__", "") { vm, v in vm.guarded { () throws(Raised) in try vm.reduceImportError(v) } }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                try vm.checkKeywords("ImportError", keywords, ["name", "path"])
                try vm.baseInit(v, arguments, count, .null)
                let layout = v.cast(ExceptionLayout.self)
                var seen = 0
                layout.pointee.f1 = vm.keyword("name", arguments + count, keywords, &seen)
                layout.pointee.f2 = vm.keyword("path", arguments + count, keywords, &seen)
                layout.pointee.f0 = count == 1 ? arguments[0] : .null
            }
        }
        t.type.slots.str = { vm, v in
            vm.guarded { () throws(Raised) in
                let message = v.cast(ExceptionLayout.self).pointee.f0
                return message.isExactly(vm.types.str) ? message : try vm.baseExceptionStr(v)
            }
        }
    }

    /// `ImportError.__reduce__`: the state is `__dict__` with `name` and `path` added where they are set.
    private func reduceImportError(_ v: Value) throws(Raised) -> Value {
        let layout = v.cast(ExceptionLayout.self)
        let own = try getAttrIfPresent(v, names.__dict__)
        var state = own.isNull || own.isNone ? Value.none : own
        if isDict(state), PyDict(state).count == 0 { state = .none }
        if layout.pointee.f1.isObject || layout.pointee.f2.isObject {
            let dict = state.isNone ? newDict() : try PyDict(state).copy(self)
            if !layout.pointee.f1.isNull, !layout.pointee.f1.isNone { try dict.set(self, intern("name"), layout.pointee.f1) }
            if !layout.pointee.f2.isNull, !layout.pointee.f2.isNone { try dict.set(self, intern("path"), layout.pointee.f2) }
            state = dict.value
        }
        let arguments = layout.pointee.args
        return state.isNone ? tuple(type(of: v).value, arguments) : tuple(type(of: v).value, arguments, state)
    }

    private func installNamed(_ t: TypeBuilder, fields: Int) {
        t.member("name", offset: 48, readOnly: false, doc: fields == 2 ? "attribute name" : "name")
        t.type.slots.str = exceptionType(.baseException).slots.str
        if fields == 2 { t.member("obj", offset: 56, readOnly: false, doc: "object") }
        if fields == 1 {
            t.type.slots.initialize = { vm, v, arguments, count, keywords in
                vm.guardedStatus { () throws(Raised) in
                    try vm.checkKeywords("NameError", keywords, ["name"])
                    try vm.baseInit(v, arguments, count, .null)
                    var seen = 0
                    v.cast(ExceptionLayout.self).pointee.f0 = vm.keyword("name", arguments + count, keywords, &seen)
                }
            }
        } else {
            t.type.slots.initialize = { vm, v, arguments, count, keywords in
                vm.guardedStatus { () throws(Raised) in
                    try vm.checkKeywords("AttributeError", keywords, ["name", "obj"])
                    try vm.baseInit(v, arguments, count, .null)
                    var seen = 0
                    v.cast(ExceptionLayout.self).pointee.f0 = vm.keyword("name", arguments + count, keywords, &seen)
                    v.cast(ExceptionLayout.self).pointee.f1 = vm.keyword("obj", arguments + count, keywords, &seen)
                }
            }
        }
    }

    // MARK: OSError

    private func installOSError(_ t: TypeBuilder) {
        t.member("errno", offset: 48, readOnly: false, doc: "POSIX exception code")
        t.member("strerror", offset: 56, readOnly: false, doc: "exception strerror")
        t.member("filename", offset: 64, readOnly: false, doc: "exception filename")
        t.member("filename2", offset: 72, readOnly: false, doc: "second exception filename")
        t.getset("characters_written", get: { vm, v in
            let written = v.cast(ExceptionLayout.self).pointee.f4
            if written.isNull { _ = vm.raise(.attributeError, "characters_written") }
            return written
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull {
                    if v.cast(ExceptionLayout.self).pointee.f4.isNull { throw vm.raise(.attributeError, "characters_written") }
                    v.cast(ExceptionLayout.self).pointee.f4 = .null
                    return
                }
                v.cast(ExceptionLayout.self).pointee.f4 = vm.int(try vm.indexInt(value, overflow: .valueError))
            }
        })
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                var type = PyType(cls)
                if vm.osErrorUsesInit(type) { return vm.makeException(type, args: vm.emptyTuple) }
                if !keywords.isNull && PyTuple(keywords).count > 0 {
                    throw vm.raise(.typeError, "\(PyStr(type.name).string)() takes no keyword arguments")
                }
                if type == vm.exceptionType(.osError) && count >= 2 && count <= 5 && arguments[0].isSmallInt,
                    let kind = osErrorKind(arguments[0].smallInt)
                {
                    type = vm.exceptionType(kind)
                }
                let args = try vm.tuple(arguments, count: count)
                let v = vm.makeException(type, args: args)
                vm.setOSErrorFields(v, arguments, count)
                return v
            }
        }
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                // `__new__` has done it, unless a subclass has only an `__init__` of its own and passes other arguments on.
                if !vm.osErrorUsesInit(vm.type(of: v)) { return }
                if !keywords.isNull && PyTuple(keywords).count > 0 { throw vm.raise(.typeError, "\(vm.typeName(v))() takes no keyword arguments") }
                v.cast(ExceptionLayout.self).pointee.args = try vm.tuple(arguments, count: count)
                vm.setOSErrorFields(v, arguments, count)
            }
        }
        t.type.slots.str = { vm, v in
            vm.guarded { () throws(Raised) in
                let e = v.cast(ExceptionLayout.self).pointee
                func shown(_ x: Value) throws(Raised) -> String { x.isNull ? "None" : try PyStr(vm.str(of: x)).string }
                if !e.f2.isNull && !e.f2.isNone {
                    let head = "[Errno \(try shown(e.f0))] \(try shown(e.f1)): \(try vm.reprText(e.f2))"
                    if !e.f3.isNull && !e.f3.isNone { return vm.str("\(head) -> \(try vm.reprText(e.f3))") }
                    return vm.str(head)
                }
                if !e.f0.isNull && !e.f1.isNull { return vm.str("[Errno \(try shown(e.f0))] \(try shown(e.f1))") }
                return try vm.baseExceptionStr(v)
            }
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let e = v.cast(ExceptionLayout.self).pointee
                var args = e.args
                if PyTuple(args).count == 2 && !e.f2.isNull {
                    let old = PyTuple(args)
                    if e.f3.isNull {
                        args = vm.tuple(old[0], old[1], e.f2)
                    } else {
                        let all = try vm.newTuple(5)
                        all[0] = old[0]
                        all[1] = old[1]
                        all[2] = e.f2
                        all[3] = .none
                        all[4] = e.f3
                        args = all.value
                    }
                }
                let type = vm.type(of: v)
                if vm.attrs(v, type).pointee.shape == nil { return vm.tuple(type.value, args) }
                return vm.tuple(type.value, args, try vm.materializeDict(v, type))
            }
        }
    }

    /// Whether `__init__` alone was overridden: then it decides the arguments.
    private func osErrorUsesInit(_ type: PyType) -> Bool {
        let slots = exceptionType(.osError).slots
        func same<T>(_ a: T?, _ b: T?) -> Bool { unsafeBitCast(a, to: UInt.self) == unsafeBitCast(b, to: UInt.self) }
        return !same(type.slots.initialize, slots.initialize) && same(type.slots.new, slots.new)
    }

    private func setOSErrorFields(_ v: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int) {
        let e = v.cast(ExceptionLayout.self)
        e.pointee.f0 = .null
        e.pointee.f1 = .null
        e.pointee.f2 = .null
        e.pointee.f3 = .null
        guard count >= 2 && count <= 5 else { return }
        e.pointee.f0 = arguments[0]
        e.pointee.f1 = arguments[1]
        if count >= 3 && !arguments[2].isNone {
            if v.objectType.isSubtype(of: exceptionType(.blockingIOError)) && arguments[2].isSmallInt {
                e.pointee.f4 = arguments[2]
                return
            }
            e.pointee.f2 = arguments[2]
            if count == 5 && !arguments[4].isNone { e.pointee.f3 = arguments[4] }
            // The filename is an attribute, not an argument.
            e.pointee.args = tuple(arguments[0], arguments[1])
        }
    }

    // MARK: SyntaxError

    private func installSyntaxError(_ t: TypeBuilder) {
        t.member("msg", offset: 48, readOnly: false, doc: "exception msg")
        t.member("filename", offset: 56, readOnly: false, doc: "exception filename")
        t.member("lineno", offset: 64, readOnly: false, doc: "exception lineno")
        t.member("offset", offset: 72, readOnly: false, doc: "exception offset")
        t.member("text", offset: 80, readOnly: false, doc: "exception text")
        t.member("end_lineno", offset: 88, readOnly: false, doc: "exception end lineno")
        t.member("end_offset", offset: 96, readOnly: false, doc: "exception end offset")
        t.member("print_file_and_line", offset: 104, readOnly: false, doc: "exception print_file_and_line")
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                try vm.baseInit(v, arguments, count, keywords)
                let e = v.cast(ExceptionLayout.self)
                if count >= 1 { e.pointee.f0 = arguments[0] }
                guard count == 2 else { return }
                let info = PyTuple(try vm.tupleFrom(arguments[1]))
                if info.count < 4 { throw vm.raise(.typeError, "function takes at least 4 arguments (\(info.count) given)") }
                if info.count > 6 { throw vm.raise(.typeError, "function takes at most 6 arguments (\(info.count) given)") }
                if info.count == 5 { throw vm.raise(.typeError, "end_offset must be provided when end_lineno is provided") }
                e.pointee.f1 = info[0]
                e.pointee.f2 = info[1]
                e.pointee.f3 = info[2]
                e.pointee.f4 = info[3]
                if info.count == 6 {
                    e.pointee.f5 = info[4]
                    e.pointee.f6 = info[5]
                }
            }
        }
        t.type.slots.str = { vm, v in
            vm.guarded { () throws(Raised) in
                let e = v.cast(ExceptionLayout.self).pointee
                let message = try PyStr(vm.str(of: e.f0.isNull ? .none : e.f0)).string
                let line = e.f2.isSmallInt ? e.f2.smallInt : nil
                var file: String?
                if vm.isStr(e.f1) {
                    let full = PyStr(e.f1).string
                    file = full.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(full[full.utf8.index(after: $0)...]) } ?? full
                }
                switch (file, line) {
                case (let f?, let l?): return vm.str("\(message) (\(f), line \(l))")
                case (let f?, nil): return vm.str("\(message) (\(f))")
                case (nil, let l?): return vm.str("\(message) (line \(l))")
                case (nil, nil): return vm.str(message)
                }
            }
        }
    }

    // MARK: UnicodeError

    private func installUnicodeError(_ t: TypeBuilder, _ kind: ExceptionKind) {
        t.member("encoding", offset: 48, readOnly: false, doc: "exception encoding")
        t.member("object", offset: 56, readOnly: false, doc: "exception object")
        t.member("start", offset: 64, readOnly: false, doc: "exception start")
        t.member("end", offset: 72, readOnly: false, doc: "exception end")
        t.member("reason", offset: 80, readOnly: false, doc: "exception reason")
        t.type.slots.initialize = { vm, v, arguments, count, keywords in
            vm.guardedStatus { () throws(Raised) in
                try vm.baseInit(v, arguments, count, keywords)
                let translate = vm.isInstance(v, ofType: vm.exceptionType(.unicodeTranslateError))
                let decode = vm.isInstance(v, ofType: vm.exceptionType(.unicodeDecodeError))
                let wanted = translate ? 4 : 5
                if count != wanted { throw vm.raise(.typeError, "function takes exactly \(wanted) arguments (\(count) given)") }
                let e = v.cast(ExceptionLayout.self)
                let a = translate ? arguments - 1 : arguments
                if !translate {
                    if !vm.isStr(a[0]) { throw vm.raise(.typeError, "argument 1 must be str, not \(vm.argumentTypeName(a[0]))") }
                    e.pointee.f0 = a[0]
                }
                if decode {
                    if vm.type(of: a[1]).slots.buffer == nil { throw vm.raise(.typeError, "a bytes-like object is required, not '\(vm.typeName(a[1]))'") }
                    e.pointee.f1 = vm.isInstance(a[1], ofType: vm.types.bytes) ? a[1] : try vm.call(vm.types.bytes.value, a[1])
                } else {
                    if !vm.isStr(a[1]) { throw vm.raise(.typeError, "argument \(translate ? 1 : 2) must be str, not \(vm.argumentTypeName(a[1]))") }
                    e.pointee.f1 = a[1]
                }
                e.pointee.f2 = vm.int(try vm.indexInt(a[2]))
                e.pointee.f3 = vm.int(try vm.indexInt(a[3]))
                if !vm.isStr(a[4]) { throw vm.raise(.typeError, "argument \(translate ? 4 : 5) must be str, not \(vm.argumentTypeName(a[4]))") }
                e.pointee.f4 = a[4]
            }
        }
        t.type.slots.str = { vm, v in vm.guarded { () throws(Raised) in try vm.unicodeErrorStr(v) } }
    }

    private func unicodeErrorStr(_ v: Value) throws(Raised) -> Value {
        let e = v.cast(ExceptionLayout.self).pointee
        // Not initialised: no text.
        if e.f1.isNull { return emptyStr }
        let start = try indexInt(e.f2), end = try indexInt(e.f3)
        let reason = try PyStr(str(of: e.f4)).string
        let translate = isInstance(v, ofType: exceptionType(.unicodeTranslateError))
        let encoding = e.f0.isNull ? "" : try PyStr(str(of: e.f0)).string
        if isInstance(v, ofType: exceptionType(.unicodeDecodeError)) {
            let object = e.f1.cast(BytesLayout.self)
            if start >= 0 && start < object.pointee.count && end == start + 1 {
                let byte = (UnsafeMutableRawPointer(object) + 24).load(fromByteOffset: start, as: UInt8.self)
                let hex = String(byte, radix: 16)
                return str("'\(encoding)' codec can't decode byte 0x\(hex.utf8.count < 2 ? "0" + hex : hex) in position \(start): \(reason)")
            }
            return str("'\(encoding)' codec can't decode bytes in position \(start)-\(end - 1): \(reason)")
        }
        let text = PyStr(e.f1)
        if start >= 0 && start < text.count && end == start + 1 {
            let c = text[start]
            var hex = String(c, radix: 16)
            let width = c < 256 ? 2 : c < 65536 ? 4 : 8
            while hex.utf8.count < width { hex = "0" + hex }
            let shown = "'\\\(c < 256 ? "x" : c < 65536 ? "u" : "U")\(hex)'"
            if translate { return str("can't translate character \(shown) in position \(start): \(reason)") }
            return str("'\(encoding)' codec can't encode character \(shown) in position \(start): \(reason)")
        }
        if translate { return str("can't translate characters in position \(start)-\(end - 1): \(reason)") }
        return str("'\(encoding)' codec can't encode characters in position \(start)-\(end - 1): \(reason)")
    }
}

/// PEP 3151: the subclass of OSError for an error number (Linux and macOS agree on those below 11 but not on the rest).
func osErrorKind(_ number: Int) -> ExceptionKind? {
    switch Int32(truncatingIfNeeded: number) {
    case taipan_errno(1): return .permissionError
    case taipan_errno(2): return .fileNotFoundError
    case taipan_errno(3): return .processLookupError
    case taipan_errno(4): return .interruptedError
    case taipan_errno(5), taipan_errno(6), taipan_errno(7), taipan_errno(8): return .blockingIOError
    case taipan_errno(9): return .childProcessError
    case taipan_errno(10): return .permissionError
    case taipan_errno(11): return .fileExistsError
    case taipan_errno(12): return .notADirectoryError
    case taipan_errno(13): return .isADirectoryError
    case taipan_errno(14), taipan_errno(15): return .brokenPipeError
    case taipan_errno(16): return .connectionAbortedError
    case taipan_errno(17): return .connectionRefusedError
    case taipan_errno(18): return .connectionResetError
    case taipan_errno(19): return .timeoutError
    default: return nil
    }
}
