// Indexing, slicing, assignment, comparison and casts of memoryview. CPython: Objects/memoryobject.c.
import PyUnicode

extension VM {
    /// The address of one item of the first dimension.
    private func itemAddress(_ view: PyMemoryView, _ index: Int, _ dimension: Int, _ from: UnsafeMutableRawPointer) throws(Raised) -> UnsafeMutableRawPointer {
        let count = view.shape(dimension)
        let i = index < 0 ? index + count : index
        guard i >= 0 && i < count else { throw raise(.indexError, "index out of bounds on dimension \(dimension + 1)") }
        return from + i * view.stride(dimension)
    }

    /// After a conversion ran user code, which may have released the view.
    private func checkStillHeld(_ view: PyMemoryView) throws(Raised) {
        if view.isReleased { throw raise(.valueError, "operation forbidden on released memoryview object") }
    }

    private func tupleAddress(_ view: PyMemoryView, _ key: PyTuple) throws(Raised) -> UnsafeMutableRawPointer? {
        if key.count > view.dimensions {
            throw raise(.typeError, "cannot index \(view.dimensions)-dimension view with \(key.count)-element tuple")
        }
        if key.count < view.dimensions { throw raise(.notImplementedError, "sub-views are not implemented") }
        guard var p = view.ref.pointee.bytes else { return nil }
        for d in 0..<key.count {
            let i = try indexInt(key[d], overflow: .indexError)
            try checkStillHeld(view)
            p = try itemAddress(view, i, d, p)
        }
        return p
    }

    private func isIndexTuple(_ key: Value) -> Bool {
        guard isTuple(key) else { return false }
        for i in 0..<PyTuple(key).count where !hasIndex(PyTuple(key)[i]) { return false }
        return true
    }
    private func isSliceTuple(_ key: Value) -> Bool {
        guard isTuple(key), PyTuple(key).count > 0 else { return false }
        for i in 0..<PyTuple(key).count where !PyTuple(key)[i].isExactly(types.slice) { return false }
        return true
    }

    func memoryGetItem(_ value: Value, _ key: Value) throws(Raised) -> Value {
        let view = try memory(value)
        if view.dimensions == 0 {
            if isTuple(key) && PyTuple(key).count == 0, let p = view.ref.pointee.bytes { return try unpackItem(view, p) }
            if key == .ellipsis { return value }
            throw raise(.typeError, "invalid indexing of 0-dim memory")
        }
        if hasIndex(key) {
            if view.dimensions > 1 {
                _ = try indexInt(key, overflow: .indexError)
                throw raise(.notImplementedError, "multi-dimensional sub-views are not implemented")
            }
            let i = try indexInt(key, overflow: .indexError)
            try checkStillHeld(view)
            guard let bytes = view.ref.pointee.bytes else { throw raise(.indexError, "index out of bounds on dimension 1") }
            if view.letter == nil { throw unsupportedFormat(view) }
            return try unpackItem(view, itemAddress(view, i, 0, bytes))
        }
        if key.isExactly(types.slice) { return try memorySlice(view, key) }
        if isIndexTuple(key) {
            if view.letter == nil { throw unsupportedFormat(view) }
            guard let p = try tupleAddress(view, PyTuple(key)) else { throw raise(.indexError, "index out of bounds on dimension 1") }
            return try unpackItem(view, p)
        }
        if isSliceTuple(key) { throw raise(.notImplementedError, "multi-dimensional slicing is not implemented") }
        throw raise(.typeError, "memoryview: invalid slice key")
    }

    private func memorySlice(_ view: PyMemoryView, _ key: Value) throws(Raised) -> Value {
        // The slice's `__index__` may release `view`: the new one holds the buffer from here on.
        let made = try derive(
            view, format: view.ref.pointee.format, itemSize: view.itemSize, shape: view.ref.pointee.shape, strides: view.ref.pointee.strides,
            bytes: view.ref.pointee.bytes)
        let slice = PyMemoryView(made)
        do {
            let (start, _, step, count) = try sliceIndices(key, length: slice.shape(0))
            let shape = try newTuple(slice.dimensions), strides = try newTuple(slice.dimensions)
            for d in 0..<slice.dimensions {
                shape[d] = PyTuple(slice.ref.pointee.shape)[d]
                strides[d] = PyTuple(slice.ref.pointee.strides)[d]
            }
            shape[0] = int(count)
            strides[0] = int(slice.stride(0) &* step)
            slice.ref.pointee.bytes = slice.ref.pointee.bytes.map { $0 + start * slice.stride(0) }
            slice.ref.pointee.shape = shape.value
            slice.ref.pointee.strides = strides.value
        } catch {
            dropExport(slice)
            throw error
        }
        return made
    }

    func memorySetItem(_ value: Value, _ key: Value, _ item: Value) throws(Raised) {
        let view = try memory(value)
        if view.isReadOnly { throw raise(.typeError, "cannot modify read-only memory") }
        if item.isNull { throw raise(.typeError, "cannot delete memory") }
        if view.letter == nil { throw unsupportedFormat(view) }
        if view.dimensions == 0 {
            guard key == .ellipsis || (isTuple(key) && PyTuple(key).count == 0), let p = view.ref.pointee.bytes else {
                throw raise(.typeError, "invalid indexing of 0-dim memory")
            }
            return try packItem(view, p, item)
        }
        if hasIndex(key) {
            if view.dimensions > 1 { throw raise(.notImplementedError, "sub-views are not implemented") }
            let i = try indexInt(key, overflow: .indexError)
            try checkStillHeld(view)
            guard let bytes = view.ref.pointee.bytes else { throw raise(.indexError, "index out of bounds on dimension 1") }
            return try packItem(view, itemAddress(view, i, 0, bytes), item)
        }
        if key.isExactly(types.slice) {
            if view.dimensions != 1 {
                throw raise(.notImplementedError, "memoryview slice assignments are currently restricted to ndim = 1")
            }
            return try assignSlice(view, key, item)
        }
        if isIndexTuple(key) {
            guard let p = try tupleAddress(view, PyTuple(key)) else { throw raise(.indexError, "index out of bounds on dimension 1") }
            return try packItem(view, p, item)
        }
        if isSliceTuple(key) { throw raise(.notImplementedError, "memoryview slice assignments are currently restricted to ndim = 1") }
        throw raise(.typeError, "memoryview: invalid slice key")
    }

    private func assignSlice(_ view: PyMemoryView, _ key: Value, _ item: Value) throws(Raised) {
        guard hasBuffer(item) else { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(item))'") }
        let source = PyMemoryView(try newMemoryView(item))
        let target = PyMemoryView(try memorySlice(view, key))
        defer {
            dropExport(source)
            dropExport(target)
        }
        try checkStillHeld(view)
        let sameFormat = source.letter != nil && source.letter == target.letter
        guard sameFormat, source.dimensions == 1, source.shape(0) == target.shape(0) else {
            throw raise(.valueError, "memoryview assignment: lvalue and rvalue have different structures")
        }
        let copy = PyBytes(try memoryBytes(source, fortran: false))
        var from = UnsafeRawPointer(copy.bytes)
        try forEachItem(target) { (p) throws(Raised) in
            p.copyMemory(from: from, byteCount: target.itemSize)
            from += target.itemSize
        }
    }

    func memoryToList(_ view: PyMemoryView) throws(Raised) -> Value {
        if view.letter == nil { throw unsupportedFormat(view) }
        guard let bytes = view.ref.pointee.bytes ?? (view.itemCount == 0 ? UnsafeMutableRawPointer(view.ref) : nil) else { return try newList().value }
        if view.dimensions == 0 { return try unpackItem(view, bytes) }
        return try memoryToList(view, 0, bytes)
    }

    private func memoryToList(_ view: PyMemoryView, _ dimension: Int, _ start: UnsafeMutableRawPointer) throws(Raised) -> Value {
        let count = view.shape(dimension)
        let list = try newList(capacity: count)
        for i in 0..<count {
            let p = start + i * view.stride(dimension)
            try list.append(self, dimension + 1 == view.dimensions ? unpackItem(view, p) : memoryToList(view, dimension + 1, p))
        }
        return list.value
    }

    func memoryEquals(_ a: Value, _ b: Value) throws(Raised) -> Value {
        let x = PyMemoryView(a)
        if x.isReleased { return Value(a == b) }
        if isMemoryView(b) && PyMemoryView(b).isReleased { return .false }
        guard hasBuffer(b) else { return .notImplemented }
        let made: Value
        do { made = try newMemoryView(b) } catch {
            clearRaised()
            return .notImplemented
        }
        let y = PyMemoryView(made)
        defer { dropExport(y) }
        guard x.dimensions == y.dimensions else { return .false }
        for d in 0..<x.dimensions where x.shape(d) != y.shape(d) { return .false }
        guard let left = x.letter, let right = y.letter else { return .false }
        let plain = left == right && left != UInt8(ascii: "f") && left != UInt8(ascii: "d") && left != UInt8(ascii: "?")
        if plain && x.isCContiguous && y.isCContiguous, let p = x.ref.pointee.bytes, let q = y.ref.pointee.bytes {
            let count = x.itemCount * x.itemSize
            return Value(bytesEqual(p.assumingMemoryBound(to: UInt8.self), q.assumingMemoryBound(to: UInt8.self), count))
        }
        let items = try newList(capacity: x.itemCount)
        try forEachItem(x) { (p) throws(Raised) in try items.append(self, self.unpackItem(x, p)) }
        var i = 0, equal = true
        try forEachItem(y) { (p) throws(Raised) in
            // No identity shortcut: NaN differs from itself.
            if equal, try !self.isTrue(self.richCompare(items[i], self.unpackItem(y, p), .eq)) { equal = false }
            i += 1
        }
        return Value(equal)
    }

    func memoryHash(_ value: Value) throws(Raised) -> Int {
        // A hash once known outlives the release.
        if PyMemoryView(value).ref.pointee.hash != -1 { return PyMemoryView(value).ref.pointee.hash }
        let view = try memory(value)
        if !view.isReadOnly { throw raise(.valueError, "cannot hash writable memoryview object") }
        guard let letter = view.letter, letter == UInt8(ascii: "B") || letter == UInt8(ascii: "b") || letter == UInt8(ascii: "c") else {
            throw raise(.valueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
        }
        _ = try hash(view.ref.pointee.object)
        let copy = try memoryBytes(view, fortran: false)
        let hash = hashBytes(PyBytes(copy).view)
        view.ref.pointee.hash = hash
        return hash
    }

    func memoryCast(_ value: Value, _ format: Value, _ shape: Value) throws(Raised) -> Value {
        let view = try memory(value)
        guard isStr(format) else { throw raise(.typeError, "cast() argument 'format' must be str, not \(argumentTypeName(format))") }
        if !shape.isNull && !isList(shape) && !isTuple(shape) { throw raise(.typeError, "shape must be a list or a tuple") }
        if !view.isCContiguous { throw raise(.typeError, "memoryview: casts are restricted to C-contiguous views") }
        if !shape.isNull || view.dimensions != 1, !(shape.isNull || view.dimensions == 1) {
            throw raise(.typeError, "memoryview: cast must be 1D -> ND or ND -> 1D")
        }
        if !PyStr(format).isASCII { _ = try encodeNarrow(PyStr(format), ascii: true, .null) }
        guard let letter = PyMemoryView.letter(format), let itemSize = PyMemoryView.size(of: letter) else {
            throw raise(
                .valueError,
                "memoryview: destination format must be a native single character format prefixed with an optional '@'")
        }
        // The items of an array of characters have a format of their own.
        let isText = isStr(view.ref.pointee.format) && PyStr(view.ref.pointee.format).string == "w"
        guard let old = view.letter ?? (isText ? UInt8(ascii: "w") : nil) else {
            throw raise(.valueError, "memoryview: source format must be a native single character format prefixed with an optional '@'")
        }
        func isByte(_ c: UInt8) -> Bool { c == UInt8(ascii: "B") || c == UInt8(ascii: "b") || c == UInt8(ascii: "c") }
        if !isByte(letter) && !isByte(old) { throw raise(.typeError, "memoryview: cannot cast between two non-byte formats") }
        let total = view.itemCount * view.itemSize
        if total % itemSize != 0 { throw raise(.typeError, "memoryview: length is not a multiple of itemsize") }
        let sizes = shape.isNull ? tuple(int(total / itemSize)) : try castShape(shape, total, itemSize)
        return try derive(
            view, format: exactStr(PyStr(format)), itemSize: itemSize, shape: sizes, strides: contiguousStrides(sizes, itemSize),
            bytes: view.ref.pointee.bytes)
    }

    private func castShape(_ shape: Value, _ total: Int, _ itemSize: Int) throws(Raised) -> Value {
        let count = sequenceCount(shape)
        if count > 64 { throw raise(.valueError, "memoryview: number of dimensions must not exceed 64") }
        let sizes = try newTuple(count)
        var product = itemSize
        for i in 0..<count {
            let item = sequenceItem(shape, i)
            guard isInt(item) else { throw raise(.typeError, "memoryview.cast(): elements of shape must be integers") }
            let n = try sizeArgument(item)
            guard n > 0 else {
                throw raise(.valueError, "memoryview.cast(): elements of shape must be integers > 0")
            }
            let (next, overflow) = product.multipliedReportingOverflow(by: n)
            if overflow { throw raise(.valueError, "memoryview.cast(): product(shape) > SSIZE_MAX") }
            product = next
            sizes[i] = int(n)
        }
        if product != total { throw raise(.typeError, "memoryview: product(shape) * itemsize != buffer size") }
        return sizes.value
    }
}
