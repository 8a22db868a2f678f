// Binding call arguments to a Python function's parameters, with CPython's messages.
// CPython: `initialize_locals` and its error functions in Python/ceval.c.
import PyBytecode

extension VM {
    /// Fills the parameter registers of a new frame and clears its other locals. Positional arguments lie at `arguments`,
    /// then the values of `names`. The frame's registers may be the arguments themselves if there are no names and the
    /// signature is simple.
    @inline(never) func bindArguments(
        _ frame: UnsafeMutablePointer<Frame>, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywordNames: Value
    ) throws(Raised) {
        let exec = frame.pointee.code
        let base = frame.pointee.base
        let function = frame.pointee.function
        let positional = Int(exec.pointee.argumentCount)
        let keywordOnly = Int(exec.pointee.keywordOnlyCount)
        let flags = CodeFlags(rawValue: exec.pointee.codeFlags)
        let locals = Int(exec.pointee.localCount)
        let taken = min(count, positional)
        if base != arguments { base.update(from: arguments, count: taken) }
        for i in taken..<max(taken, locals) { base[i] = .null }
        var next = positional + keywordOnly
        if flags.contains(.varArgs) {
            base[next] = count > positional ? try tuple(arguments + positional, count: count - positional) : emptyTuple
            next += 1
        }
        var extra: PyDict?
        if flags.contains(.varKeywords) {
            let dict = newDict()
            extra = dict
            base[next] = dict.value
        }
        if !keywordNames.isNull {
            try bindKeywords(frame, arguments + count, PyTuple(keywordNames), positional + keywordOnly, extra)
        }
        if count > positional && !flags.contains(.varArgs) { throw tooManyPositional(frame, count) }
        if count < positional { try fillDefaults(frame, function, count, positional) }
        if keywordOnly > 0 { try fillKeywordDefaults(frame, function, positional, keywordOnly) }
    }

    private func bindKeywords(
        _ frame: UnsafeMutablePointer<Frame>, _ values: UnsafeMutablePointer<Value>, _ names: PyTuple, _ total: Int, _ extra: PyDict?
    ) throws(Raised) {
        let code = frame.pointee.code.pointee.code.cast(CodeLayout.self)
        let varnames = PyTuple(code.pointee.varnames)
        let positionalOnly = code.pointee.posonlyargcount
        let base = frame.pointee.base
        for k in 0..<names.count {
            let name = names[k]
            guard isStr(name) else { throw raise(.typeError, "\(qualname(frame))() keywords must be strings") }
            var found = -1
            for i in positionalOnly..<max(positionalOnly, total) where varnames[i] == name {
                found = i
                break
            }
            if found < 0 {
                for i in positionalOnly..<max(positionalOnly, total) where PyStr(varnames[i]).equals(PyStr(name)) {
                    found = i
                    break
                }
            }
            if found >= 0 {
                if !base[found].isNull {
                    throw raise(.typeError, "\(qualname(frame))() got multiple values for argument '\(text(name))'")
                }
                base[found] = values[k]
            } else if let extra {
                try extra.set(self, name, values[k])
            } else {
                throw unexpectedKeyword(frame, name, names, varnames, positionalOnly)
            }
        }
    }

    private func unexpectedKeyword(
        _ frame: UnsafeMutablePointer<Frame>, _ name: Value, _ names: PyTuple, _ varnames: PyTuple, _ positionalOnly: Int
    ) -> Raised {
        var misplaced: [String] = []
        for i in 0..<positionalOnly {
            for k in 0..<names.count where isStr(names[k]) && PyStr(names[k]).equals(PyStr(varnames[i])) {
                misplaced.append(text(varnames[i]))
            }
        }
        if !misplaced.isEmpty {
            return raise(
                .typeError,
                "\(qualname(frame))() got some positional-only arguments passed as keyword arguments: '\(misplaced.joined(separator: ", "))'")
        }
        return raise(.typeError, "\(qualname(frame))() got an unexpected keyword argument '\(text(name))'")
    }

    private func fillDefaults(
        _ frame: UnsafeMutablePointer<Frame>, _ function: Value, _ count: Int, _ positional: Int
    ) throws(Raised) {
        let base = frame.pointee.base
        let defaults = function.isObject ? function.cast(FunctionLayout.self).pointee.defaults : .null
        let defaultCount = defaults.isObject ? PyTuple(defaults).count : 0
        let firstDefault = positional - defaultCount
        var missing: [Int] = []
        for i in count..<max(count, firstDefault) where base[i].isNull { missing.append(i) }
        if !missing.isEmpty { throw missingArguments(frame, missing, "positional") }
        for i in max(count, firstDefault, 0)..<positional where base[i].isNull {
            base[i] = PyTuple(defaults)[i - firstDefault]
        }
    }

    private func fillKeywordDefaults(
        _ frame: UnsafeMutablePointer<Frame>, _ function: Value, _ positional: Int, _ keywordOnly: Int
    ) throws(Raised) {
        let base = frame.pointee.base
        let varnames = PyTuple(frame.pointee.code.pointee.code.cast(CodeLayout.self).pointee.varnames)
        let defaults = function.isObject ? function.cast(FunctionLayout.self).pointee.kwdefaults : .null
        var missing: [Int] = []
        for i in positional..<(positional + keywordOnly) where base[i].isNull {
            if defaults.isObject { base[i] = try PyDict(defaults).get(self, varnames[i]) }
            if base[i].isNull { missing.append(i) }
        }
        if !missing.isEmpty { throw missingArguments(frame, missing, "keyword-only") }
    }

    // MARK: Messages

    private func qualname(_ frame: UnsafeMutablePointer<Frame>) -> String {
        let function = frame.pointee.function
        if function.isObject { return text(function.cast(FunctionLayout.self).pointee.qualname) }
        return text(frame.pointee.code.pointee.code.cast(CodeLayout.self).pointee.name)
    }

    private func missingArguments(_ frame: UnsafeMutablePointer<Frame>, _ missing: [Int], _ kind: String) -> Raised {
        let varnames = PyTuple(frame.pointee.code.pointee.code.cast(CodeLayout.self).pointee.varnames)
        let quoted = missing.map { "'\(text(varnames[$0]))'" }
        let list: String
        switch quoted.count {
        case 1: list = quoted[0]
        case 2: list = "\(quoted[0]) and \(quoted[1])"
        default: list = quoted.dropLast().joined(separator: ", ") + ", and \(quoted[quoted.count - 1])"
        }
        return raise(
            .typeError,
            "\(qualname(frame))() missing \(quoted.count) required \(kind) argument\(quoted.count == 1 ? "" : "s"): \(list)")
    }

    private func tooManyPositional(_ frame: UnsafeMutablePointer<Frame>, _ given: Int) -> Raised {
        let exec = frame.pointee.code
        let base = frame.pointee.base
        let positional = Int(exec.pointee.argumentCount)
        let keywordOnly = Int(exec.pointee.keywordOnlyCount)
        var keywordGiven = 0
        for i in positional..<(positional + keywordOnly) where !base[i].isNull { keywordGiven += 1 }
        let function = frame.pointee.function
        let defaults = function.isObject ? function.cast(FunctionLayout.self).pointee.defaults : .null
        let defaultCount = defaults.isObject ? PyTuple(defaults).count : 0
        let plural = defaultCount > 0 || positional != 1
        let takes = defaultCount > 0 ? "from \(positional - defaultCount) to \(positional)" : "\(positional)"
        var keywordText = ""
        if keywordGiven > 0 {
            keywordText = " positional argument\(given != 1 ? "s" : "") (and \(keywordGiven) keyword-only argument\(keywordGiven != 1 ? "s" : ""))"
        }
        return raise(
            .typeError,
            "\(qualname(frame))() takes \(takes) positional argument\(plural ? "s" : "") but \(given)\(keywordText) \(given == 1 && keywordGiven == 0 ? "was" : "were") given")
    }
}
