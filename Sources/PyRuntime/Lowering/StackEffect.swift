// Pops and pushes of each canonical opcode, as the flow analysis needs them. The public table with documentation is
// `PyBytecode.Opcode+Info`; here only the numbers, so that lowering a function costs no lookups through tables.
import PyBytecode

extension Opcode {
    /// How the stack depth changes; `jumping` says whether the branch (or the exceptional entry) is taken.
    func depthChange(_ arg: Int, jumping: Bool) -> Int {
        switch self {
        case .nop, .extendedArg, .rotTwo, .rotThree, .rotFour, .rotN, .unaryPositive, .unaryNegative, .unaryNot, .unaryInvert,
            .getIter, .getYieldFromIter, .getAwaitable, .getAiter, .listToTuple, .deleteFast, .deleteName, .deleteGlobal,
            .deleteDeref, .setupAnnotations, .jumpForward, .jumpAbsolute, .loadAttr, .copyDictWithoutKeys, .popBlock:
            return 0
        case .popTop, .binaryMatrixMultiply, .inplaceMatrixMultiply, .binaryPower, .binaryMultiply, .binaryModulo, .binaryAdd,
            .binarySubtract, .binarySubscr, .binaryFloorDivide, .binaryTrueDivide, .inplaceFloorDivide, .inplaceTrueDivide,
            .inplaceAdd, .inplaceSubtract, .inplaceMultiply, .inplaceModulo, .binaryLshift, .binaryRshift, .binaryAnd,
            .binaryXor, .binaryOr, .inplacePower, .inplaceLshift, .inplaceRshift, .inplaceAnd, .inplaceXor, .inplaceOr,
            .printExpr, .yieldFrom, .returnValue, .importStar, .storeName, .storeGlobal, .storeFast, .storeDeref, .compareOp,
            .importName, .isOp, .containsOp, .listAppend, .setAdd, .listExtend, .setUpdate, .dictMerge, .dictUpdate,
            .popJumpIfFalse, .popJumpIfTrue, .deleteAttr, .genStart:
            return -1
        case .dupTop, .loadConst, .loadName, .loadGlobal, .loadFast, .loadClosure, .loadDeref, .loadClassderef,
            .loadBuildClass, .loadAssertionError, .importFrom, .getLen, .matchMapping, .matchSequence, .getAnext,
            .withExceptStart, .loadMethod, .beforeAsyncWith:
            return 1
        case .dupTopTwo, .matchKeys: return 2
        case .storeSubscr: return -3
        case .deleteSubscr, .storeAttr, .mapAdd: return -2
        case .yieldValue: return 0
        case .popExcept, .reraise: return -3
        case .endAsyncFor: return -7
        case .unpackSequence: return arg - 1
        case .unpackEx: return (arg & 0xFF) + (arg >> 8)
        case .forIter: return jumping ? -1 : 1
        case .buildTuple, .buildList, .buildSet, .buildString: return 1 - arg
        case .buildMap: return 1 - 2 * arg
        case .buildConstKeyMap: return -arg
        case .jumpIfFalseOrPop, .jumpIfTrueOrPop: return jumping ? 0 : -1
        case .jumpIfNotExcMatch: return -2
        case .setupFinally: return jumping ? 6 : 0
        case .setupWith: return jumping ? 6 : 1
        case .setupAsyncWith: return jumping ? 5 : 0
        case .raiseVarargs: return -arg
        case .callFunction: return -arg
        case .makeFunction: return -1 - (arg & 1) - ((arg >> 1) & 1) - ((arg >> 2) & 1) - ((arg >> 3) & 1)
        case .buildSlice: return arg == 3 ? -2 : -1
        case .callFunctionKw: return -arg - 1
        case .callFunctionEx: return -1 - (arg & 1)
        case .matchClass: return -1
        case .formatValue: return (arg & 4) == 4 ? -1 : 0
        case .callMethod: return -arg - 1
        }
    }

    /// How many values the instruction takes from (or looks at on) the stack.
    func pops(_ arg: Int) -> Int {
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
        case .rotN: return arg
        case .listAppend, .setAdd, .listExtend, .setUpdate, .dictUpdate: return arg + 1
        case .dictMerge: return arg + 3
        case .mapAdd: return arg + 2
        case .withExceptStart, .endAsyncFor: return 7
        case .buildTuple, .buildList, .buildSet, .buildString: return arg
        case .buildMap: return 2 * arg
        case .buildConstKeyMap: return arg + 1
        case .raiseVarargs: return arg
        case .callFunction: return arg + 1
        case .callFunctionKw: return arg + 2
        case .callFunctionEx: return 2 + (arg & 1)
        case .makeFunction: return 2 + (arg & 1) + ((arg >> 1) & 1) + ((arg >> 2) & 1) + ((arg >> 3) & 1)
        case .buildSlice: return arg == 3 ? 3 : 2
        case .formatValue: return (arg & 4) == 4 ? 2 : 1
        case .callMethod: return arg + 2
        }
    }
}
