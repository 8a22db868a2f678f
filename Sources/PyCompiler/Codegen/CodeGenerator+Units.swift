// Opening and closing a unit: a module, class, function, lambda or comprehension becomes a code object of its own.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    /// Begins a unit inside the current one. `block` is its index in the symbol table.
    mutating func enter(_ name: NameID, _ kind: UnitKind, block: Int?, firstLine: Int32) throws(Refused) {
        guard let block else { throw reporter.failure(.systemError, "unknown scope for '\(text(name))'") }
        let record = table.blocks[block]
        lastSerial += 1
        var new = Unit(
            kind: kind, serial: lastSerial, block: block, blockKind: record.kind, isGenerator: record.isGenerator,
            isCoroutine: record.isCoroutine, name: name, qualname: PyText(utf8: []), privateName: nil,
            firstLine: firstLine, outerSpan: span, outerOrigin: origin, outerOriginKind: originKind)
        if unit.serial != 0 {
            new.privateName = unit.privateName
            new.qualname = qualifiedName(name, kind)
            finishBlock()
            outerUnits.append(unit)
        }
        new.instructionBase = instructions.count
        new.blockBase = blocks.count
        new.constBase = consts.count
        new.nameBase = unitNames.count
        new.varnameBase = varnames.count
        new.derefBase = derefs.count
        new.frameBlockBase = frameBlocks.count
        new.constMark = constIndex.mark
        new.nameMark = nameIndex.mark
        new.varnameMark = varnameIndex.mark
        new.cellMark = cellIndex.mark
        new.freeMark = freeIndex.mark
        new.scopeMark = scopeIndex.mark
        unit = new
        installSymbols(record)
        unit.currentBlock = newBlock()
        blocks[Int(unit.currentBlock)].start = Int32(truncatingIfNeeded: instructions.count)
        // Line 0 is no change of line: such code has the line of what lies before it, at first that of the unit.
        span = Span(line: 0, column: 0, endLine: 0, endColumn: 0)
    }

    /// Makes the block's names known by scope, numbers its parameters, cells and free variables.
    @inline(never)
    private mutating func installSymbols(_ record: Block) {
        var symbol = record.firstSymbol
        let serial = unit.serial
        var cells = 0
        while symbol != 0 {
            let entry = table.symbols[Int(symbol)]
            scopeIndex.set(entry.name.raw, serial, Int(entry.scope.rawValue))
            if entry.flags.contains(.parameter) { _ = index(ofVariable: entry.name) }
            if entry.scope == .cell {
                derefs.append(entry.name)
                cells += 1
            }
            symbol = entry.next
        }
        if record.needsClassClosure {
            derefs.append(names.dunderClass)
            cells += 1
        }
        unit.cellCount = cells
        sortByText(from: unit.derefBase, count: cells)
        for position in 0..<cells { cellIndex.set(derefs[unit.derefBase + position].raw, serial, position) }
        symbol = record.firstSymbol
        var frees = 0
        while symbol != 0 {
            let entry = table.symbols[Int(symbol)]
            if entry.scope == .free || entry.flags.contains(.freeInClass) {
                derefs.append(entry.name)
                frees += 1
            }
            symbol = entry.next
        }
        unit.freeCount = frees
        sortByText(from: unit.derefBase + cells, count: frees)
        for position in cells..<cells + frees { freeIndex.set(derefs[unit.derefBase + position].raw, serial, position) }
    }

    /// 3.10 orders cells and free variables by their text.
    @inline(never)
    private mutating func sortByText(from start: Int, count: Int) {
        if count < 2 { return }
        var list = UnsafeMutableBufferPointer(start: derefs.base + start, count: count)
        let table = names.table
        list.sort { table[$0].utf8.lexicographicallyPrecedes(table[$1].utf8) }
    }

    /// `co_name` with the names of what it is nested in. PEP 3155.
    @inline(never)
    private mutating func qualifiedName(_ name: NameID, _ kind: UnitKind) -> PyText {
        let own = names.table[name]
        if unit.kind == .module { return own }
        switch kind {
        case .function, .asyncFunction, .class:
            // A `global` declaration in the enclosing block takes the definition out of it.
            let mangled = names.mangle(name, in: unit.privateName)
            if scopeIndex.find(mangled.raw, unit.serial) == Int(SymbolScope.globalExplicit.rawValue) { return own }
        case .module, .lambda, .comprehension: break
        }
        var bytes = unit.qualname.utf8
        switch unit.kind {
        case .function, .asyncFunction, .lambda: bytes.append(contentsOf: Array(".<locals>".utf8))
        case .module, .class, .comprehension: break
        }
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: own.utf8)
        return PyText(utf8: bytes)
    }

    /// Turns the unit into a code object and goes back to the enclosing unit.
    mutating func leave(addNone: Bool) throws(Refused) -> CodeObject {
        let code = try assemble(addNone: addNone)
        instructions.truncate(to: unit.instructionBase)
        blocks.truncate(to: unit.blockBase)
        consts.truncate(to: unit.constBase)
        unitNames.truncate(to: unit.nameBase)
        varnames.truncate(to: unit.varnameBase)
        derefs.truncate(to: unit.derefBase)
        frameBlocks.truncate(to: unit.frameBlockBase)
        constIndex.restore(to: unit.constMark)
        nameIndex.restore(to: unit.nameMark)
        varnameIndex.restore(to: unit.varnameMark)
        cellIndex.restore(to: unit.cellMark)
        freeIndex.restore(to: unit.freeMark)
        scopeIndex.restore(to: unit.scopeMark)
        span = unit.outerSpan
        origin = unit.outerOrigin
        originKind = unit.outerOriginKind
        if let outer = outerUnits.popLast() { unit = outer }
        return code
    }

    /// `co_flags`.
    mutating func codeFlags() -> CodeFlags {
        var result = flags
        let record = table.blocks[unit.block]
        if record.kind == .function {
            result.formUnion([.newLocals, .optimized])
            if record.isNested { result.insert(.nested) }
            if unit.isGenerator && !unit.isCoroutine { result.insert(.generator) }
            if !unit.isGenerator && unit.isCoroutine { result.insert(.coroutine) }
            if unit.isGenerator && unit.isCoroutine { result.insert(.asyncGenerator) }
            if record.hasVarArgs { result.insert(.varArgs) }
            if record.hasVarKeywords { result.insert(.varKeywords) }
        } else if options.allowTopLevelAwait && unit.isCoroutine && !unit.isGenerator {
            result.insert(.coroutine)
        }
        if unit.cellCount == 0 && unit.freeCount == 0 { result.insert(.noFree) }
        return result
    }

    /// Inside a module compiled with PyCF_ALLOW_TOP_LEVEL_AWAIT.
    var isTopLevelAwait: Bool { options.allowTopLevelAwait && unit.blockKind == .module }
}
