extension VM {
    public func newGenericAlias(_ origin: Value, _ arguments: Value) -> Value { newFields(types.genericAlias, origin, arguments) }
    public func newMember(_ name: Value, owner: PyType, offset: Int, kind: MemberKind, doc: Value) -> Value { .null }
}
public enum MemberKind: Int, Sendable { case readOnly, optional }
