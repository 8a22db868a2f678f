// What can complete a name at the prompt. CPython: Lib/rlcompleter.py.
import PyRuntime

extension Interpreter {
    /// Names that begin with `word`, a name or names with dots: keywords, globals of `__main__` and builtins, or attributes of
    /// what stands before the last dot (which is evaluated). Sorted; private names only where an underscore asks for them.
    public func completions(of word: String) -> [String] {
        do {
            guard let dot = word.lastIndex(of: ".") else { return try globalNames(word) }
            return try attributeNames(String(word[..<dot]), String(word[word.index(after: dot)...]))
        } catch {
            vm.clearRaised()
            return []
        }
    }

    private func globalNames(_ prefix: String) throws(Raised) -> [String] {
        var found = keywords.filter { $0.hasPrefix(prefix) }
        for namespace in [try vm.mainNamespace(), vm.state.pointee.builtinsDict] {
            let dict = PyDict(namespace)
            var position = 0
            while let (key, _) = dict.next(&position) {
                guard vm.isStr(key) else { continue }
                let name = vm.text(key)
                if name.hasPrefix(prefix) && (!name.hasPrefix("_") || prefix.hasPrefix("_")) { found.append(name) }
            }
        }
        return Array(Set(found)).sorted()
    }

    private func attributeNames(_ expression: String, _ prefix: String) throws(Raised) -> [String] {
        let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ part in
            part.unicodeScalars.first.map { !("0"..."9").contains($0) } ?? false
                && part.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
        }) else { return [] }
        let builtins = vm.state.pointee.builtinsDict
        var object = PyDict(try vm.mainNamespace()).getStr(vm, vm.intern(String(parts[0])))
        if object.isNull { object = PyDict(builtins).getStr(vm, vm.intern(String(parts[0]))) }
        if object.isNull { return [] }
        for part in parts.dropFirst() { object = try vm.getAttr(object, vm.intern(String(part))) }
        let names = try vm.listFrom(vm.call(vm.getItem(builtins, vm.intern("dir")), object))
        var found: [String] = []
        for i in 0..<names.count where vm.isStr(names[i]) {
            let name = vm.text(names[i])
            if name.hasPrefix(prefix) && (!name.hasPrefix("_") || prefix.hasPrefix("_")) { found.append(expression + "." + name) }
        }
        return found
    }

    private var keywords: [String] {
        [
            "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
            "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
            "return", "try", "while", "with", "yield",
        ]
    }
}
