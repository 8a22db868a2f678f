// The machine's private instruction set (DESIGN D5): register-style, three addresses, eight-byte words. What the lowering
// makes and `Eval` runs; nothing outside these two folders knows it. Canonical code stays in `PyBytecode`.
//
//   word 0   63......48 47......32 31......16 15...8 7....0
//              C          B          A          F      op        or  off32 in B,C
//   words 1… constants (a whole Value), jump distances (low 32 bits, signed, from word 0 + 1), inline caches
//
// Registers: 0..<nlocals are locals, then cells, then the slots of the canonical value stack, then one scratch register.

/// An execution opcode. `Length` in the comments counts words when it is not 1.
enum ExecOp: UInt8, CaseIterable {
    case nop
    case move                 // A <- B
    case loadConst            // A <- word1; 2 words
    case checkLocal           // unbound A raises UnboundLocalError
    case deleteFast           // A <- NULL, unbound raises
    case jump                 // off32
    case jumpBack             // off32, polls
    case jumpIfFalse          // A, off32
    case jumpIfTrue           // A, off32

    // Arithmetic: A <- B op C; F = 1 means the in-place form. K forms: C is word1; 2 words.
    case add, sub, mul, trueDiv, floorDiv, mod, pow, matmul, lshift, rshift, and, or, xor
    case addK, subK, mulK, trueDivK, floorDivK, modK, powK, lshiftK, rshiftK, andK
    case negative, positive, invert, not      // A <- op B

    // Comparisons: F = 0...5 for < <= == != > >=.
    case compare              // A <- B op C
    /// Compare A with B and jump (word1) if the truth of the result equals F; 2 words.
    case jumpLt, jumpLe, jumpEq, jumpNe, jumpGt, jumpGe
    /// Compare A with word1 and jump off32 if the truth of the result equals F; 2 words.
    case jumpLtK, jumpLeK, jumpEqK, jumpNeK, jumpGtK, jumpGeK
    case isOp                 // A <- B is C, F inverts
    case jumpIs               // A is B == F: word1; 2 words
    case jumpIsK              // A is word1 == F: off32; 2 words
    case containsOp           // A <- B in C, F inverts
    case jumpIfNotExcMatch    // A: raised type, B: what to match; word1; 2 words

    case subscr               // A <- B[C]
    case subscrK              // A <- B[word1]; 2 words
    case storeSubscr          // B[C] = A
    case deleteSubscr         // del B[C]
    // Caches: word1 = type version (low half) and byte offset of the attribute (high half), word2 = shape, word3 = value or
    // the shape after the store. The specialised forms are written over the general one and back by Eval/AttributeCaches.
    case loadAttr             // A <- B.names[C]; 4 words
    case loadAttrInline       // from a slot of the object
    case loadAttrOverflow     // from its overflow buffer
    case loadAttrClass        // word3: a class attribute that the instance does not hide
    case loadAttrMember       // a `__slots__` member or other plain field at a fixed offset
    case loadAttrProperty     // word3: a property's getter, a Python function that is called in place
    case loadAttrItem         // a named field of a tuple: word3 = its index
    case loadAttrType         // word3: found in a class that is asked itself; word1 = the version of that class
    case loadAttrModule       // word1 = keys version of the module's dict, word2 = address of the value
    case storeAttr            // B.names[C] = A; 4 words
    case storeAttrInline      // an existing slot
    case storeAttrMember      // as loadAttrMember
    case storeAttrAdd         // a new inline slot: shape word2 becomes word3
    case deleteAttr           // del B.names[C]
    case loadMethod           // A, A+1 <- method and self, or NULL and attribute, of B.names[C]; 4 words
    case loadMethodCached     // word1 = type version and offset of a word of the object, word2 = what it must be, word3 = the function
    case loadMethodModule     // as loadAttrModule
    case loadMethodWrapped    // static and class methods, methods taken from a class: word1 high half = `WrappedMethod`

    // Caches: word1 = keys version of globals, word2 = of builtins or 0, word3 = address of the value in its table.
    case loadGlobal           // A <- names[B]; 4 words
    case loadGlobalModule     // found in globals
    case loadGlobalBuiltin    // found in builtins
    case storeGlobal          // names[B] = A; 3 words: keys version, address
    case deleteGlobal         // del names[B]
    case loadName             // A <- names[B]; 4 words
    case storeName            // names[B] = A; 3 words
    case deleteName
    case loadDeref            // A <- contents of the cell in B
    case storeDeref           // contents of the cell in A <- B
    case deleteDeref
    case loadClassDeref       // A <- names of the cell B in the class namespace, else contents

    case call                 // A <- B(B+1 ... B+C); 2 words, cache
    case callMethod           // A <- as loadMethod left it in B, B+1, then C arguments; 2 words, cache
    case callKw               // A <- B(B+1 ... B+C), names at B+C+1
    case callEx               // A <- B(*B+1, **B+2); F bit 0: has keywords
    case makeFunction         // A <- function; F canonical flags, operands from B, last is the name
    case returnValue          // A
    case returnConst          // word1; 2 words
    case yieldValue           // yields B, A <- what is sent
    case yieldFrom            // A <- result of delegating to B with C sent
    case getYieldFromIter, getIter, getAwaitable, getAiter, getAnext    // A <- op B
    case forIter              // A <- next of B, exhausted: word1; 2 words

    case buildTuple, buildList, buildSet, buildString     // A <- C items from B
    case buildMap             // A <- C pairs from B
    case buildConstKeyMap     // A <- C values from B, then the keys
    case buildSlice           // A <- slice of C (2 or 3) values from B
    case formatValue          // A <- format(B); F canonical argument, specification at B+1
    case listAppend           // A.append(B)
    case setAdd
    case mapAdd               // A[B] = C
    case listExtend           // A.extend(B)
    case setUpdate, dictUpdate
    case dictMerge            // A.update(B), duplicates raise; C: the callable for the message
    case listToTuple          // A <- tuple(B)
    case unpackSequence       // C values of B into A+C-1 ... A
    case unpackEx             // word1 = canonical argument; values of B into slots from A, first topmost; 2 words

    case raise                // F = 0, 1, 2 operands: A, B
    case reraise              // value in A
    case popExcept            // previous handled exception in A
    case withExceptStart      // A <- B(type C, value C-1, traceback C-2)
    case setupWith            // manager in A: A <- bound __exit__, A+1 <- result of __enter__
    case beforeAsyncWith      // the same with __aexit__ and __aenter__
    case endAsyncFor          // A: first of the seven slots
    case loadBuildClass, loadAssertionError       // A <-
    case setupAnnotations
    case importName           // A <- import names[word1], level B, list C; 2 words
    case importFrom           // A <- names[C] from B
    case importStar           // from A
    case printExpr            // A
    case getLen, matchMapping, matchSequence      // A <- op B
    case matchKeys            // subject B, keys C: A <- values or None, A+1 <- bool
    case matchClass           // subject A, class A+1, names A+2, F positional: A <- tuple or None, A+1 <- bool
    case copyDictWithoutKeys  // A <- rest of B without keys C

    /// Counts `off32` canonical instructions; only in counted form.
    case count
    /// Reports a line or opcode to the tracer before the canonical instruction; only in traced form.
    case trace
    /// The calls of the traced form, which report calls of native functions to the profiler: A, B, C as theirs, F = `TracedCall`.
    case callTraced
    /// Written over word 0 of the plain form while something traces: the frame changes over to the traced form here.
    case trap
}

/// Which call a `callTraced` is.
enum TracedCall: UInt8 {
    case plain, method, keywords, spread

    init(_ op: ExecOp) {
        switch op {
        case .callMethod: self = .method
        case .callKw: self = .keywords
        case .callEx: self = .spread
        default: self = .plain
        }
    }
}

/// How to read and write instruction words.
enum ExecWord {
    @inline(__always) static func make(_ op: ExecOp, f: Int = 0, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) -> UInt64 {
        UInt64(op.rawValue) | UInt64(UInt8(truncatingIfNeeded: f)) << 8 | UInt64(UInt16(truncatingIfNeeded: a)) << 16
            | UInt64(UInt16(truncatingIfNeeded: b)) << 32 | UInt64(UInt16(truncatingIfNeeded: c)) << 48
    }

    @inline(__always) static func op(_ word: UInt64) -> ExecOp {
        // Safe: every word 0 was made by `make` from a case.
        unsafeBitCast(UInt8(truncatingIfNeeded: word), to: ExecOp.self)
    }
    @inline(__always) static func f(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &>> 8) & 0xFF) }
    @inline(__always) static func a(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &>> 16) & 0xFFFF) }
    @inline(__always) static func b(_ word: UInt64) -> Int { Int(truncatingIfNeeded: (word &>> 32) & 0xFFFF) }
    @inline(__always) static func c(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word &>> 48) }
    @inline(__always) static func off(_ word: UInt64) -> Int { Int(Int64(bitPattern: word) &>> 32) }
    /// A jump distance held alone in a word.
    @inline(__always) static func distance(_ word: UInt64) -> Int { Int(Int32(truncatingIfNeeded: word)) }
}
