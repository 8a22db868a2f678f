// `BytesIO`: its methods. CPython: Modules/_io/bytesio.c.
import PyPlatform
import PyRuntime

/// Bytes up to and including the first line feed, or all `count` of them.
@inline(__always) func scanNewline(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard let found = memchr(start, 10, count) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start) + 1
}

extension VM {
    func defineBytesIO(_ t: TypeBuilder) {
        defineBytesIOState(t)
        defineBytesIOReading(t)
        defineBytesIOWriting(t)
        defineBytesIOPickling(t)
    }

    private func defineBytesIOState(_ t: TypeBuilder) {
        t.type.slots.iter = { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                try vm.checkOpen(b)
                let count = vm.bytesLineLength(b, -1)
                return count == 0 ? .null : try vm.bytesTake(b, count)
            }
        }
        t.def0("readable($self, /)", "Returns True if the IO object can be read.") { vm, v in vm.trueIfOpen(v) }
        t.def0("seekable($self, /)", "Returns True if the IO object can be seeked.") { vm, v in vm.trueIfOpen(v) }
        t.def0("writable($self, /)", "Returns True if the IO object can be written.") { vm, v in vm.trueIfOpen(v) }
        t.def0("close($self, /)", "Disable all I/O operations.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkExports(PyBytesIO(v))
                v.cast(BytesIOLayout.self).pointee.buffer = .null
                return .none
            }
        }
        t.def0("flush($self, /)", "Does nothing.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                return .none
            }
        }
        t.def0("isatty($self, /)", "Always returns False.\n\nBytesIO objects are not connected to a TTY-like device.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                return .false
            }
        }
        t.def0("tell($self, /)", "Current file position, an integer.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                return vm.int(PyBytesIO(v).ref.pointee.position)
            }
        }
        t.defN("seek($self, pos, whence=0, /)", "Change stream position.\n\nSeek to byte offset pos relative to position indicated by whence:\n     0  Start of stream (the default).  pos should be >= 0;\n     1  Current position - pos may be negative;\n     2  End of stream - pos usually negative.\nReturns the new absolute position.") { vm, v, a in vm.guarded { () throws(Raised) in try vm.bytesSeek(PyBytesIO(v), a[0], a[1]) } }
        t.getset("closed", "True if the file is closed.", get: { _, v in Value(PyBytesIO(v).isClosed) })
    }

    private func trueIfOpen(_ v: Value) -> Value {
        guarded { () throws(Raised) in
            try checkOpen(PyBytesIO(v))
            return .true
        }
    }

    private func bytesSeek(_ b: PyBytesIO, _ position: Value, _ whence: Value) throws(Raised) -> Value {
        var target = try indexInt(position)
        let mode = try cInt(whence)
        try checkOpen(b)
        if target < 0 && mode == 0 { throw raise(.valueError, "negative seek value \(target)") }
        if mode < 0 || mode > 2 { throw raise(.valueError, "invalid whence (\(mode), should be 0, 1 or 2)") }
        let base = mode == 1 ? b.ref.pointee.position : mode == 2 ? b.ref.pointee.size : 0
        let (sum, overflow) = target.addingReportingOverflow(base)
        if overflow { throw raise(.overflowError, "new position too large") }
        target = max(0, sum)
        b.ref.pointee.position = target
        return int(target)
    }

    private func defineBytesIOReading(_ t: TypeBuilder) {
        t.defN("read1($self, size=-1, /)", "Read at most size bytes, returned as a bytes object.\n\nIf the size argument is negative or omitted, read until EOF is reached.\nReturn an empty bytes object at EOF.") { vm, v, a in vm.guarded { () throws(Raised) in try vm.bytesRead(PyBytesIO(v), a[0]) } }
        t.defN("read($self, size=-1, /)", "Read at most size bytes, returned as a bytes object.\n\nIf the size argument is negative, read until EOF is reached.\nReturn an empty bytes object at EOF.") { vm, v, a in vm.guarded { () throws(Raised) in try vm.bytesRead(PyBytesIO(v), a[0]) } }
        t.def1("readinto($self, buffer, /)", "Read bytes into buffer.\n\nReturns number of bytes read (0 for EOF), or None if the object\nis set not to block and has no data to read.") { vm, v, buffer in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                return try vm.withWritableBuffer(buffer, "readinto") { target, count throws(Raised) in
                    try vm.checkOpen(b)
                    let n = min(count, b.remaining)
                    if let target, n > 0 {
                        target.copyMemory(from: b.bytes + b.ref.pointee.position, byteCount: n)
                        b.ref.pointee.position += n
                    }
                    return vm.int(n)
                }
            }
        }
        t.defN("readline($self, size=-1, /)", "Next line from the file, as a bytes object.\n\nRetain newline.  A non-negative size argument limits the maximum\nnumber of bytes to return (an incomplete line may be returned then).\nReturn an empty bytes object at EOF.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                let limit = try vm.optionalSize(a[0])
                try vm.checkOpen(b)
                return try vm.bytesTake(b, vm.bytesLineLength(b, limit))
            }
        }
        t.defN("readlines($self, size=None, /)", "List of bytes objects, each a line from the file.\n\nCall readline() repeatedly and return a list of the lines so read.\nThe optional size argument, if given, is an approximate bound on the\ntotal number of bytes in the lines returned.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                try vm.checkOpen(b)
                var most = 0
                if !a[0].isNull && !a[0].isNone {
                    if !vm.hasIndex(a[0]) { throw vm.raise(.typeError, "integer argument expected, got '\(vm.typeName(a[0]))'") }
                    most = try vm.sizeArgument(a[0])
                }
                let lines = try vm.newList()
                var total = 0
                while true {
                    let count = vm.bytesLineLength(b, -1)
                    if count == 0 { break }
                    try lines.append(vm, try vm.bytesTake(b, count))
                    total += count
                    if most > 0 && total >= most { break }
                }
                return lines.value
            }
        }
        t.def0("getbuffer($self, /)", "Get a read-write view over the contents of the BytesIO object.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                let holder = vm.newFields(PyType(vm.io.pointee.bytesIOBuffer), v)
                return try vm.newMemoryView(holder, writable: true)
            }
        }
        t.def0("getvalue($self, /)", "Retrieve the entire contents of the BytesIO object.") { vm, v in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                try vm.checkOpen(b)
                if b.ref.pointee.size != b.capacity || b.ref.pointee.exports > 0 {
                    if b.ref.pointee.exports > 0 { return try vm.bytes(UnsafeBufferPointer(start: b.bytes, count: b.ref.pointee.size)) }
                    try vm.setCapacity(b, b.ref.pointee.size)
                }
                b.ref.pointee.isShared = true
                return b.ref.pointee.buffer
            }
        }
    }

    private func bytesRead(_ b: PyBytesIO, _ size: Value) throws(Raised) -> Value {
        let wanted = try optionalSize(size)
        try checkOpen(b)
        let most = b.remaining
        return try bytesTake(b, wanted < 0 || wanted > most ? most : wanted)
    }

    private func defineBytesIOWriting(_ t: TypeBuilder) {
        t.def1("write($self, b, /)", "Write bytes to file.\n\nReturn the number of bytes written.") { vm, v, data in vm.guarded { () throws(Raised) in try vm.bytesWrite(PyBytesIO(v), data) } }
        t.def1("writelines($self, lines, /)", "Write lines to the file.\n\nNote that newlines are not added.  lines can be any iterable object\nproducing bytes-like objects. This is equivalent to calling write() for\neach element.") { vm, v, lines in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyBytesIO(v))
                let iterator = try vm.iter(lines)
                while let line = try vm.next(iterator) { _ = try vm.bytesWrite(PyBytesIO(v), line) }
                return .none
            }
        }
        t.defN("truncate($self, size=None, /)", "Truncate the file to at most size bytes.\n\nSize defaults to the current file position, as returned by tell().\nThe current file position is unchanged.  Returns the new size.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                try vm.checkOpen(b)
                try vm.checkExports(b)
                let size = try vm.optionalSize(a[0], b.ref.pointee.position)
                if size < 0 { throw vm.raise(.valueError, "negative size value \(size)") }
                if size < b.ref.pointee.size {
                    b.ref.pointee.size = size
                    if size < b.capacity / 2 || b.ref.pointee.isShared { try vm.setCapacity(b, size) }
                }
                return vm.int(size)
            }
        }
    }

    private func defineBytesIOPickling(_ t: TypeBuilder) {
        t.def0("-__getstate__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let value = try vm.callMethod(v, vm.intern("getvalue"))
                let type = vm.type(of: v)
                let dict = vm.attrs(v, type).pointee.shape == nil ? Value.none : try PyDict(vm.materializeDict(v, type)).copy(vm).value
                return vm.tuple(value, vm.int(PyBytesIO(v).ref.pointee.position), dict)
            }
        }
        t.def1("-__setstate__($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                if !vm.isTuple(state) || PyTuple(state).count < 3 {
                    throw vm.raise(.typeError, "\(vm.typeName(v)).__setstate__ argument should be 3-tuple, got \(vm.typeName(state))")
                }
                let b = PyBytesIO(v)
                try vm.checkOpen(b)
                try vm.checkExports(b)
                b.ref.pointee.size = 0
                b.ref.pointee.position = 0
                b.ref.pointee.buffer = vm.state.pointee.emptyBytes
                b.ref.pointee.isShared = true
                let parts = PyTuple(state)
                _ = try vm.bytesWrite(b, parts[0])
                if !vm.isInt(parts[1]) {
                    throw vm.raise(.typeError, "second item of state must be an integer, not \(vm.typeName(parts[1]))")
                }
                let position = try vm.indexInt(parts[1])
                if position < 0 { throw vm.raise(.valueError, "position value cannot be negative") }
                b.ref.pointee.position = position
                try vm.mergeState(v, parts[2])
                return .none
            }
        }
        t.def0("-__sizeof__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let b = PyBytesIO(v)
                return vm.int(88 + (b.isClosed || b.ref.pointee.isShared ? 0 : b.capacity + 33))
            }
        }
    }

    /// The last item of a pickled state: None or the instance's attributes.
    func mergeState(_ v: Value, _ dict: Value) throws(Raised) {
        if dict.isNone { return }
        if !isDict(dict) { throw raise(.typeError, "third item of state should be a dict, got a \(typeName(dict))") }
        let source = PyDict(dict)
        var position = 0
        while let (key, value) = source.next(&position) { try setInstanceAttribute(v, type(of: v), isExactStr(key) ? internValue(key) : key, value) }
    }
}
