// LOAD_GLOBAL and its relatives, with their caches: a dict's `keysVersion` says that no key was added or removed and the table
// has not moved since, so that the address of a value in it is still the one looked up. CPython: Python/ceval.c.

extension VM {
    private func name(_ frame: UnsafeMutablePointer<Frame>, _ index: Int) -> Value { frame.pointee.code.pointee.names[index] }

    /// Gives the dict a keys version to watch.
    func watchKeys(_ dict: PyDict) -> UInt64 {
        if dict.ref.pointee.keysVersion == 0 {
            state.pointee.nextDictVersion += 1
            dict.ref.pointee.keysVersion = state.pointee.nextDictVersion
        }
        return dict.ref.pointee.keysVersion
    }

    /// Where the value of a `str` key lies; nil if absent or the dict has other keys too.
    func valueAddress(_ dict: PyDict, _ key: Value) -> UInt64? {
        guard let table = dict.ref.pointee.table, table.pointee.strKeysOnly != 0 else { return nil }
        let index = dict.findStr(table, key, strHash(PyStr(key)))
        if index < 0 { return nil }
        let entry = UInt64(UInt(bitPattern: table.pointee.entries + index))
        return entry + UInt64(MemoryLayout<DictEntry>.offset(of: \DictEntry.value) ?? 16)
    }

    private func rewrite(_ word: UnsafeMutablePointer<UInt64>, _ op: ExecOp) {
        word.pointee = word.pointee & ~0xFF | UInt64(op.rawValue)
    }

    @inline(never) func loadGlobalSlow(_ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>) throws(Raised) -> Value {
        let key = name(frame, ExecWord.b(word.pointee))
        let builtins = frame.pointee.builtins
        if frame.pointee.globals.isExactly(types.dict) {
            let globals = PyDict(frame.pointee.globals)
            if let address = valueAddress(globals, key) {
                word[1] = watchKeys(globals)
                word[3] = address
                rewrite(word, .loadGlobalModule)
                return wordValue(address)
            }
            if globals.ref.pointee.table.map({ $0.pointee.strKeysOnly != 0 }) ?? true, builtins.isExactly(types.dict),
                let address = valueAddress(PyDict(builtins), key)
            {
                word[1] = watchKeys(globals)
                word[2] = watchKeys(PyDict(builtins))
                word[3] = address
                rewrite(word, .loadGlobalBuiltin)
                return wordValue(address)
            }
        }
        return try lookUpGlobal(frame, key)
    }

    /// Globals, then builtins, no cache.
    func lookUpGlobal(_ frame: UnsafeMutablePointer<Frame>, _ key: Value) throws(Raised) -> Value {
        let found = try PyDict(frame.pointee.globals).get(self, key)
        if !found.isNull { return found }
        if isDict(frame.pointee.builtins) {
            let found = try PyDict(frame.pointee.builtins).get(self, key)
            if !found.isNull { return found }
        } else {
            do { return try getItem(frame.pointee.builtins, key) } catch {
                if !raisedMatches(.keyError) { throw error }
                clearRaised()
            }
        }
        throw nameError(key)
    }

    func nameError(_ key: Value) -> Raised {
        let raised = raise(.nameError, "name '\(text(key))' is not defined")
        noteName(key)
        return raised
    }

    /// Sets `NameError.name`, which suggestions are computed from.
    private func noteName(_ key: Value) {
        let exception = thread.pointee.raised
        if exception.isObject { exception.cast(ExceptionLayout.self).pointee.f0 = key }
    }

    @inline(never) func storeGlobalSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ value: Value
    ) throws(Raised) {
        let key = name(frame, ExecWord.b(word.pointee))
        let globals = PyDict(frame.pointee.globals)
        try globals.set(self, key, value)
        cacheStore(globals, key, word)
    }

    private func cacheStore(_ dict: PyDict, _ key: Value, _ word: UnsafeMutablePointer<UInt64>) {
        if dict.value.isExactly(types.dict), let address = valueAddress(dict, key) {
            word[1] = watchKeys(dict)
            word[2] = address
        }
    }

    @inline(never) func deleteGlobalSlow(_ frame: UnsafeMutablePointer<Frame>, _ index: Int) throws(Raised) {
        let key = name(frame, index)
        let removed = try PyDict(frame.pointee.globals).remove(self, key)
        if removed.isNull { throw nameError(key) }
    }

    @inline(never) func loadNameSlow(_ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>) throws(Raised) -> Value {
        let locals = frame.pointee.locals
        if locals == frame.pointee.globals && locals.isExactly(types.dict) {
            // Module level: the same cache as LOAD_GLOBAL, checked here because the frame's namespaces may differ next time.
            let globals = PyDict(locals)
            if word[1] != 0 && globals.ref.pointee.keysVersion == word[1] {
                if word[2] == 0 { return wordValue(word[3]) }
                if frame.pointee.builtins.isExactly(types.dict), PyDict(frame.pointee.builtins).ref.pointee.keysVersion == word[2] {
                    return wordValue(word[3])
                }
            }
            let value = try loadGlobalSlow(frame, word)
            if ExecWord.op(word.pointee) == .loadGlobalModule { word[2] = 0 }
            word.pointee = word.pointee & ~0xFF | UInt64(ExecOp.loadName.rawValue)
            return value
        }
        let key = name(frame, ExecWord.b(word.pointee))
        if locals.isExactly(types.dict) {
            let found = try PyDict(locals).get(self, key)
            if !found.isNull { return found }
        } else if !locals.isNull {
            do { return try getItem(locals, key) } catch {
                if !raisedMatches(.keyError) { throw error }
                clearRaised()
            }
        } else {
            throw raise(.systemError, "no locals when loading '\(text(key))'")
        }
        return try lookUpGlobal(frame, key)
    }

    @inline(never) func storeNameSlow(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UnsafeMutablePointer<UInt64>, _ value: Value
    ) throws(Raised) {
        let key = name(frame, ExecWord.b(word.pointee))
        let locals = frame.pointee.locals
        if locals.isNull { throw raise(.systemError, "no locals found when storing '\(text(key))'") }
        if locals.isExactly(types.dict) {
            try PyDict(locals).set(self, key, value)
            if locals == frame.pointee.globals { cacheStore(PyDict(locals), key, word) }
        } else {
            try setItem(locals, key, value)
        }
    }

    @inline(never) func deleteNameSlow(_ frame: UnsafeMutablePointer<Frame>, _ index: Int) throws(Raised) {
        let key = name(frame, index)
        let locals = frame.pointee.locals
        if locals.isNull { throw raise(.systemError, "no locals when deleting '\(text(key))'") }
        if locals.isExactly(types.dict) {
            if try PyDict(locals).remove(self, key).isNull { throw nameError(key) }
            return
        }
        // CPython says so whatever went wrong.
        do { try deleteItem(locals, key) } catch {
            clearRaised()
            throw nameError(key)
        }
    }

    /// LOAD_CLASSDEREF: the class namespace first, then the cell.
    @inline(never) func loadClassDerefSlow(_ frame: UnsafeMutablePointer<Frame>, _ register: Int) throws(Raised) -> Value {
        let code = frame.pointee.code.pointee.code.cast(CodeLayout.self)
        let index = register - Int(frame.pointee.code.pointee.localCount)
        let cells = PyTuple(code.pointee.cellvars)
        let key = index < cells.count ? cells[index] : PyTuple(code.pointee.freevars)[index - cells.count]
        let locals = frame.pointee.locals
        if locals.isExactly(types.dict) {
            let found = try PyDict(locals).get(self, key)
            if !found.isNull { return found }
        } else if !locals.isNull {
            do { return try getItem(locals, key) } catch {
                if !raisedMatches(.keyError) { throw error }
                clearRaised()
            }
        }
        let contents = frame.pointee.base[register].cast(CellLayout.self).pointee.contents
        if contents.isNull { throw raiseUnbound(frame, cell: register) }
        return contents
    }
}
