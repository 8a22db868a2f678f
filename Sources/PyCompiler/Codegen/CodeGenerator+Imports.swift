// import and from ... import. CPython: Python/compile.c. Rules: Language Reference 7.11.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    mutating func compileImport(_ aliases: NodeList<AliasID>) throws(Refused) {
        for id in tree.items(aliases) {
            let alias = tree[id]
            loadInt(0)
            loadNone()
            emitName(.importName, alias.name)
            if let asname = alias.asname {
                try compileImportAs(alias.name, asname)
            } else {
                try access(names.firstComponent(of: alias.name), .store)
            }
        }
    }

    /// `import a.b.c as d` binds `a.b.c`, not `a`.
    private mutating func compileImportAs(_ name: NameID, _ asname: NameID) throws(Refused) {
        let parts = names.table[name].utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count > 1 {
            for index in 1..<parts.count {
                if index > 1 {
                    emit(.rotTwo)
                    emit(.popTop)
                }
                emit(.importFrom, self.index(ofName: names.table.intern(PyText(utf8: Array(parts[index])))))
            }
            try access(asname, .store)
            emit(.popTop)
            return
        }
        try access(asname, .store)
    }

    mutating func compileImportFrom(_ module: NameID?, _ aliases: NodeList<AliasID>, _ level: Int32) throws(Refused) {
        loadInt(Int(level))
        var list: [Constant] = []
        list.reserveCapacity(aliases.count)
        for id in tree.items(aliases) { list.append(.str(names.table[tree[id].name])) }
        if span.line > future.lastLine, let module, text(module) == "__future__" {
            throw error("from __future__ imports must occur at the beginning of the file")
        }
        loadConst(pool.number(of: .tuple(list)))
        emitName(.importName, module ?? names.emptyName)
        for index in 0..<aliases.count {
            let alias = tree[tree[aliases, index]]
            if index == 0 && names.table[alias.name].utf8.first == UInt8(ascii: "*") {
                emit(.importStar)
                return
            }
            emitName(.importFrom, alias.name)
            try access(alias.asname ?? alias.name, .store)
        }
        emit(.popTop)
    }
}
