// Identifiers as the compiler sees them: the names it uses itself, and private-name mangling.
// Rules: Language Reference 6.2.1 "Identifiers (Names)", "Private name mangling".
import PySyntax
import PyUnicode

/// The tree's names plus what the compiler needs to know about them.
final class CompilationNames {
    let table: NameTable
    /// Names that were in the table when compilation began and start with `__` but do not end so nor contain a dot.
    private let manglable: UnsafeMutablePointer<Bool>
    private let knownCount: Int
    private var mangledNames: [UInt64: NameID] = [:]

    // Names the compiler itself loads, stores or asks about.
    let dunderClass, dunderModule, dunderName, dunderQualname, dunderDoc, dunderAnnotations, dunderClassCell: NameID
    let dunderDebug, superName, implicitArgument, returnName, joinName, emptyName, star: NameID
    let module, lambda, listComp, setComp, dictComp, genExp: NameID
    let top, plainLambda, plainListComp, plainSetComp, plainDictComp, plainGenExp, annotation: NameID

    init(_ table: NameTable) {
        self.table = table
        dunderClass = table.intern("__class__")
        dunderModule = table.intern("__module__")
        dunderName = table.intern("__name__")
        dunderQualname = table.intern("__qualname__")
        dunderDoc = table.intern("__doc__")
        dunderAnnotations = table.intern("__annotations__")
        dunderClassCell = table.intern("__classcell__")
        dunderDebug = table.intern("__debug__")
        superName = table.intern("super")
        implicitArgument = table.intern(".0")
        returnName = table.intern("return")
        joinName = table.intern("join")
        emptyName = table.intern("")
        star = table.intern("*")
        module = table.intern("<module>")
        lambda = table.intern("<lambda>")
        listComp = table.intern("<listcomp>")
        setComp = table.intern("<setcomp>")
        dictComp = table.intern("<dictcomp>")
        genExp = table.intern("<genexpr>")
        top = table.intern("top")
        plainLambda = table.intern("lambda")
        plainListComp = table.intern("listcomp")
        plainSetComp = table.intern("setcomp")
        plainDictComp = table.intern("dictcomp")
        plainGenExp = table.intern("genexpr")
        annotation = table.intern("_annotation")
        knownCount = table.count
        manglable = .allocate(capacity: knownCount)
        for index in 0..<knownCount {
            let name = table[NameID(raw: UInt32(index))]
            (manglable + index).initialize(to: Self.isManglable(name))
        }
    }

    deinit { manglable.deallocate() }

    private static func isManglable(_ name: PyText) -> Bool {
        let bytes = name.utf8
        let underscore = UInt8(ascii: "_")
        if bytes.count < 3 || bytes[0] != underscore || bytes[1] != underscore { return false }
        if bytes[bytes.count - 1] == underscore && bytes[bytes.count - 2] == underscore { return false }
        return !bytes.contains(UInt8(ascii: "."))
    }

    /// `name` as it is stored inside the class called `privateName`; `name` itself outside of classes.
    @inline(__always)
    func mangle(_ name: NameID, in privateName: NameID?) -> NameID {
        guard let privateName else { return name }
        let index = Int(name.raw)
        if index < knownCount && !manglable[index] { return name }
        return mangleSlowly(name, in: privateName)
    }

    @inline(never)
    private func mangleSlowly(_ name: NameID, in privateName: NameID) -> NameID {
        if Int(name.raw) >= knownCount && !Self.isManglable(table[name]) { return name }
        let key = UInt64(privateName.raw) << 32 | UInt64(name.raw)
        if let known = mangledNames[key] { return known }
        let classText = table[privateName].utf8.drop { $0 == UInt8(ascii: "_") }
        var result = name
        if !classText.isEmpty {
            result = table.intern(PyText(utf8: [UInt8(ascii: "_")] + classText + table[name].utf8))
        }
        mangledNames[key] = result
        return result
    }

    /// The part of a dotted name before its first dot; the name itself if there is none.
    func firstComponent(of name: NameID) -> NameID {
        let bytes = table[name].utf8
        guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return name }
        return table.intern(PyText(utf8: Array(bytes[..<dot])))
    }
}
