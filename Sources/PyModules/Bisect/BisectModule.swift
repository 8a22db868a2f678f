// `_bisect`. CPython: Modules/_bisectmodule.c.
import PyRuntime

extension VM {
    public func registerBisect() {
        registerModule("_bisect") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Bisection algorithms.\n\nThis module provides support for maintaining a list in sorted order without\nhaving to sort the list after each insertion. For long lists of items with\nexpensive comparison operations, this can be an improvement over the more\ncommon approach.\n" as StaticString))
            vm.defineBisect(m)
            return 0
        }
    }

    /// - Parameters: a: list, x, lo, hi, key as bound; isRight: after equal items; x is not passed through key.
    private func bisect(_ a: UnsafeMutablePointer<Value>, _ x: Value, isRight: Bool) throws(Raised) -> Int {
        var low = a[2].isNull ? 0 : try sizeArgument(a[2])
        if low < 0 { throw raise(.valueError, "lo must be non-negative") }
        var high = -1
        if !a[3].isNull && !a[3].isNone {
            if !hasIndex(a[3]) { throw raise(.typeError, "argument should be integer or None, not '\(typeName(a[3]))'") }
            high = try sizeArgument(a[3])
        }
        if high == -1 { high = try length(a[0]) }
        let key = a[4].isNull || a[4].isNone ? Value.null : a[4]
        while low < high {
            let middle = Int(truncatingIfNeeded: (UInt(bitPattern: low) &+ UInt(bitPattern: high)) / 2)
            var item: Value
            if a[0].isExactly(types.list), middle < PyList(a[0]).count {
                item = PyList(a[0])[middle]
            } else {
                item = try getItem(a[0], at: middle)
            }
            if !key.isNull { item = try call(key, item) }
            if isRight {
                if try isTrue(richCompare(x, item, .lt)) { high = middle } else { low = middle + 1 }
            } else {
                if try isTrue(richCompare(item, x, .lt)) { low = middle + 1 } else { high = middle }
            }
        }
        return low
    }

    private func insort(_ a: UnsafeMutablePointer<Value>, isRight: Bool) throws(Raised) -> Value {
        let x = a[4].isNull || a[4].isNone ? a[1] : try call(a[4], a[1])
        let at = try bisect(a, x, isRight: isRight)
        if a[0].isExactly(types.list) {
            try PyList(a[0]).insert(self, at: at, a[1])
        } else {
            _ = try callMethod(a[0], intern("insert" as StaticString), int(at), a[1])
        }
        return .none
    }

    private func defineBisect(_ m: ModuleBuilder) {
        m.defN("bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)", "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e <= x, and all e in\na[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will\ninsert just after the rightmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(try vm.bisect(a, a[1], isRight: true)) }
        }
        m.defN("bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)", "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e < x, and all e in\na[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will\ninsert just before the leftmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.") { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(try vm.bisect(a, a[1], isRight: false)) }
        }
        m.defN("insort_right($module, /, a, x, lo=0, hi=None, *, key=None)", "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the right of the rightmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.insort(a, isRight: true) }
        }
        m.defN("insort_left($module, /, a, x, lo=0, hi=None, *, key=None)", "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the left of the leftmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.insort(a, isRight: false) }
        }
    }
}
