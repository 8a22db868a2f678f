// The module `_sre` and its three types. CPython: Modules/_sre.c.
import PyRuntime
import PyUnicode

extension VM {
    public func registerSRE() {
        registerModule("_sre") { vm, module in
            let types = vm.makeSRETypes()
            module.cast(ModuleLayout.self).pointee.state = types
            let m = ModuleBuilder(vm, module: module)
            m.attribute("MAGIC", Value(small: 20_171_005))
            m.attribute("CODESIZE", Value(small: 4))
            m.attribute("MAXREPEAT", Value(small: 4_294_967_295))
            m.attribute("MAXGROUPS", Value(small: 2_147_483_647))
            m.attribute("copyright", vm.str(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB " as StaticString))
            vm.fillSRE(m)
            return 0
        }
    }

    private func fillSRE(_ m: ModuleBuilder) {
        m.defN("compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)", "") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.sreCompile(module, a) }
        }
        m.def0("getcodesize($module, /)", "") { _, _ in Value(small: 4) }
        m.def1("ascii_iscased($module, character, /)", "") { vm, _, c in
            vm.guarded { () throws(Raised) in
                let n = try vm.cIntArgument(c)
                return Value(n >= 0 && n < 128 && UInt32(n | 0x20) &- 0x61 < 26)
            }
        }
        m.def1("unicode_iscased($module, character, /)", "") { vm, _, c in
            vm.guarded { () throws(Raised) in
                let n = UInt32(truncatingIfNeeded: try vm.cIntArgument(c))
                return Value(SRECharacters.lowerUnicode(n) != n || SRECharacters.upperUnicode(n) != n)
            }
        }
        m.def1("ascii_tolower($module, character, /)", "") { vm, _, c in
            vm.guarded { () throws(Raised) in
                let n = try vm.cIntArgument(c)
                return vm.int(n >= 65 && n <= 90 ? n | 32 : n)
            }
        }
        m.def1("unicode_tolower($module, character, /)", "") { vm, _, c in
            vm.guarded { () throws(Raised) in
                let n = try vm.cIntArgument(c)
                guard n >= 0 && n <= 0x10FFFF else { return vm.int(n) }
                return Value(small: Int(SRECharacters.lowerUnicode(UInt32(n))))
            }
        }
    }

    private func sreCompile(_ module: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        guard isList(a[2]) else { throw raise(.typeError, "compile() argument 'code' must be list, not \(argumentTypeName(a[2]))") }
        guard isDict(a[4]) else { throw raise(.typeError, "compile() argument 'groupindex' must be dict, not \(argumentTypeName(a[4]))") }
        guard isTuple(a[5]) else { throw raise(.typeError, "compile() argument 'indexgroup' must be tuple, not \(argumentTypeName(a[5]))") }
        var flags = Int(try cInt32(a[1]))
        let groups = try indexInt(a[3])
        var words: [UInt32] = []
        let list = PyList(a[2])
        words.reserveCapacity(list.count)
        for i in 0..<list.count {
            let n = try indexInt(list[i])
            guard let word = UInt32(exactly: n) else { throw raise(.overflowError, "regular expression code size limit exceeded") }
            words.append(word)
        }
        guard groups >= 0, groups < 1 << 28, SREValidator.isValid(words, groups: groups) else {
            throw raise(.runtimeError, "invalid SRE code")
        }
        if !a[0].isNone {
            if !isStr(a[0]) {
                guard type(of: a[0]).slots.buffer != nil else { throw raise(.typeError, "expected string or bytes-like object") }
                flags |= SREPattern.bytesMark
            }
        }
        let types = module.cast(ModuleLayout.self).pointee.state
        let made = newInstance(PyType(PyTuple(types)[0]))
        let layout = made.cast(PatternLayout.self)
        layout.pointee.pattern = a[0]
        layout.pointee.groupIndex = a[4]
        layout.pointee.indexGroup = a[5]
        layout.pointee.types = types
        layout.pointee.flags = flags
        layout.pointee.groups = groups
        let code = UnsafeMutablePointer<UInt32>.allocate(capacity: words.count + 8)
        for (i, word) in words.enumerated() { code[i] = word }
        // What the INFO block says of the first code point; a locale may change its mind.
        if words.count > 6 && words[0] == SREOpcode.info && words[2] & SREInfo.charset != 0 && words[2] & SREInfo.prefix == 0 && flags & SREFlag.locale == 0 {
            let first = code + words.count
            for i in 0..<8 { first[i] = 0 }
            for c in 0..<UInt32(256) where SRECharacters.isIn(set: code + 5, c) { first[Int(c >> 5)] |= 1 << (c & 31) }
            layout.pointee.first = first
        }
        layout.pointee.code = code
        layout.pointee.codeCount = words.count
        return made
    }

    private func sameCode(_ x: SREPattern, _ y: SREPattern) throws(Raised) -> Bool {
        let p = x.ref.pointee, q = y.ref.pointee
        guard p.flags == q.flags, p.codeCount == q.codeCount, let a = p.code, let b = q.code else { return false }
        for i in 0..<p.codeCount where a[i] != b[i] { return false }
        return try compareBool(p.pattern, q.pattern, .eq)
    }

    private func makeSRETypes() -> Value {
        let p = makeType(
            "Pattern", module: "re", size: MemoryLayout<PatternLayout>.size, trace: .words, fieldsEnd: 40,
            flags: [.disallowInstantiation, .weakrefable])
        let m = makeType(
            "Match", module: "re", size: MemoryLayout<MatchLayout>.size, trace: .words, fieldsEnd: 24, item: 16, flags: .disallowInstantiation)
        let s = makeType(
            "SRE_Scanner", module: "_sre", size: MemoryLayout<ScannerLayout>.size, trace: .words, fieldsEnd: 32,
            flags: .disallowInstantiation)
        fillPattern(p)
        fillMatch(m)
        fillScanner(s)
        readyType(p.type)
        readyType(m.type)
        readyType(s.type)
        return tuple(p.type.value, m.type.value, s.type.value)
    }

    private func fillPattern(_ t: TypeBuilder) {
        t.doc("Compiled regular expression object.")
        let slots = t.type.slotsPointer
        slots.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.patternRepr(v) } }
        slots.pointee.finalize = { _, v in
            v.cast(PatternLayout.self).pointee.code?.deallocate()
            v.cast(PatternLayout.self).pointee.code = nil
        }
        slots.pointee.hash = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let p = SREPattern(v).ref.pointee
                var hash = try vm.hash(p.pattern) ^ p.flags ^ p.groups
                if let code = p.code { hash ^= vm.hashBytes(UnsafeRawBufferPointer(start: code, count: p.codeCount * 4).bindMemory(to: UInt8.self)) }
                return hash == -1 ? -2 : hash
            }
        }
        slots.pointee.richcompare = { vm, a, b, op in
            guard op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue, vm.type(of: a) == vm.type(of: b) else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let same = a == b ? true : try vm.sameCode(SREPattern(a), SREPattern(b))
                return Value(same == (op == CompareOp.eq.rawValue))
            }
        }
        t.member("pattern", offset: 8, doc: "The pattern string from which the RE object was compiled.")
        t.getset("flags", "The regex matching flags.", get: { vm, v in vm.int(SREPattern(v).ref.pointee.flags & ~SREPattern.bytesMark) })
        t.getset("groups", "The number of capturing groups in the pattern.", get: { vm, v in vm.int(SREPattern(v).groups) })
        t.getset("groupindex", "A dictionary mapping group names to group numbers.", get: { vm, v in
            vm.newFields(vm.types.mappingProxy, SREPattern(v).ref.pointee.groupIndex)
        })
        t.defN("match($self, /, string, pos=0, endpos=sys.maxsize)", "Matches zero or more characters at the beginning of the string.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreMatch(SREPattern(s), a, .match)
            }
        }
        t.defN("fullmatch($self, /, string, pos=0, endpos=sys.maxsize)", "Matches against all of the string.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreMatch(SREPattern(s), a, .fullmatch)
            }
        }
        t.defN("search($self, /, string, pos=0, endpos=sys.maxsize)", """
            Scan through string looking for a match, and return a corresponding match object instance.

            Return None if no position in the string matches.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreMatch(SREPattern(s), a, .search)
            }
        }
        t.defN("sub($self, /, repl, string, count=0)", "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreSubstitute(SREPattern(s), a[0], a[1], a[2]).0
            }
        }
        t.defN("subn($self, /, repl, string, count=0)", "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                let (text, count) = try vm.sreSubstitute(SREPattern(s), a[0], a[1], a[2])
                return vm.tuple(text, vm.int(count))
            }
        }
        t.defN("findall($self, /, string, pos=0, endpos=sys.maxsize)", "Return a list of all non-overlapping matches of pattern in string.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreFindAll(SREPattern(s), a)
            }
        }
        t.defN("split($self, /, string, maxsplit=0)", "Split string by the occurrences of pattern.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.sreSplit(SREPattern(s), a[0], a[1])
            }
        }
        t.defN("finditer($self, /, string, pos=0, endpos=sys.maxsize)", """
            Return an iterator over all non-overlapping matches for the RE pattern in string.

            For each match, the iterator returns a match object.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let scanner = try vm.newScanner(SREPattern(s), a)
                return try vm.scannerIterator(scanner)
            }
        }
        t.defN("scanner($self, /, string, pos=0, endpos=sys.maxsize)", "") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.newScanner(SREPattern(s), a)
            }
        }
        t.def0("__copy__($self, /)", "") { _, s in s }
        t.def1("__deepcopy__($self, memo, /)", "") { _, s, _ in s }
        t.def1("-__class_getitem__(item, /)", "See PEP 585", .classMethod) { vm, s, a in
            vm.guarded { () throws(Raised) in
                vm.newGenericAlias(s, a)
            }
        }
    }

    private func fillMatch(_ t: TypeBuilder) {
        t.doc(
            """
            The result of re.match() and re.search().
            Match objects always have a boolean value of True.
            """)
        let slots = t.type.slotsPointer
        slots.pointee.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.matchRepr(v) } }
        slots.pointee.getItem = { vm, v, key in
            vm.guarded { () throws(Raised) in try vm.matchGroup(SREMatch(v), vm.matchGroupNumber(SREMatch(v), key)) }
        }
        t.member("string", offset: 16, doc: "The string passed to match() or search().")
        t.member("re", offset: 8, doc: "The regular expression object.")
        t.getset("pos", "The index into the string at which the RE engine started looking for a match.", get: { vm, v in
            vm.int(SREMatch(v).ref.pointee.pos)
        })
        t.getset("endpos", "The index into the string beyond which the RE engine will not go.", get: { vm, v in
            vm.int(SREMatch(v).ref.pointee.endpos)
        })
        t.getset("lastindex", "The integer index of the last matched capturing group.", get: { vm, v in
            let last = SREMatch(v).ref.pointee.lastIndex
            return last >= 0 ? vm.int(last) : .none
        })
        t.getset("lastgroup", "The name of the last matched capturing group.", get: { vm, v in
            let match = SREMatch(v).ref.pointee
            let names = PyTuple(SREPattern(match.pattern).ref.pointee.indexGroup)
            return match.lastIndex >= 0 && match.lastIndex < names.count ? names[match.lastIndex] : .none
        })
        t.getset("regs", nil, get: { vm, v in vm.guarded { () throws(Raised) in try vm.matchRegs(SREMatch(v)) } })
        t.defV("-group(item, /)", """
            group([group1, ...]) -> str or tuple.
                Return subgroup(s) of the match by indices or names.
                For 0 returns the entire match.
            """) { vm, s, a, n, _ in
            vm.guarded { () throws(Raised) in
                let match = SREMatch(s)
                if n < 2 { return try vm.matchGroup(match, vm.matchGroupNumber(match, n == 0 ? .null : a[0])) }
                let tuple = try vm.newTuple(n)
                for i in 0..<n { tuple[i] = try vm.matchGroup(match, vm.matchGroupNumber(match, a[i])) }
                return tuple.value
            }
        }
        t.defN("start($self, group=0, /)", "Return index of the start of the substring matched by group.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                vm.int(SREMatch(s).start(try vm.matchGroupNumber(SREMatch(s), a[0])))
            }
        }
        t.defN("end($self, group=0, /)", "Return index of the end of the substring matched by group.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                vm.int(SREMatch(s).end(try vm.matchGroupNumber(SREMatch(s), a[0])))
            }
        }
        t.defN("span($self, group=0, /)", "For match object m, return the 2-tuple (m.start(group), m.end(group)).") { vm, s, a in
            vm.guarded { () throws(Raised) in
                let g = try vm.matchGroupNumber(SREMatch(s), a[0])
                return vm.tuple(vm.int(SREMatch(s).start(g)), vm.int(SREMatch(s).end(g)))
            }
        }
        t.defN("groups($self, /, default=None)", """
            Return a tuple containing all the subgroups of the match, from 1.

              default
                Is used for groups that did not participate in the match.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.matchGroups(SREMatch(s), a[0].isNull ? .none : a[0])
            }
        }
        t.defN("groupdict($self, /, default=None)", """
            Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.

              default
                Is used for groups that did not participate in the match.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.matchGroupDict(SREMatch(s), a[0].isNull ? .none : a[0])
            }
        }
        t.defN("expand($self, /, template)", "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.callModuleFunction("re", "_expand", SREMatch(s).ref.pointee.pattern, s, a[0])
            }
        }
        t.def0("__copy__($self, /)", "") { _, s in s }
        t.def1("__deepcopy__($self, memo, /)", "") { _, s, _ in s }
        t.def1("-__class_getitem__(item, /)", "See PEP 585", .classMethod) { vm, s, a in
            vm.guarded { () throws(Raised) in
                vm.newGenericAlias(s, a)
            }
        }
    }

    private func fillScanner(_ t: TypeBuilder) {
        t.member("pattern", offset: 8)
        t.def0("match($self, /)", "") { vm, s in
            vm.guarded { () throws(Raised) in
                let found = try vm.scannerNext(s, .match)
                return found.isNull ? .none : found
            }
        }
        t.def0("search($self, /)", "") { vm, s in
            vm.guarded { () throws(Raised) in
                let found = try vm.scannerNext(s, .search)
                return found.isNull ? .none : found
            }
        }
    }

    /// `iter(scanner.search, None)`.
    func scannerIterator(_ scanner: Value) throws(Raised) -> Value {
        newFields(types.callableIterator, try getAttr(scanner, "search"), .none)
    }
}
