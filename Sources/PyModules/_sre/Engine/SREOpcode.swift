// The codes that Lib/sre_compile.py emits (MAGIC 20171005), as the `sre_constants` module numbers them.

enum SREOpcode {
    static let failure: UInt32 = 0, success: UInt32 = 1, any: UInt32 = 2, anyAll: UInt32 = 3
    static let assert: UInt32 = 4, assertNot: UInt32 = 5, at: UInt32 = 6, branch: UInt32 = 7
    static let call: UInt32 = 8, category: UInt32 = 9, charset: UInt32 = 10, bigCharset: UInt32 = 11
    static let groupRef: UInt32 = 12, groupRefExists: UInt32 = 13, `in`: UInt32 = 14, info: UInt32 = 15
    static let jump: UInt32 = 16, literal: UInt32 = 17, mark: UInt32 = 18, maxUntil: UInt32 = 19
    static let minUntil: UInt32 = 20, notLiteral: UInt32 = 21, negate: UInt32 = 22, range: UInt32 = 23
    static let `repeat`: UInt32 = 24, repeatOne: UInt32 = 25, subpattern: UInt32 = 26, minRepeatOne: UInt32 = 27
    static let groupRefIgnore: UInt32 = 28, inIgnore: UInt32 = 29, literalIgnore: UInt32 = 30
    static let notLiteralIgnore: UInt32 = 31, groupRefLocIgnore: UInt32 = 32, inLocIgnore: UInt32 = 33
    static let literalLocIgnore: UInt32 = 34, notLiteralLocIgnore: UInt32 = 35, groupRefUniIgnore: UInt32 = 36
    static let inUniIgnore: UInt32 = 37, literalUniIgnore: UInt32 = 38, notLiteralUniIgnore: UInt32 = 39
    static let rangeUniIgnore: UInt32 = 40

    /// "No upper limit" in a repeat.
    static let maxRepeat: UInt32 = .max
    static let magic = 20_171_005
}

enum SREAt {
    static let beginning: UInt32 = 0, beginningLine: UInt32 = 1, beginningString: UInt32 = 2, boundary: UInt32 = 3
    static let nonBoundary: UInt32 = 4, end: UInt32 = 5, endLine: UInt32 = 6, endString: UInt32 = 7
    static let locBoundary: UInt32 = 8, locNonBoundary: UInt32 = 9, uniBoundary: UInt32 = 10, uniNonBoundary: UInt32 = 11
}

enum SREInfo {
    static let prefix: UInt32 = 1, literal: UInt32 = 2, charset: UInt32 = 4
}

enum SREFlag {
    static let template = 1, ignoreCase = 2, locale = 4, multiline = 8, dotAll = 16, unicode = 32, verbose = 64, debug = 128, ascii = 256
}
