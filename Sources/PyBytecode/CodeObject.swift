// The canonical code object of CPython 3.10 as an immutable Swift value (DESIGN D5): what the compiler makes, marshal
// carries, people look at and the runtime lowers. CPython: Objects/codeobject.c; documentation: `inspect`, `types.CodeType`.
import PyUnicode

/// One compiled block. Every field equals CPython 3.10's attribute of the same name.
public final class CodeObject: Hashable, Sendable {
    public let argcount: Int
    public let posonlyargcount: Int
    public let kwonlyargcount: Int
    public let nlocals: Int
    public let stacksize: Int
    public let flags: CodeFlags
    /// Two bytes an instruction: opcode, argument.
    public let code: [UInt8]
    public let consts: [Constant]
    public let names: [PyText]
    public let varnames: [PyText]
    public let freevars: [PyText]
    public let cellvars: [PyText]
    public let filename: PyText
    public let name: PyText
    public let firstlineno: Int
    /// PEP 626 line table (`co_linetable`).
    public let linetable: [UInt8]
    /// For the lab: for each instruction, the raw `ExprID`/`StmtID` it came from. Not part of the code object's value; nil when not recorded.
    public let origins: InstructionOrigins?
    /// Hash of what `==` compares, nested code included: tells deep towers of lookalikes apart without descending into them.
    private let fingerprint: Int

    public init(
        argcount: Int, posonlyargcount: Int, kwonlyargcount: Int, nlocals: Int, stacksize: Int, flags: CodeFlags,
        code: [UInt8], consts: [Constant], names: [PyText], varnames: [PyText], freevars: [PyText],
        cellvars: [PyText], filename: PyText, name: PyText, firstlineno: Int, linetable: [UInt8],
        origins: InstructionOrigins? = nil
    ) {
        self.argcount = argcount
        self.posonlyargcount = posonlyargcount
        self.kwonlyargcount = kwonlyargcount
        self.nlocals = nlocals
        self.stacksize = stacksize
        self.flags = flags
        self.code = code
        self.consts = consts
        self.names = names
        self.varnames = varnames
        self.freevars = freevars
        self.cellvars = cellvars
        self.filename = filename
        self.name = name
        self.firstlineno = firstlineno
        self.linetable = linetable
        self.origins = origins
        var hasher = Hasher()
        hasher.combine(name)
        code.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(firstlineno)
        hasher.combine(flags)
        hasher.combine(consts)
        fingerprint = hasher.finalize()
    }

    /// Structural equality over what CPython's `code.__eq__` compares (not filename, not line table).
    public static func == (a: CodeObject, b: CodeObject) -> Bool {
        a === b
            || (a.fingerprint == b.fingerprint && a.name == b.name && a.argcount == b.argcount && a.posonlyargcount == b.posonlyargcount
                && a.kwonlyargcount == b.kwonlyargcount && a.nlocals == b.nlocals && a.flags == b.flags
                && a.firstlineno == b.firstlineno && a.code == b.code && a.consts == b.consts && a.names == b.names
                && a.varnames == b.varnames && a.freevars == b.freevars && a.cellvars == b.cellvars)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

/// `co_flags`.
public struct CodeFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let optimized = CodeFlags(rawValue: 0x1)
    public static let newLocals = CodeFlags(rawValue: 0x2)
    public static let varArgs = CodeFlags(rawValue: 0x4)
    public static let varKeywords = CodeFlags(rawValue: 0x8)
    public static let nested = CodeFlags(rawValue: 0x10)
    public static let generator = CodeFlags(rawValue: 0x20)
    /// Neither free nor cell variables.
    public static let noFree = CodeFlags(rawValue: 0x40)
    public static let coroutine = CodeFlags(rawValue: 0x80)
    public static let iterableCoroutine = CodeFlags(rawValue: 0x100)
    public static let asyncGenerator = CodeFlags(rawValue: 0x200)
    public static let futureDivision = CodeFlags(rawValue: 0x20000)
    public static let futureAbsoluteImport = CodeFlags(rawValue: 0x40000)
    public static let futureWithStatement = CodeFlags(rawValue: 0x80000)
    public static let futurePrintFunction = CodeFlags(rawValue: 0x100000)
    public static let futureUnicodeLiterals = CodeFlags(rawValue: 0x200000)
    public static let futureBarryAsBDFL = CodeFlags(rawValue: 0x400000)
    public static let futureGeneratorStop = CodeFlags(rawValue: 0x800000)
    public static let futureAnnotations = CodeFlags(rawValue: 0x1000000)
}

/// For each two-byte code unit, which tree node it was generated for.
public struct InstructionOrigins: Hashable, Sendable {
    public enum NodeKind: UInt8, Sendable { case none, expr, stmt, pattern, other }
    public struct Origin: Hashable, Sendable {
        public var kind: NodeKind
        public var raw: UInt32
        public init(kind: NodeKind, raw: UInt32) {
            self.kind = kind
            self.raw = raw
        }
    }
    public var units: [Origin]
    public init(units: [Origin]) { self.units = units }
}
