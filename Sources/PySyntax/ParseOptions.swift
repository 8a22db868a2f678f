// How a source is to be read: the arguments of `compile()` that concern the parser.

/// `compile()`'s mode.
public enum ParseMode: UInt8, Sendable, CaseIterable {
    case exec, eval, single, funcType
}

/// The parser's share of `compile()`'s flags.
public struct ParseOptions: Hashable, Sendable {
    public var mode: ParseMode
    /// PyCF_TYPE_COMMENTS.
    public var typeComments: Bool
    /// The minor version whose grammar is accepted (`feature_version`); 10 accepts all.
    public var featureVersion: Int
    /// `from __future__ import barry_as_FLUFL` inherited from the caller: `<>` instead of `!=`.
    public var barryAsBDFL: Bool
    /// PyCF_DONT_IMPLY_DEDENT: the source is one interactive statement that may be unfinished.
    public var dontImplyDedent: Bool
    /// PyCF_IGNORE_COOKIE: the source is UTF-8 text already (a `str` was compiled); a cookie is a comment.
    public var ignoreCookie: Bool
    /// PyCF_ALLOW_INCOMPLETE_INPUT: a source that more text could complete is refused as "incomplete input" (codeop).
    public var allowIncompleteInput = false
    /// CPython reads the source from a file, line by line: an error at its end has no column then.
    public var readsFile = false
    /// Fill `SyntaxTree.exactSpans` (the lab's true spans of f-string parts). Off, because a compilation has no use for it.
    public var exactSpans: Bool
    /// The digits a decimal integer literal may have; 0 = any number (`sys.set_int_max_str_digits`).
    public var intMaxStrDigits: Int = 4300
    /// How many bytes of native stack the parser may use before it raises MemoryError. The default suits a thread with
    /// 512 KiB and takes all the brackets CPython takes, in a release build.
    public var stackBudget: Int = 400 << 10

    public init(
        mode: ParseMode = .exec, typeComments: Bool = false, featureVersion: Int = 10, barryAsBDFL: Bool = false,
        dontImplyDedent: Bool = false, ignoreCookie: Bool = false, exactSpans: Bool = false
    ) {
        self.mode = mode
        self.typeComments = typeComments
        self.featureVersion = featureVersion
        self.barryAsBDFL = barryAsBDFL
        self.dontImplyDedent = dontImplyDedent
        self.ignoreCookie = ignoreCookie
        self.exactSpans = exactSpans
    }
}
