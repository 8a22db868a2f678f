// Interned identifiers: text to `NameID` and back.
import PyUnicode

/// Identifiers of one tree in order of first appearance. Ids are dense from 0, so a table indexed by `NameID.raw` is an array.
public final class NameTable: @unchecked Sendable {
    private var texts: [PyText] = []
    private var ids: [PyText: NameID] = [:]

    public init() {}

    public var count: Int { texts.count }

    public subscript(id: NameID) -> PyText { texts[Int(id.raw)] }

    /// The id of `text`, new or known.
    public func intern(_ text: PyText) -> NameID {
        if let id = ids[text] { return id }
        let id = NameID(raw: UInt32(texts.count))
        texts.append(text)
        ids[text] = id
        return id
    }

    /// The id of `text` if it is known.
    public func find(_ text: PyText) -> NameID? { ids[text] }
}
