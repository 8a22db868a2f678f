// The dunder table: which special name stands for which slot.

struct SlotRow {
    var name: Value
}

extension VM {
    func updateSlots(_ type: PyType, _ name: Value) {}
}
