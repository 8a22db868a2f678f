// Pops and pushes of each canonical opcode, as the flow analysis needs them. The public table with documentation is
// `PyBytecode.Opcode+Info`; here only the numbers, so that lowering a function costs no lookups through tables.
import PyBytecode

extension Opcode {
    /// What a number below says of an opcode whose argument decides.
    private static var varies: Int8 { -128 }

    /// How the stack depth changes when no branch is taken; constants only, so that it becomes a table.
    private var plainChange: Int8 {
        switch self {
        case .nop, .extendedArg, .rotTwo, .rotThree, .rotFour, .rotN, .unaryPositive, .unaryNegative, .unaryNot, .unaryInvert,
            .getIter, .getYieldFromIter, .getAwaitable, .getAiter, .listToTuple, .deleteFast, .deleteName, .deleteGlobal,
            .deleteDeref, .setupAnnotations, .jumpForward, .jumpAbsolute, .loadAttr, .copyDictWithoutKeys, .popBlock, .yieldValue,
            .setupFinally, .setupAsyncWith:
            return 0
        case .popTop, .binaryMatrixMultiply, .inplaceMatrixMultiply, .binaryPower, .binaryMultiply, .binaryModulo, .binaryAdd,
            .binarySubtract, .binarySubscr, .binaryFloorDivide, .binaryTrueDivide, .inplaceFloorDivide, .inplaceTrueDivide,
            .inplaceAdd, .inplaceSubtract, .inplaceMultiply, .inplaceModulo, .binaryLshift, .binaryRshift, .binaryAnd,
            .binaryXor, .binaryOr, .inplacePower, .inplaceLshift, .inplaceRshift, .inplaceAnd, .inplaceXor, .inplaceOr,
            .printExpr, .yieldFrom, .returnValue, .importStar, .storeName, .storeGlobal, .storeFast, .storeDeref, .compareOp,
            .importName, .isOp, .containsOp, .listAppend, .setAdd, .listExtend, .setUpdate, .dictMerge, .dictUpdate,
            .popJumpIfFalse, .popJumpIfTrue, .deleteAttr, .genStart, .matchClass, .jumpIfFalseOrPop, .jumpIfTrueOrPop:
            return -1
        case .dupTop, .loadConst, .loadName, .loadGlobal, .loadFast, .loadClosure, .loadDeref, .loadClassderef,
            .loadBuildClass, .loadAssertionError, .importFrom, .getLen, .matchMapping, .matchSequence, .getAnext,
            .withExceptStart, .loadMethod, .beforeAsyncWith, .forIter, .setupWith:
            return 1
        case .dupTopTwo, .matchKeys: return 2
        case .storeSubscr, .popExcept, .reraise: return -3
        case .deleteSubscr, .storeAttr, .mapAdd, .jumpIfNotExcMatch: return -2
        case .endAsyncFor: return -7
        case .unpackSequence, .unpackEx, .buildTuple, .buildList, .buildSet, .buildString, .buildMap, .buildConstKeyMap, .raiseVarargs,
            .callFunction, .makeFunction, .buildSlice, .callFunctionKw, .callFunctionEx, .formatValue, .callMethod:
            return Opcode.varies
        }
    }

    /// How the stack depth changes when no branch is taken.
    @inline(__always) func depthChange(_ arg: Int) -> Int {
        let change = plainChange
        return change != Opcode.varies ? Int(change) : depthChangeByArgument(arg)
    }

    @inline(never) private func depthChangeByArgument(_ arg: Int) -> Int {
        switch self {
        case .unpackSequence: return arg - 1
        case .unpackEx: return (arg & 0xFF) + (arg >> 8)
        case .buildTuple, .buildList, .buildSet, .buildString: return 1 - arg
        case .buildMap: return 1 - 2 * arg
        case .buildConstKeyMap, .raiseVarargs, .callFunction: return -arg
        case .makeFunction: return -1 - (arg & 0xF).nonzeroBitCount
        case .buildSlice: return arg == 3 ? -2 : -1
        case .callFunctionKw, .callMethod: return -arg - 1
        case .callFunctionEx: return -1 - (arg & 1)
        case .formatValue: return (arg & 4) == 4 ? -1 : 0
        default: return 0
        }
    }

    /// The same for the branch, or the entry of the handler.
    func depthChangeOfJump(_ arg: Int) -> Int {
        switch self {
        case .forIter: return -1
        case .jumpIfFalseOrPop, .jumpIfTrueOrPop: return 0
        case .setupFinally, .setupWith: return 6
        case .setupAsyncWith: return 5
        default: return depthChange(arg)
        }
    }

    private var plainPops: Int8 {
        switch self {
        case .nop, .extendedArg, .popBlock, .loadConst, .loadName, .loadGlobal, .loadFast, .loadClosure, .loadDeref,
            .loadClassderef, .loadBuildClass, .loadAssertionError, .deleteFast, .deleteName, .deleteGlobal, .deleteDeref,
            .setupAnnotations, .jumpForward, .jumpAbsolute, .setupFinally:
            return 0
        case .popTop, .unaryPositive, .unaryNegative, .unaryNot, .unaryInvert, .getIter, .getYieldFromIter, .getAwaitable,
            .getAiter, .getAnext, .listToTuple, .loadAttr, .dupTop, .printExpr, .returnValue, .importStar, .storeName,
            .storeGlobal, .storeFast, .storeDeref, .importFrom, .getLen, .matchMapping, .matchSequence, .beforeAsyncWith,
            .yieldValue, .unpackSequence, .unpackEx, .forIter, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .popJumpIfFalse,
            .popJumpIfTrue, .deleteAttr, .genStart, .setupWith, .setupAsyncWith, .loadMethod:
            return 1
        case .rotTwo, .dupTopTwo, .binaryMatrixMultiply, .inplaceMatrixMultiply, .binaryPower, .binaryMultiply, .binaryModulo,
            .binaryAdd, .binarySubtract, .binarySubscr, .binaryFloorDivide, .binaryTrueDivide, .inplaceFloorDivide,
            .inplaceTrueDivide, .inplaceAdd, .inplaceSubtract, .inplaceMultiply, .inplaceModulo, .binaryLshift, .binaryRshift,
            .binaryAnd, .binaryXor, .binaryOr, .inplacePower, .inplaceLshift, .inplaceRshift, .inplaceAnd, .inplaceXor,
            .inplaceOr, .yieldFrom, .compareOp, .importName, .isOp, .containsOp, .deleteSubscr, .storeAttr,
            .jumpIfNotExcMatch, .matchKeys, .copyDictWithoutKeys:
            return 2
        case .rotThree, .storeSubscr, .popExcept, .reraise, .matchClass: return 3
        case .rotFour: return 4
        case .withExceptStart, .endAsyncFor: return 7
        case .rotN, .listAppend, .setAdd, .listExtend, .setUpdate, .dictUpdate, .dictMerge, .mapAdd, .buildTuple, .buildList, .buildSet,
            .buildString, .buildMap, .buildConstKeyMap, .raiseVarargs, .callFunction, .callFunctionKw, .callFunctionEx, .makeFunction,
            .buildSlice, .formatValue, .callMethod:
            return Opcode.varies
        }
    }

    /// How many values the instruction takes from (or looks at on) the stack.
    @inline(__always) func pops(_ arg: Int) -> Int {
        let pops = plainPops
        return pops != Opcode.varies ? Int(pops) : popsByArgument(arg)
    }

    @inline(never) private func popsByArgument(_ arg: Int) -> Int {
        switch self {
        case .rotN, .buildTuple, .buildList, .buildSet, .buildString, .raiseVarargs: return arg
        case .listAppend, .setAdd, .listExtend, .setUpdate, .dictUpdate, .buildConstKeyMap, .callFunction: return arg + 1
        case .dictMerge: return arg + 3
        case .mapAdd, .callFunctionKw, .callMethod: return arg + 2
        case .buildMap: return 2 * arg
        case .callFunctionEx: return 2 + (arg & 1)
        case .makeFunction: return 2 + (arg & 0xF).nonzeroBitCount
        case .buildSlice: return arg == 3 ? 3 : 2
        case .formatValue: return (arg & 4) == 4 ? 2 : 1
        default: return 0
        }
    }

    /// What the argument counts.
    enum Pool: UInt8 { case none, constants, locals, names, cells, comparisons }

    var pool: Pool {
        switch self {
        case .loadConst: return .constants
        case .loadFast, .storeFast, .deleteFast: return .locals
        case .loadName, .storeName, .deleteName, .loadGlobal, .storeGlobal, .deleteGlobal, .loadAttr, .storeAttr, .deleteAttr,
            .loadMethod, .importName, .importFrom:
            return .names
        case .loadClosure, .loadDeref, .storeDeref, .deleteDeref, .loadClassderef: return .cells
        case .compareOp: return .comparisons
        default: return .none
        }
    }

    /// How control goes on after an instruction, and what it does to the analysis: `straight` nothing.
    enum Flow: UInt8 { case straight, local, block, ends, goes, branches, setsUp }

    var flow: Flow {
        switch self {
        case .storeFast, .deleteFast: return .local
        case .popBlock, .popExcept, .endAsyncFor: return .block
        case .returnValue, .reraise, .raiseVarargs: return .ends
        case .jumpForward, .jumpAbsolute: return .goes
        case .forIter, .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop, .jumpIfTrueOrPop, .jumpIfNotExcMatch: return .branches
        case .setupFinally, .setupWith, .setupAsyncWith: return .setsUp
        default: return .straight
        }
    }
}
