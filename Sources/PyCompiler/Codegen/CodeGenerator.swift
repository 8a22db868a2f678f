// The machine under code generation: the unit (code object) being made, its pools, its blocks, and how instructions are
// appended. What each node becomes is in the `CodeGenerator+...` files. CPython: Python/compile.c.
import PyBytecode
import PySyntax
import PyUnicode

/// What kind of code object a unit becomes.
enum UnitKind: UInt8 {
    case module, `class`, function, asyncFunction, lambda, comprehension
}

/// One code object in the making. The `...Base` fields are where its part of the shared buffers begins.
struct Unit {
    var kind: UnitKind
    var serial: UInt32
    /// Index in the symbol table.
    var block: Int
    var blockKind: BlockKind
    var isGenerator: Bool
    var isCoroutine: Bool
    var name: NameID
    var qualname: PyText
    var privateName: NameID?
    var firstLine: Int32
    var argcount = 0
    var posonlyargcount = 0
    var kwonlyargcount = 0
    var cellCount = 0
    var freeCount = 0
    var currentBlock: Int32 = -1
    var instructionBase = 0
    var blockBase = 0
    var constBase = 0
    var nameBase = 0
    var varnameBase = 0
    var derefBase = 0
    var frameBlockBase = 0
    var constMark = 0
    var nameMark = 0
    var varnameMark = 0
    var cellMark = 0
    var freeMark = 0
    var scopeMark = 0
    /// Where the enclosing unit was.
    var outerSpan: Span
    var outerOrigin: UInt32
    var outerOriginKind: InstructionOrigins.NodeKind
}

struct CodeGenerator {
    let syntax: SyntaxTree
    let tree: TreeView
    let names: CompilationNames
    let table: SymbolTable
    let pool: ConstantPool
    let reporter: Reporter
    let options: CompileOptions
    let future: FutureFeatures
    let flags: CodeFlags
    let effects: StackEffects
    var isInteractive = false

    var unit: Unit
    var outerUnits: [Unit] = []
    var lastSerial: UInt32 = 0

    var instructions = GrowBuffer<Instruction>(capacity: 4096)
    var blocks = GrowBuffer<BasicBlock>(capacity: 1024)
    /// Numbers in `pool`.
    var consts = GrowBuffer<UInt32>(capacity: 256)
    var unitNames = GrowBuffer<NameID>(capacity: 256)
    var varnames = GrowBuffer<NameID>(capacity: 256)
    /// Cell variables, then free variables.
    var derefs = GrowBuffer<NameID>(capacity: 64)
    var frameBlocks = GrowBuffer<FrameBlock>(capacity: 64)
    var constIndex: ScopedIndex
    var nameIndex: ScopedIndex
    var varnameIndex: ScopedIndex
    var cellIndex: ScopedIndex
    var freeIndex: ScopedIndex
    var scopeIndex: ScopedIndex
    var worklist = GrowBuffer<Int32>()

    /// The place of the next instruction and of errors.
    var span = Span(line: -1, column: 0, endLine: 0, endColumn: 0)
    var origin: UInt32 = 0
    var originKind = InstructionOrigins.NodeKind.none
    var depth: DepthCounter

    init(
        syntax: SyntaxTree, names: CompilationNames, table: SymbolTable, future: FutureFeatures, options: CompileOptions,
        reporter: Reporter
    ) {
        self.syntax = syntax
        tree = TreeView(syntax)
        self.names = names
        self.table = table
        pool = ConstantPool(syntax)
        self.reporter = reporter
        self.options = options
        self.future = future
        flags = future.flags.union(options.futureFlags).intersection(.futureMask)
        effects = StackEffects()
        let nameCount = syntax.names.count
        constIndex = ScopedIndex(capacity: 256)
        nameIndex = ScopedIndex(capacity: nameCount)
        varnameIndex = ScopedIndex(capacity: nameCount)
        cellIndex = ScopedIndex(capacity: nameCount)
        freeIndex = ScopedIndex(capacity: nameCount)
        scopeIndex = ScopedIndex(capacity: nameCount)
        depth = DepthCounter(options)
        unit = Unit(
            kind: .module, serial: 0, block: 1, blockKind: .module, isGenerator: false, isCoroutine: false,
            name: names.module, qualname: PyText(utf8: []), privateName: nil, firstLine: 1,
            outerSpan: span, outerOrigin: 0, outerOriginKind: .none)
    }

    func release() {
        instructions.free()
        blocks.free()
        consts.free()
        unitNames.free()
        varnames.free()
        derefs.free()
        frameBlocks.free()
        constIndex.release()
        nameIndex.release()
        varnameIndex.release()
        cellIndex.release()
        freeIndex.release()
        scopeIndex.release()
        worklist.free()
        effects.release()
    }

    // MARK: Place

    @inline(__always)
    mutating func setPlace(_ id: StmtID) {
        span = tree.span(id)
        origin = id.raw
        originKind = .stmt
    }

    @inline(__always)
    mutating func setPlace(_ id: ExprID) {
        span = tree.span(id)
        origin = id.raw
        originKind = .expr
    }

    @inline(__always)
    mutating func setPlace(_ id: PatternID) {
        span = tree.span(id)
        origin = id.raw
        originKind = .pattern
    }

    /// What follows is artificial: it has no line of its own. The columns stay, for errors.
    @inline(__always)
    mutating func clearPlace() { span.line = -1 }

    @inline(never)
    mutating func error(_ message: String) -> Refused { reporter.syntaxError(message, at: span) }
    @inline(never)
    mutating func error(_ message: PyText) -> Refused { reporter.syntaxError(message, at: span) }
    mutating func warn(_ message: String) { reporter.warn(message, at: span) }
    mutating func text(_ name: NameID) -> String { names.table[name].string }

    // MARK: Instructions

    @inline(__always)
    mutating func emit(_ opcode: Opcode, _ arg: Int = 0) {
        instructions.append(
            Instruction(
                opcode: opcode, originKind: originKind, arg: UInt32(truncatingIfNeeded: arg), line: span.line,
                origin: origin))
    }

    @inline(__always)
    mutating func emitWithoutLine(_ opcode: Opcode, _ arg: Int = 0) {
        instructions.append(
            Instruction(
                opcode: opcode, originKind: originKind, arg: UInt32(truncatingIfNeeded: arg), line: -1, origin: origin))
    }

    @inline(__always)
    mutating func emitJump(_ opcode: Opcode, _ target: Int32) {
        instructions.append(
            Instruction(opcode: opcode, originKind: originKind, target: target, line: span.line, origin: origin))
    }

    @inline(__always)
    mutating func emitJumpWithoutLine(_ opcode: Opcode, _ target: Int32) {
        instructions.append(
            Instruction(opcode: opcode, originKind: originKind, target: target, line: -1, origin: origin))
    }

    // MARK: Blocks

    @inline(__always)
    mutating func newBlock() -> Int32 {
        blocks.append(BasicBlock())
        return Int32(truncatingIfNeeded: blocks.count - 1)
    }

    /// Ends the current block; `block` follows it.
    @inline(__always)
    mutating func use(_ block: Int32) {
        finishBlock()
        blocks[Int(unit.currentBlock)].next = block
        unit.currentBlock = block
        blocks[Int(block)].start = Int32(truncatingIfNeeded: instructions.count)
    }

    @inline(__always)
    mutating func nextBlock() { use(newBlock()) }

    @inline(__always)
    mutating func finishBlock() {
        let block = Int(unit.currentBlock)
        blocks[block].count = Int32(truncatingIfNeeded: instructions.count) - blocks[block].start
    }

    // MARK: Pools

    /// Puts a constant into the unit's pool and returns its index there.
    @inline(__always)
    mutating func index(ofConstant number: UInt32) -> Int {
        if let known = constIndex.find(number, unit.serial) { return known }
        let index = consts.count - unit.constBase
        consts.append(number)
        constIndex.set(number, unit.serial, index)
        return index
    }

    @inline(__always)
    mutating func loadConst(_ number: UInt32) { emit(.loadConst, index(ofConstant: number)) }

    mutating func loadNone() { loadConst(ConstantPool.none) }
    mutating func loadInt(_ value: Int) { loadConst(pool.number(of: .int(value))) }

    @inline(__always)
    mutating func index(ofName name: NameID) -> Int {
        if let known = nameIndex.find(name.raw, unit.serial) { return known }
        let index = unitNames.count - unit.nameBase
        unitNames.append(name)
        nameIndex.set(name.raw, unit.serial, index)
        return index
    }

    @inline(__always)
    mutating func index(ofVariable name: NameID) -> Int {
        if let known = varnameIndex.find(name.raw, unit.serial) { return known }
        let index = varnames.count - unit.varnameBase
        varnames.append(name)
        varnameIndex.set(name.raw, unit.serial, index)
        return index
    }

    /// An instruction whose argument is a name, mangled if need be.
    @inline(__always)
    mutating func emitName(_ opcode: Opcode, _ name: NameID) {
        emit(opcode, index(ofName: names.mangle(name, in: unit.privateName)))
    }

    /// Loads, stores or deletes the variable `name`.
    mutating func access(_ name: NameID, _ ctx: ExprContext) throws(Refused) {
        if ctx != .load { try refuseDebug(name, ctx) }
        let mangled = names.mangle(name, in: unit.privateName)
        let raw = scopeIndex.find(mangled.raw, unit.serial) ?? 0
        switch SymbolScope(rawValue: UInt8(truncatingIfNeeded: raw)) ?? .unknown {
        case .local where unit.blockKind == .function:
            emit(ctx == .load ? .loadFast : ctx == .store ? .storeFast : .deleteFast, index(ofVariable: mangled))
        case .free:
            accessDeref(freeIndex.find(mangled.raw, unit.serial), ctx)
        case .cell:
            accessDeref(cellIndex.find(mangled.raw, unit.serial), ctx)
        case .globalImplicit where unit.blockKind == .function, .globalExplicit:
            emit(ctx == .load ? .loadGlobal : ctx == .store ? .storeGlobal : .deleteGlobal, index(ofName: mangled))
        case .local, .globalImplicit, .unknown:
            emit(ctx == .load ? .loadName : ctx == .store ? .storeName : .deleteName, index(ofName: mangled))
        }
    }

    private mutating func accessDeref(_ index: Int?, _ ctx: ExprContext) {
        let load = unit.blockKind == .class ? Opcode.loadClassderef : .loadDeref
        emit(ctx == .load ? load : ctx == .store ? .storeDeref : .deleteDeref, index ?? 0)
    }

    /// `__debug__` can be neither assigned nor deleted.
    @inline(__always)
    mutating func refuseDebug(_ name: NameID, _ ctx: ExprContext) throws(Refused) {
        if name == names.dunderDebug && ctx != .load {
            throw error(ctx == .store ? "cannot assign to __debug__" : "cannot delete __debug__")
        }
    }
}

extension CodeFlags {
    /// The flags that are inherited into every code object (PyCF_MASK).
    static let futureMask: CodeFlags = [
        .futureDivision, .futureAbsoluteImport, .futureWithStatement, .futurePrintFunction, .futureUnicodeLiterals,
        .futureBarryAsBDFL, .futureGeneratorStop, .futureAnnotations,
    ]
}
