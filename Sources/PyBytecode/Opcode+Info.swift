// What is true of each opcode: one row per fact (DESIGN 3). Assembler, `dis`, verifier, flow graph, lowering and lab
// read it. CPython: Lib/opcode.py, Python/compile.c stack_effect(); documentation: `dis`, "Python Bytecode Instructions".

/// What an instruction's argument means.
@frozen
public enum ArgumentKind: UInt8, Sendable, CaseIterable {
    /// The opcode is below 90: its argument byte is not used.
    case none
    /// Index into `consts`, `names`, `varnames`, `cellvars + freevars`.
    case const, name, local, free
    /// In instructions (two bytes each): from the next instruction, from the start of the code.
    case jumpRelative, jumpAbsolute
    /// An operator: `Opcode.comparisonName`.
    case compare
    /// How many values are taken or made.
    case count
    /// 1 inverts the test.
    case invert
    /// How many values below the top an operand lies.
    case depth
    /// A number with its own meaning.
    case flags
}

/// Where control goes after an instruction that raises nothing.
@frozen
public enum FlowKind: UInt8, Sendable, CaseIterable {
    /// To the next instruction.
    case next
    /// To the target, always.
    case jump
    /// To the target or to the next instruction.
    case branch
    /// To the next instruction; the target is an exception handler.
    case setup
    /// Out of the frame or to a handler: never to the next instruction.
    case exit
}

/// How many values an instruction takes from the stack and puts there. A value that is only looked at counts as taken and put back.
@frozen
public enum StackRule: Hashable, Sendable {
    case fixed(Int8, Int8)
    /// The second pair applies when the jump is taken (for a setup: on entry to the handler).
    case branch(Int8, Int8, jump: Int8, Int8)
    /// Takes the argument's number of values and so many more, puts one.
    case collect(Int8)
    case collectPairs, unpack, unpackEx, rotate, `raise`, makeFunction, buildSlice, callEx, formatValue

    /// Values taken and values put for this argument.
    public func traffic(argument: Int, jump: Bool) -> (pops: Int, pushes: Int) {
        switch self {
        case .fixed(let pops, let pushes): (Int(pops), Int(pushes))
        case .branch(let pops, let pushes, let jumpPops, let jumpPushes):
            jump ? (Int(jumpPops), Int(jumpPushes)) : (Int(pops), Int(pushes))
        case .collect(let more): (argument + Int(more), 1)
        case .collectPairs: (2 * argument, 1)
        case .unpack: (1, argument)
        case .unpackEx: (1, (argument & 0xFF) + 1 + (argument >> 8))
        case .rotate: (argument, argument)
        case .raise: (argument, 0)
        case .makeFunction: (2 + (argument & 0xF).nonzeroBitCount, 1)
        case .buildSlice: (argument == 3 ? 3 : 2, 1)
        case .callEx: (2 + (argument & 1), 1)
        case .formatValue: (argument & 4 != 0 ? 2 : 1, 1)
        }
    }
}

/// One row of the opcode table.
public struct OpcodeInfo: Sendable {
    /// CPython's name: `LOAD_FAST`.
    public let name: StaticString
    public let argument: ArgumentKind
    public let flow: FlowKind
    public let stack: StackRule
    /// The stack before and after, top at the right; after ⇢ when the jump is taken.
    public let picture: StaticString
    /// One sentence.
    public let summary: StaticString
}

extension Opcode {
    /// Opcodes from here on use their argument (`dis.HAVE_ARGUMENT`).
    public static let haveArgument: UInt8 = 90
    /// The highest number of positions an instruction's argument byte can be extended by.
    public static let maxExtendedArgs = 3

    @inlinable public var hasArgument: Bool { rawValue >= 90 }

    /// CPython's name.
    public var name: String { info.name.description }

    /// Depth after minus depth before, as `dis.stack_effect(opcode, argument, jump=jump)`.
    public func stackEffect(argument: Int, jump: Bool = false) -> Int {
        let (pops, pushes) = info.stack.traffic(argument: argument, jump: jump)
        return pushes - pops
    }

    /// The effect when `jump` is not given: the larger one.
    public func maximumStackEffect(argument: Int) -> Int {
        max(stackEffect(argument: argument), stackEffect(argument: argument, jump: true))
    }

    /// How deep the stack must be before the instruction: what it takes and what it reaches below that.
    public func requiredDepth(argument: Int) -> Int {
        switch self {
        case .listAppend, .setAdd, .listExtend, .setUpdate, .dictUpdate: argument + 1
        case .mapAdd: argument + 2
        case .dictMerge: argument + 3  // The callable two further down is named in the error.
        case .rotN: max(argument, 1)
        default: info.stack.traffic(argument: argument, jump: false).pops
        }
    }

    /// The operators of COMPARE_OP (`dis.cmp_op`).
    public static func comparisonName(_ argument: Int) -> StaticString? {
        switch argument {
        case 0: "<"
        case 1: "<="
        case 2: "=="
        case 3: "!="
        case 4: ">"
        case 5: ">="
        default: nil
        }
    }

    /// The opcode's row.
    public var info: OpcodeInfo {
        switch self {
        case .popTop:
            row("POP_TOP", .none, .next, .fixed(1, 0), "a →", "Removes the top value.")
        case .rotTwo:
            row("ROT_TWO", .none, .next, .fixed(2, 2), "a b → b a", "Swaps the two top values.")
        case .rotThree:
            row("ROT_THREE", .none, .next, .fixed(3, 3), "a b c → c a b", "Lifts the second and third value, moves the top down to position three.")
        case .dupTop:
            row("DUP_TOP", .none, .next, .fixed(1, 2), "a → a a", "Pushes the top value once more.")
        case .dupTopTwo:
            row("DUP_TOP_TWO", .none, .next, .fixed(2, 4), "a b → a b a b", "Pushes the two top values once more, in the same order.")
        case .rotFour:
            row("ROT_FOUR", .none, .next, .fixed(4, 4), "a b c d → d a b c", "Lifts three values, moves the top down to position four.")
        case .nop:
            row("NOP", .none, .next, .fixed(0, 0), "→", "Does nothing; it keeps a source line alive for tracing.")
        case .unaryPositive:
            row("UNARY_POSITIVE", .none, .next, .fixed(1, 1), "a → +a", "Replaces the top value by its positive.")
        case .unaryNegative:
            row("UNARY_NEGATIVE", .none, .next, .fixed(1, 1), "a → -a", "Replaces the top value by its negative.")
        case .unaryNot:
            row("UNARY_NOT", .none, .next, .fixed(1, 1), "a → not a", "Replaces the top value by the negation of its truth.")
        case .unaryInvert:
            row("UNARY_INVERT", .none, .next, .fixed(1, 1), "a → ~a", "Replaces the top value by its bitwise inverse.")
        case .binaryMatrixMultiply:
            row("BINARY_MATRIX_MULTIPLY", .none, .next, .fixed(2, 1), "a b → a @ b", "Multiplies two matrices.")
        case .inplaceMatrixMultiply:
            row("INPLACE_MATRIX_MULTIPLY", .none, .next, .fixed(2, 1), "a b → a @= b", "Multiplies two matrices, in place if the left one can.")
        case .binaryPower:
            row("BINARY_POWER", .none, .next, .fixed(2, 1), "a b → a ** b", "Raises to a power.")
        case .binaryMultiply:
            row("BINARY_MULTIPLY", .none, .next, .fixed(2, 1), "a b → a * b", "Multiplies.")
        case .binaryModulo:
            row("BINARY_MODULO", .none, .next, .fixed(2, 1), "a b → a % b", "Takes the remainder, or formats text.")
        case .binaryAdd:
            row("BINARY_ADD", .none, .next, .fixed(2, 1), "a b → a + b", "Adds or concatenates.")
        case .binarySubtract:
            row("BINARY_SUBTRACT", .none, .next, .fixed(2, 1), "a b → a - b", "Subtracts.")
        case .binarySubscr:
            row("BINARY_SUBSCR", .none, .next, .fixed(2, 1), "a k → a[k]", "Looks up a subscript.")
        case .binaryFloorDivide:
            row("BINARY_FLOOR_DIVIDE", .none, .next, .fixed(2, 1), "a b → a // b", "Divides, rounding down.")
        case .binaryTrueDivide:
            row("BINARY_TRUE_DIVIDE", .none, .next, .fixed(2, 1), "a b → a / b", "Divides.")
        case .inplaceFloorDivide:
            row("INPLACE_FLOOR_DIVIDE", .none, .next, .fixed(2, 1), "a b → a //= b", "Divides rounding down, in place if the left operand can.")
        case .inplaceTrueDivide:
            row("INPLACE_TRUE_DIVIDE", .none, .next, .fixed(2, 1), "a b → a /= b", "Divides, in place if the left operand can.")
        case .getLen:
            row("GET_LEN", .none, .next, .fixed(1, 2), "a → a len(a)", "Pushes the length of the top value, which stays (match statement).")
        case .matchMapping:
            row("MATCH_MAPPING", .none, .next, .fixed(1, 2), "a → a bool", "Pushes whether the top value is a mapping.")
        case .matchSequence:
            row("MATCH_SEQUENCE", .none, .next, .fixed(1, 2), "a → a bool", "Pushes whether the top value is a sequence that patterns accept.")
        case .matchKeys:
            row("MATCH_KEYS", .none, .next, .fixed(2, 4), "a keys → a keys values bool", "Pushes the values of all keys and True, or None and False.")
        case .copyDictWithoutKeys:
            row("COPY_DICT_WITHOUT_KEYS", .none, .next, .fixed(2, 2), "a keys → a rest", "Replaces the keys by a dict of everything else in the subject.")
        case .withExceptStart:
            row("WITH_EXCEPT_START", .none, .next, .fixed(7, 8), "exit 6× → exit 6× result", "Calls the __exit__ seven values down with the exception being handled.")
        case .getAiter:
            row("GET_AITER", .none, .next, .fixed(1, 1), "a → a.__aiter__()", "Replaces the top value by its asynchronous iterator.")
        case .getAnext:
            row("GET_ANEXT", .none, .next, .fixed(1, 2), "it → it awaitable", "Pushes the awaitable of the iterator's next value.")
        case .beforeAsyncWith:
            row("BEFORE_ASYNC_WITH", .none, .next, .fixed(1, 2), "mgr → __aexit__ awaitable", "Enters an asynchronous context manager.")
        case .endAsyncFor:
            row("END_ASYNC_FOR", .none, .next, .fixed(7, 0), "it 6× →", "Ends an `async for` on StopAsyncIteration, re-raises anything else.")
        case .inplaceAdd:
            row("INPLACE_ADD", .none, .next, .fixed(2, 1), "a b → a += b", "Adds, in place if the left operand can.")
        case .inplaceSubtract:
            row("INPLACE_SUBTRACT", .none, .next, .fixed(2, 1), "a b → a -= b", "Subtracts, in place if the left operand can.")
        case .inplaceMultiply:
            row("INPLACE_MULTIPLY", .none, .next, .fixed(2, 1), "a b → a *= b", "Multiplies, in place if the left operand can.")
        case .inplaceModulo:
            row("INPLACE_MODULO", .none, .next, .fixed(2, 1), "a b → a %= b", "Takes the remainder, in place if the left operand can.")
        case .storeSubscr:
            row("STORE_SUBSCR", .none, .next, .fixed(3, 0), "v a k →", "Stores: a[k] = v.")
        case .deleteSubscr:
            row("DELETE_SUBSCR", .none, .next, .fixed(2, 0), "a k →", "Deletes: del a[k].")
        case .binaryLshift:
            row("BINARY_LSHIFT", .none, .next, .fixed(2, 1), "a b → a << b", "Shifts left.")
        case .binaryRshift:
            row("BINARY_RSHIFT", .none, .next, .fixed(2, 1), "a b → a >> b", "Shifts right.")
        case .binaryAnd:
            row("BINARY_AND", .none, .next, .fixed(2, 1), "a b → a & b", "Takes the bitwise and, or the intersection.")
        case .binaryXor:
            row("BINARY_XOR", .none, .next, .fixed(2, 1), "a b → a ^ b", "Takes the bitwise exclusive or.")
        case .binaryOr:
            row("BINARY_OR", .none, .next, .fixed(2, 1), "a b → a | b", "Takes the bitwise or, or the union.")
        case .inplacePower:
            row("INPLACE_POWER", .none, .next, .fixed(2, 1), "a b → a **= b", "Raises to a power, in place if the left operand can.")
        case .getIter:
            row("GET_ITER", .none, .next, .fixed(1, 1), "a → iter(a)", "Replaces the top value by its iterator.")
        case .getYieldFromIter:
            row("GET_YIELD_FROM_ITER", .none, .next, .fixed(1, 1), "a → iter(a)", "Replaces the top value by an iterator for `yield from`; generators and coroutines stay.")
        case .printExpr:
            row("PRINT_EXPR", .none, .next, .fixed(1, 0), "a →", "Hands the value to sys.displayhook (interactive mode).")
        case .loadBuildClass:
            row("LOAD_BUILD_CLASS", .none, .next, .fixed(0, 1), "→ __build_class__", "Pushes the function that builds classes.")
        case .yieldFrom:
            row("YIELD_FROM", .none, .next, .fixed(2, 1), "it v → result", "Sends v to the iterator and yields what it yields until it returns.")
        case .getAwaitable:
            row("GET_AWAITABLE", .none, .next, .fixed(1, 1), "a → awaitable", "Replaces the top value by what `await` waits on.")
        case .loadAssertionError:
            row("LOAD_ASSERTION_ERROR", .none, .next, .fixed(0, 1), "→ AssertionError", "Pushes the class AssertionError.")
        case .inplaceLshift:
            row("INPLACE_LSHIFT", .none, .next, .fixed(2, 1), "a b → a <<= b", "Shifts left, in place if the left operand can.")
        case .inplaceRshift:
            row("INPLACE_RSHIFT", .none, .next, .fixed(2, 1), "a b → a >>= b", "Shifts right, in place if the left operand can.")
        case .inplaceAnd:
            row("INPLACE_AND", .none, .next, .fixed(2, 1), "a b → a &= b", "Takes the bitwise and, in place if the left operand can.")
        case .inplaceXor:
            row("INPLACE_XOR", .none, .next, .fixed(2, 1), "a b → a ^= b", "Takes the exclusive or, in place if the left operand can.")
        case .inplaceOr:
            row("INPLACE_OR", .none, .next, .fixed(2, 1), "a b → a |= b", "Takes the bitwise or, in place if the left operand can.")
        case .listToTuple:
            row("LIST_TO_TUPLE", .none, .next, .fixed(1, 1), "list → tuple", "Turns the list on top into a tuple.")
        case .returnValue:
            row("RETURN_VALUE", .none, .exit, .fixed(1, 0), "a →", "Returns the top value to the caller.")
        case .importStar:
            row("IMPORT_STAR", .none, .next, .fixed(1, 0), "module →", "Binds every public name of the module in the local namespace.")
        case .setupAnnotations:
            row("SETUP_ANNOTATIONS", .none, .next, .fixed(0, 0), "→", "Makes sure that __annotations__ exists in the local namespace.")
        case .yieldValue:
            row("YIELD_VALUE", .none, .next, .fixed(1, 1), "a → sent", "Yields the top value; when resumed, what was sent is on top.")
        case .popBlock:
            row("POP_BLOCK", .none, .next, .fixed(0, 0), "→", "Leaves a try or with block.")
        case .popExcept:
            row("POP_EXCEPT", .none, .next, .fixed(3, 0), "3× →", "Leaves an except handler: the exception handled before is current again.")
        case .storeName:
            row("STORE_NAME", .name, .next, .fixed(1, 0), "a →", "Binds a name in the local namespace.")
        case .deleteName:
            row("DELETE_NAME", .name, .next, .fixed(0, 0), "→", "Unbinds a name of the local namespace.")
        case .unpackSequence:
            row("UNPACK_SEQUENCE", .count, .next, .unpack, "a → xₙ … x₁", "Unpacks exactly n values, the first on top.")
        case .forIter:
            row("FOR_ITER", .jumpRelative, .branch, .branch(1, 2, jump: 1, 0), "it → it x   ⇢ (end)", "Pushes the iterator's next value, or removes the iterator and jumps at its end.")
        case .unpackEx:
            row("UNPACK_EX", .flags, .next, .unpackEx, "a → … list …", "Unpacks with one starred target: low byte before it, high bytes after it.")
        case .storeAttr:
            row("STORE_ATTR", .name, .next, .fixed(2, 0), "v a →", "Stores: a.name = v.")
        case .deleteAttr:
            row("DELETE_ATTR", .name, .next, .fixed(1, 0), "a →", "Deletes: del a.name.")
        case .storeGlobal:
            row("STORE_GLOBAL", .name, .next, .fixed(1, 0), "a →", "Binds a global name.")
        case .deleteGlobal:
            row("DELETE_GLOBAL", .name, .next, .fixed(0, 0), "→", "Unbinds a global name.")
        case .rotN:
            row("ROT_N", .count, .next, .rotate, "x₁ … xₙ → xₙ x₁ …", "Lifts n - 1 values, moves the top down to position n.")
        case .loadConst:
            row("LOAD_CONST", .const, .next, .fixed(0, 1), "→ const", "Pushes a constant.")
        case .loadName:
            row("LOAD_NAME", .name, .next, .fixed(0, 1), "→ value", "Pushes the value of a name: local namespace, then globals, then builtins.")
        case .buildTuple:
            row("BUILD_TUPLE", .count, .next, .collect(0), "x₁ … xₙ → tuple", "Makes a tuple of the n top values.")
        case .buildList:
            row("BUILD_LIST", .count, .next, .collect(0), "x₁ … xₙ → list", "Makes a list of the n top values.")
        case .buildSet:
            row("BUILD_SET", .count, .next, .collect(0), "x₁ … xₙ → set", "Makes a set of the n top values.")
        case .buildMap:
            row("BUILD_MAP", .count, .next, .collectPairs, "k₁ v₁ … kₙ vₙ → dict", "Makes a dict of n key and value pairs.")
        case .loadAttr:
            row("LOAD_ATTR", .name, .next, .fixed(1, 1), "a → a.name", "Replaces the top value by one of its attributes.")
        case .compareOp:
            row("COMPARE_OP", .compare, .next, .fixed(2, 1), "a b → a < b", "Compares two values.")
        case .importName:
            row("IMPORT_NAME", .name, .next, .fixed(2, 1), "level fromlist → module", "Imports a module.")
        case .importFrom:
            row("IMPORT_FROM", .name, .next, .fixed(1, 2), "module → module attr", "Pushes an attribute of the module on top, which stays.")
        case .jumpForward:
            row("JUMP_FORWARD", .jumpRelative, .jump, .fixed(0, 0), "→", "Jumps forward.")
        case .jumpIfFalseOrPop:
            row("JUMP_IF_FALSE_OR_POP", .jumpAbsolute, .branch, .branch(1, 0, jump: 1, 1), "a →   ⇢ a", "Jumps if the top value is false and keeps it, else removes it.")
        case .jumpIfTrueOrPop:
            row("JUMP_IF_TRUE_OR_POP", .jumpAbsolute, .branch, .branch(1, 0, jump: 1, 1), "a →   ⇢ a", "Jumps if the top value is true and keeps it, else removes it.")
        case .jumpAbsolute:
            row("JUMP_ABSOLUTE", .jumpAbsolute, .jump, .fixed(0, 0), "→", "Jumps.")
        case .popJumpIfFalse:
            row("POP_JUMP_IF_FALSE", .jumpAbsolute, .branch, .fixed(1, 0), "a →", "Removes the top value and jumps if it is false.")
        case .popJumpIfTrue:
            row("POP_JUMP_IF_TRUE", .jumpAbsolute, .branch, .fixed(1, 0), "a →", "Removes the top value and jumps if it is true.")
        case .loadGlobal:
            row("LOAD_GLOBAL", .name, .next, .fixed(0, 1), "→ value", "Pushes the value of a global or builtin name.")
        case .isOp:
            row("IS_OP", .invert, .next, .fixed(2, 1), "a b → a is b", "Tests identity; argument 1 means `is not`.")
        case .containsOp:
            row("CONTAINS_OP", .invert, .next, .fixed(2, 1), "a b → a in b", "Tests membership; argument 1 means `not in`.")
        case .reraise:
            row("RERAISE", .flags, .exit, .fixed(3, 0), "3× →", "Raises the exception on the stack again; argument 1 restores f_lasti from the block below.")
        case .jumpIfNotExcMatch:
            row("JUMP_IF_NOT_EXC_MATCH", .jumpAbsolute, .branch, .fixed(2, 0), "exc type →", "Jumps if the exception being handled is not of that type.")
        case .setupFinally:
            row("SETUP_FINALLY", .jumpRelative, .setup, .branch(0, 0, jump: 0, 6), "→   ⇢ 6×", "Enters a try block: an exception jumps to the handler with six values pushed.")
        case .loadFast:
            row("LOAD_FAST", .local, .next, .fixed(0, 1), "→ local", "Pushes a local variable.")
        case .storeFast:
            row("STORE_FAST", .local, .next, .fixed(1, 0), "a →", "Binds a local variable.")
        case .deleteFast:
            row("DELETE_FAST", .local, .next, .fixed(0, 0), "→", "Unbinds a local variable.")
        case .genStart:
            row("GEN_START", .flags, .next, .fixed(1, 0), "sent →", "Begins a generator (0), coroutine (1) or asynchronous generator (2): removes the None sent to start it.")
        case .raiseVarargs:
            row("RAISE_VARARGS", .count, .exit, .raise, "… →", "Raises: 0 re-raises the current exception, 1 raises a, 2 raises a from b.")
        case .callFunction:
            row("CALL_FUNCTION", .count, .next, .collect(1), "f x₁ … xₙ → f(…)", "Calls with n positional arguments.")
        case .makeFunction:
            row("MAKE_FUNCTION", .flags, .next, .makeFunction, "… code qualname → function", "Makes a function; flags 1 defaults, 2 keyword defaults, 4 annotations, 8 closure.")
        case .buildSlice:
            row("BUILD_SLICE", .count, .next, .buildSlice, "a b [c] → slice", "Makes a slice of two or three values.")
        case .loadClosure:
            row("LOAD_CLOSURE", .free, .next, .fixed(0, 1), "→ cell", "Pushes the cell of a cell or free variable.")
        case .loadDeref:
            row("LOAD_DEREF", .free, .next, .fixed(0, 1), "→ value", "Pushes what a cell or free variable holds.")
        case .storeDeref:
            row("STORE_DEREF", .free, .next, .fixed(1, 0), "a →", "Stores into a cell or free variable.")
        case .deleteDeref:
            row("DELETE_DEREF", .free, .next, .fixed(0, 0), "→", "Empties a cell or free variable.")
        case .callFunctionKw:
            row("CALL_FUNCTION_KW", .count, .next, .collect(2), "f x₁ … xₙ names → f(…)", "Calls with n arguments, the last of them named by the tuple on top.")
        case .callFunctionEx:
            row("CALL_FUNCTION_EX", .flags, .next, .callEx, "f args [kwargs] → f(*args, **kwargs)", "Calls with an iterable of arguments and, if flag 1, a mapping.")
        case .setupWith:
            row("SETUP_WITH", .jumpRelative, .setup, .branch(1, 2, jump: 1, 7), "mgr → __exit__ value   ⇢ __exit__ 6×", "Enters a context manager and its block.")
        case .extendedArg:
            row("EXTENDED_ARG", .flags, .next, .fixed(0, 0), "→", "Supplies the higher bits of the next instruction's argument.")
        case .listAppend:
            row("LIST_APPEND", .depth, .next, .fixed(1, 0), "list … a → list …", "Appends to the list n values down (list comprehension).")
        case .setAdd:
            row("SET_ADD", .depth, .next, .fixed(1, 0), "set … a → set …", "Adds to the set n values down (set comprehension).")
        case .mapAdd:
            row("MAP_ADD", .depth, .next, .fixed(2, 0), "dict … k v → dict …", "Stores into the dict n values down (dict comprehension).")
        case .loadClassderef:
            row("LOAD_CLASSDEREF", .free, .next, .fixed(0, 1), "→ value", "Like LOAD_DEREF, but a class body's own namespace is asked first.")
        case .matchClass:
            row("MATCH_CLASS", .count, .next, .fixed(3, 2), "a type names → attrs bool", "Matches a class pattern with n positional subpatterns.")
        case .setupAsyncWith:
            row("SETUP_ASYNC_WITH", .jumpRelative, .setup, .branch(1, 1, jump: 1, 6), "value → value   ⇢ 6×", "Enters the block of an asynchronous context manager.")
        case .formatValue:
            row("FORMAT_VALUE", .flags, .next, .formatValue, "a [spec] → text", "Formats a value; low bits 1 str, 2 repr, 3 ascii; flag 4 takes a format from the stack.")
        case .buildConstKeyMap:
            row("BUILD_CONST_KEY_MAP", .count, .next, .collect(1), "v₁ … vₙ keys → dict", "Makes a dict of n values and a tuple of keys.")
        case .buildString:
            row("BUILD_STRING", .count, .next, .collect(0), "s₁ … sₙ → text", "Joins n texts.")
        case .loadMethod:
            row("LOAD_METHOD", .name, .next, .fixed(1, 2), "a → method self", "Looks up a method for CALL_METHOD without making a bound method.")
        case .callMethod:
            row("CALL_METHOD", .count, .next, .collect(2), "method self x₁ … xₙ → result", "Calls what LOAD_METHOD found with n positional arguments.")
        case .listExtend:
            row("LIST_EXTEND", .depth, .next, .fixed(1, 0), "list … a → list …", "Extends the list n values down.")
        case .setUpdate:
            row("SET_UPDATE", .depth, .next, .fixed(1, 0), "set … a → set …", "Adds all of an iterable to the set n values down.")
        case .dictMerge:
            row("DICT_MERGE", .depth, .next, .fixed(1, 0), "dict … a → dict …", "Merges keyword arguments into the dict n values down; a repeated key is an error.")
        case .dictUpdate:
            row("DICT_UPDATE", .depth, .next, .fixed(1, 0), "dict … a → dict …", "Updates the dict n values down.")
        }
    }
}

@inline(__always)
private func row(
    _ name: StaticString, _ argument: ArgumentKind, _ flow: FlowKind, _ stack: StackRule, _ picture: StaticString,
    _ summary: StaticString
) -> OpcodeInfo {
    OpcodeInfo(name: name, argument: argument, flow: flow, stack: stack, picture: picture, summary: summary)
}
