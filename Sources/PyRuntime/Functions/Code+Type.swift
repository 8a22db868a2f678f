// `code`: attributes, constructor, `replace`, `co_lines`, equality. CPython: Objects/codeobject.c. Rules: PEP 626.
import PyBytecode
import PyNumerics
import PyUnicode

extension VM {
    func installCodeType() {
        let type = types.code
        type.ref.pointee.basicSize = UInt32(MemoryLayout<CodeLayout>.size)
        type.ref.pointee.fieldsEnd = UInt32(MemoryLayout<CodeLayout>.offset(of: \CodeLayout.canonical) ?? 0)
        type.ref.pointee.traceKind = .words
        type.ref.pointee.flags.insert([.hasFinalize, .weakrefable])
        type.slots.finalize = { vm, code in vm.finalizeCode(code) }
        type.slots.repr = { vm, code in
            let layout = code.cast(CodeLayout.self)
            let line = layout.pointee.firstlineno
            return vm.str(
                "<code object \(vm.text(layout.pointee.name)) at \(vm.addressText(code)), file \"\(vm.text(layout.pointee.filename))\", line \(line == 0 ? -1 : line)>")
        }
        type.slots.hash = { vm, code in
            let h = vm.codeObject(code).hashValue
            return h == -1 ? -2 : h
        }
        type.slots.richcompare = { vm, a, b, op in
            guard op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue, a.isExactly(vm.types.code), b.isExactly(vm.types.code)
            else { return .notImplemented }
            let equal = a == b || vm.codeObject(a) == vm.codeObject(b)
            return Value(equal == (op == CompareOp.eq.rawValue))
        }
        let t = TypeBuilder(self, type)
        t.doc("Create a code object.  Not for the faint of heart.",
            signature: "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     firstlineno, linetable, freevars=(), cellvars=(), /)")
        t.new("(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, varnames, filename, name,\n     firstlineno, linetable, freevars=(), cellvars=(), /)") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.newCode(vm.codeObject(from: a)) }
        }
        installCodeAttributes(t)
        t.def0("-co_lines($self, /)", "") { vm, code in
            vm.guarded { () throws(Raised) in try vm.iter(vm.codeLines(code)) }
        }
        t.defN(
            "replace($self, /, *, co_argcount=-1, co_posonlyargcount=-1,\n        co_kwonlyargcount=-1, co_nlocals=-1, co_stacksize=-1,\n        co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None,\n        co_names=None, co_varnames=None, co_freevars=None,\n        co_cellvars=None, co_filename=None, co_name=None,\n        co_linetable=None)",
            "Return a copy of the code object with new values for the specified fields."
        ) { vm, code, a in
            vm.guarded { () throws(Raised) in try vm.replaceCode(code, a) }
        }
    }

    private func installCodeAttributes(_ t: TypeBuilder) {
        t.computedMember("co_argcount", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.argcount) })
        t.computedMember("co_posonlyargcount", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.posonlyargcount) })
        t.computedMember("co_kwonlyargcount", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.kwonlyargcount) })
        t.computedMember("co_nlocals", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.nlocals) })
        t.computedMember("co_stacksize", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.stacksize) })
        t.computedMember("co_flags", get: { vm, c in vm.int(Int(c.cast(CodeLayout.self).pointee.rawFlags)) })
        t.computedMember("co_firstlineno", get: { vm, c in vm.int(c.cast(CodeLayout.self).pointee.firstlineno) })
        t.computedMember("co_code", get: { vm, c in c.cast(CodeLayout.self).pointee.instructions })
        t.computedMember("co_linetable", get: { vm, c in c.cast(CodeLayout.self).pointee.lines })
        t.getset("co_lnotab", get: { vm, c in vm.bytesObject(vm.codeObject(c).lnotabBytes()) })
        t.computedMember("co_consts", get: { vm, c in c.cast(CodeLayout.self).pointee.consts })
        t.computedMember("co_names", get: { vm, c in c.cast(CodeLayout.self).pointee.names })
        t.computedMember("co_varnames", get: { vm, c in c.cast(CodeLayout.self).pointee.varnames })
        t.computedMember("co_freevars", get: { vm, c in c.cast(CodeLayout.self).pointee.freevars })
        t.computedMember("co_cellvars", get: { vm, c in c.cast(CodeLayout.self).pointee.cellvars })
        t.computedMember("co_filename", get: { vm, c in c.cast(CodeLayout.self).pointee.filename })
        t.computedMember("co_name", get: { vm, c in c.cast(CodeLayout.self).pointee.name })
    }

    /// (start, end, line or None) triples, adjacent equal lines merged.
    private func codeLines(_ code: Value) throws(Raised) -> Value {
        let object = codeObject(code)
        let list = try newList()
        for range in object.lineRanges() {
            try list.append(self, tuple(int(range.start), int(range.end), range.line.map { int($0) } ?? .none))
        }
        return list.value
    }

    // MARK: Making

    private func codeInt(_ v: Value) throws(Raised) -> Int { try indexInt(v) }

    private func codeText(_ v: Value, _ what: String) throws(Raised) -> PyText {
        guard isStr(v) else { throw raise(.typeError, "code() argument \(what) must be str, not \(argumentTypeName(v))") }
        return PyStr(v).text
    }

    private func codeBytes(_ v: Value, _ what: String) throws(Raised) -> [UInt8] {
        guard v.isObject, v.objectType.flags.contains(.bytesSubclass) else {
            throw raise(.typeError, "code() argument \(what) must be bytes, not \(argumentTypeName(v))")
        }
        let layout = v.cast(BytesLayout.self)
        let start = (v.pointer + MemoryLayout<BytesLayout>.size).assumingMemoryBound(to: UInt8.self)
        return Array(UnsafeBufferPointer(start: start, count: layout.pointee.count))
    }

    private func codeNames(_ v: Value, _ what: String) throws(Raised) -> [PyText] {
        guard isTuple(v) else { throw raise(.typeError, "code() argument \(what) must be tuple, not \(argumentTypeName(v))") }
        var names: [PyText] = []
        for i in 0..<PyTuple(v).count {
            let name = PyTuple(v)[i]
            guard isStr(name) else {
                throw raise(.typeError, "name tuples must contain only strings, not '\(typeName(name))'")
            }
            names.append(PyStr(name).text)
        }
        return names
    }

    /// A constant for a value; values the compiler never makes cannot be constants of a `CodeObject`.
    func constant(from v: Value) throws(Raised) -> Constant {
        if v.isNone { return .none }
        if v == .ellipsis { return .ellipsis }
        if v.isBool { return .bool(v.isTrue) }
        if v.isSmallInt { return .int(v.smallInt) }
        if v.isDouble { return .float(v.double.bitPattern) }
        let type = self.type(of: v)
        if type == types.str { return .str(PyStr(v).text) }
        if type == types.bytes { return .bytes(try codeBytes(v, "constants")) }
        if type == types.complex {
            let z = v.cast(ComplexLayout.self)
            return .complex(z.pointee.real.bitPattern, z.pointee.imag.bitPattern)
        }
        if type == types.int { return try intConstant(v) }
        if type == types.tuple {
            var items: [Constant] = []
            try enterRecursion("")
            defer { leaveRecursion() }
            for i in 0..<PyTuple(v).count { items.append(try constant(from: PyTuple(v)[i])) }
            return .tuple(items)
        }
        if type == types.frozenset {
            var items: [Constant] = []
            let list = try listFrom(v)
            for i in 0..<list.count { items.append(try constant(from: list[i])) }
            return .frozenset(items)
        }
        if type == types.code { return .code(codeObject(v)) }
        throw raise(.typeError, "code() constants of type '\(typeName(v))' are not supported")
    }

    private func intConstant(_ v: Value) throws(Raised) -> Constant {
        let layout = v.cast(IntLayout.self)
        let count = abs(layout.pointee.signedCount)
        let limbs = (v.pointer + MemoryLayout<IntLayout>.size).assumingMemoryBound(to: UInt64.self)
        let big = BigInt(
            isNegative: layout.pointee.signedCount < 0, magnitude: Array(UnsafeBufferPointer(start: limbs, count: count)))
        if count == 0 { return .int(0) }
        if count == 1 {
            if !big.isNegative && limbs[0] <= UInt64(Int.max) { return .int(Int(limbs[0])) }
            if big.isNegative && limbs[0] <= UInt64(Int.max) + 1 { return .int(Int(truncatingIfNeeded: 0 &- limbs[0])) }
        }
        return .bigInt(big)
    }

    private func codeObject(from a: UnsafeMutablePointer<Value>) throws(Raised) -> CodeObject {
        let numbers = ["argcount", "posonlyargcount", "kwonlyargcount", "nlocals"]
        for i in 0..<4 where try codeInt(a[i]) < 0 { throw raise(.valueError, "code: \(numbers[i]) must not be negative") }
        guard isTuple(a[7]) else { throw raise(.typeError, "code() argument 8 must be tuple, not \(argumentTypeName(a[7]))") }
        var constants: [Constant] = []
        for i in 0..<PyTuple(a[7]).count { constants.append(try constant(from: PyTuple(a[7])[i])) }
        let freevars = a[14].isNull ? [] : try codeNames(a[14], "15"), cellvars = a[15].isNull ? [] : try codeNames(a[15], "16")
        let code = CodeObject(
            argcount: try codeInt(a[0]), posonlyargcount: try codeInt(a[1]), kwonlyargcount: try codeInt(a[2]),
            nlocals: try codeInt(a[3]), stacksize: try codeInt(a[4]),
            flags: codeFlags(try codeInt(a[5]), freevars, cellvars), code: try codeBytes(a[6], "7"),
            consts: constants, names: try codeNames(a[8], "9"), varnames: try codeNames(a[9], "10"),
            freevars: freevars, cellvars: cellvars,
            filename: try codeText(a[10], "11"), name: try codeText(a[11], "12"), firstlineno: try codeInt(a[12]),
            linetable: try codeBytes(a[13], "14"))
        return try validated(code)
    }

    private func validated(_ code: CodeObject) throws(Raised) -> CodeObject {
        if state.pointee.auditHooks.isObject { try auditCode(code) }
        if code.code.isEmpty || code.code.count % 2 != 0 { throw raise(.valueError, "code: co_code is malformed") }
        let parameters = code.argcount + code.kwonlyargcount + (code.flags.contains(.varArgs) ? 1 : 0)
            + (code.flags.contains(.varKeywords) ? 1 : 0)
        if code.posonlyargcount > code.argcount || parameters > code.varnames.count || parameters > code.nlocals {
            throw raise(.valueError, "code: varnames is too small")
        }
        if code.varnames.count < code.nlocals { throw raise(.valueError, "code: varnames is too small") }
        return code
    }

    private func auditCode(_ code: CodeObject) throws(Raised) {
        let arguments = try newTuple(9)
        arguments[0] = bytesObject(code.code)
        arguments[1] = str(code.filename)
        arguments[2] = str(code.name)
        let numbers = [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.nlocals, code.stacksize, Int(code.flags.rawValue)]
        for i in 0..<6 { arguments[3 + i] = int(numbers[i]) }
        try audit("code.__new__", arguments.value)
    }

    /// CO_NOFREE says what the cell and free variables say, whatever the caller's flags do.
    private func codeFlags(_ number: Int, _ freevars: [PyText], _ cellvars: [PyText]) -> CodeFlags {
        let flags = CodeFlags(rawValue: UInt32(truncatingIfNeeded: number))
        return freevars.isEmpty && cellvars.isEmpty ? flags.union(.noFree) : flags.subtracting(.noFree)
    }

    private func replaceCode(_ code: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let old = codeObject(code)
        func number(_ v: Value, _ fallback: Int) throws(Raised) -> Int { v.isNull ? fallback : try codeInt(v) }
        var constants = old.consts
        if !a[8].isNull {
            guard isTuple(a[8]) else { throw raise(.typeError, "replace() argument 'co_consts' must be tuple, not \(argumentTypeName(a[8]))") }
            constants = []
            for i in 0..<PyTuple(a[8]).count { constants.append(try constant(from: PyTuple(a[8])[i])) }
        }
        let freevars = a[11].isNull ? old.freevars : try codeNames(a[11], "co_freevars")
        let cellvars = a[12].isNull ? old.cellvars : try codeNames(a[12], "co_cellvars")
        let new = CodeObject(
            argcount: try number(a[0], old.argcount), posonlyargcount: try number(a[1], old.posonlyargcount),
            kwonlyargcount: try number(a[2], old.kwonlyargcount), nlocals: try number(a[3], old.nlocals),
            stacksize: try number(a[4], old.stacksize),
            flags: codeFlags(try number(a[5], Int(old.flags.rawValue)), freevars, cellvars),
            code: a[7].isNull ? old.code : try codeBytes(a[7], "co_code"), consts: constants,
            names: a[9].isNull ? old.names : try codeNames(a[9], "co_names"),
            varnames: a[10].isNull ? old.varnames : try codeNames(a[10], "co_varnames"),
            freevars: freevars, cellvars: cellvars,
            filename: a[13].isNull ? old.filename : try codeText(a[13], "co_filename"),
            name: a[14].isNull ? old.name : try codeText(a[14], "co_name"), firstlineno: try number(a[6], old.firstlineno),
            linetable: a[15].isNull ? old.linetable : try codeBytes(a[15], "co_linetable"))
        return try newCode(validated(new))
    }
}

extension CodeObject {
    /// PEP 626 ranges with equal neighbours merged, as `co_lines()` gives them.
    func lineRanges() -> [(start: Int, end: Int, line: Int?)] {
        var ranges: [(start: Int, end: Int, line: Int?)] = []
        var end = 0
        var computed = firstlineno
        var i = 0
        while i + 1 < linetable.count {
            let delta = Int(linetable[i])
            let lineDelta = Int(Int8(bitPattern: linetable[i + 1]))
            let start = end
            end += delta
            if lineDelta != -128 { computed += lineDelta }
            let line = lineDelta == -128 ? nil : computed
            if let last = ranges.last, last.line == line {
                ranges[ranges.count - 1].end = end
            } else if delta != 0 {
                ranges.append((start, end, line))
            }
            i += 2
        }
        return ranges
    }

    /// The pre-3.10 table (`co_lnotab`): unsigned byte deltas, signed line deltas.
    func lnotabBytes() -> [UInt8] {
        var out: [UInt8] = []
        var lastOffset = 0
        var lastLine = firstlineno
        for range in lineRanges() {
            guard let line = range.line, line != lastLine || range.start == 0 && line != firstlineno else { continue }
            var offsetDelta = range.start - lastOffset
            var lineDelta = line - lastLine
            while offsetDelta > 255 {
                out += [255, 0]
                offsetDelta -= 255
            }
            while lineDelta > 127 {
                out += [UInt8(offsetDelta), 127]
                offsetDelta = 0
                lineDelta -= 127
            }
            while lineDelta < -128 {
                out += [UInt8(offsetDelta), 0x80]
                offsetDelta = 0
                lineDelta += 128
            }
            out += [UInt8(offsetDelta), UInt8(bitPattern: Int8(lineDelta))]
            lastOffset = range.start
            lastLine = line
        }
        return out
    }
}
