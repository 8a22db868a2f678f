// The JSON encoder. CPython: Modules/_json.c (encoder_listencode_obj, _dict, _list).
import PyNumerics
import PyRuntime
import PyUnicode

struct JSONWriter {
    let vm: VM
    private let encoder: UnsafeMutablePointer<JSONEncoderLayout>
    private let fast: Int

    init(_ vm: VM, _ encoder: Value) {
        self.vm = vm
        self.encoder = encoder.cast(JSONEncoderLayout.self)
        fast = self.encoder.pointee.fast.smallInt
    }

    mutating func write(_ object: Value, _ out: inout TextBuilder) throws(Raised) {
        if object.isNone {
            out.append("null" as StaticString)
        } else if object.isBool {
            out.append((object.isTrue ? "true" : "false") as StaticString)
        } else if object.isSmallInt {
            appendInt(object.smallInt, &out)
        } else if object.isDouble {
            try float(object, &out)
        } else if vm.isStr(object) {
            try string(object, &out)
        } else if vm.isInt(object) {
            try append(object, vm.types.int, &out)
        } else if vm.isFloat(object) {
            try float(object, &out)
        } else if vm.isList(object) || vm.isTuple(object) {
            try vm.enterRecursion(" while encoding a JSON object")
            defer { vm.leaveRecursion() }
            try list(object, &out)
        } else if vm.isDict(object) {
            try vm.enterRecursion(" while encoding a JSON object")
            defer { vm.leaveRecursion() }
            try dict(object, &out)
        } else {
            try other(object, &out)
        }
    }

    private mutating func other(_ object: Value, _ out: inout TextBuilder) throws(Raised) {
        let ident = try enter(object)
        let replacement = try vm.call(encoder.pointee.defaultFunction, object)
        try vm.enterRecursion(" while encoding a JSON object")
        do throws(Raised) { try write(replacement, &out) } catch {
            vm.leaveRecursion()
            throw error
        }
        vm.leaveRecursion()
        try leave(ident)
    }

    // MARK: Circles

    /// Notes that `object` is being encoded. The key of the note, NULL if no notes are taken.
    private func enter(_ object: Value) throws(Raised) -> Value {
        let markers = encoder.pointee.markers
        if markers.isNone { return .null }
        let ident = vm.int(Int(truncatingIfNeeded: object.bits))
        if !(try PyDict(markers).get(vm, ident).isNull) { throw vm.raise(.valueError, "Circular reference detected") }
        try PyDict(markers).set(vm, ident, object)
        return ident
    }

    private func leave(_ ident: Value) throws(Raised) {
        if !ident.isNull { _ = try PyDict(encoder.pointee.markers).remove(vm, ident) }
    }

    // MARK: Scalars

    private func append(_ object: Value, _ type: PyType, _ out: inout TextBuilder) throws(Raised) {
        guard let slot = type.slots.repr else { return }
        out.append(PyStr(try vm.check(slot(vm, object))).view)
    }

    private func appendInt(_ n: Int, _ out: inout TextBuilder) {
        if n >= 0 && n < 10 { return out.append(UInt32(truncatingIfNeeded: n) + 48) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
            var at = 24
            var left = n.magnitude
            repeat {
                at &-= 1
                digits[at] = UInt8(truncatingIfNeeded: left % 10) + 48
                left /= 10
            } while left > 0
            if n < 0 {
                at &-= 1
                digits[at] = 0x2D
            }
            out.append(latin1: UnsafeBufferPointer(rebasing: digits[at..<24]))
        }
    }

    private func float(_ object: Value, _ out: inout TextBuilder) throws(Raised) {
        let x = object.isDouble ? object.double : try vm.realDouble(object)
        if !x.isFinite {
            if encoder.pointee.allowNaN.isFalse { throw vm.raise(.valueError, "Out of range float values are not JSON compliant") }
            return out.append((x.isNaN ? "NaN" : x > 0 ? "Infinity" : "-Infinity") as StaticString)
        }
        FloatText.reprBytes(x, addDotZero: true).withUnsafeBufferPointer { out.append(latin1: $0) }
    }

    @inline(__always) private func string(_ object: Value, _ out: inout TextBuilder) throws(Raised) {
        switch fast {
        case 1: appendJSONString(PyStr(object).view, asciiOnly: true, to: &out)
        case 2: appendJSONString(PyStr(object).view, asciiOnly: false, to: &out)
        default:
            let encoded = try vm.call(encoder.pointee.encoder, object)
            guard vm.isStr(encoded) else { throw vm.raise(.typeError, "encoder() must return a string, not \(vm.typeName(encoded))") }
            out.append(PyStr(encoded).view)
        }
    }

    // MARK: Containers

    private mutating func list(_ sequence: Value, _ out: inout TextBuilder) throws(Raised) {
        var items = sequence
        // A subclass may iterate over something else than what it holds.
        if !items.isExactly(vm.types.list) && !items.isExactly(vm.types.tuple) { items = try vm.listFrom(sequence).value }
        let isList = vm.isList(items)
        if (isList ? PyList(items).count : PyTuple(items).count) == 0 { return out.append("[]" as StaticString) }
        let ident = try enter(sequence)
        out.append(0x5B)
        var i = 0
        while i < (isList ? PyList(items).count : PyTuple(items).count) {
            if i > 0 { out.append(PyStr(encoder.pointee.itemSeparator).view) }
            try write(isList ? PyList(items)[i] : PyTuple(items)[i], &out)
            i += 1
        }
        try leave(ident)
        out.append(0x5D)
    }

    private mutating func dict(_ mapping: Value, _ out: inout TextBuilder) throws(Raised) {
        if PyDict(mapping).count == 0 { return out.append("{}" as StaticString) }
        let ident = try enter(mapping)
        out.append(0x7B)
        var isFirst = true
        if encoder.pointee.sortKeys.isFalse && mapping.isExactly(vm.types.dict) {
            var position = 0
            while let (key, value) = PyDict(mapping).next(&position) { try member(key, value, &isFirst, &out) }
        } else {
            let items = try vm.listFrom(vm.callMethod(mapping, vm.intern("items")))
            if encoder.pointee.sortKeys.isTrue { try vm.sort(items) }
            var i = 0
            while i < items.count {
                let item = items[i]
                guard vm.isTuple(item) && PyTuple(item).count == 2 else { throw vm.raise(.valueError, "items must return 2-tuples") }
                try member(PyTuple(item)[0], PyTuple(item)[1], &isFirst, &out)
                i += 1
            }
        }
        try leave(ident)
        out.append(0x7D)
    }

    private mutating func member(_ key: Value, _ value: Value, _ isFirst: inout Bool, _ out: inout TextBuilder) throws(Raised) {
        var name = key
        if !vm.isStr(key) {
            if vm.isFloat(key) {
                var text = TextBuilder()
                try float(key, &text)
                name = try vm.str(text)
            } else if key.isBool || key.isNone {
                name = vm.intern((key.isNone ? "null" : key.isTrue ? "true" : "false") as StaticString)
            } else if vm.isInt(key) {
                var text = TextBuilder()
                if key.isSmallInt { appendInt(key.smallInt, &text) } else { try append(key, vm.types.int, &text) }
                name = try vm.str(text)
            } else if encoder.pointee.skipKeys.isTrue {
                return
            } else {
                throw vm.raise(.typeError, "keys must be str, int, float, bool or None, not \(vm.typeName(key))")
            }
        }
        if isFirst { isFirst = false } else { out.append(PyStr(encoder.pointee.itemSeparator).view) }
        try string(name, &out)
        out.append(PyStr(encoder.pointee.keySeparator).view)
        try write(value, &out)
    }
}
