// `StringIO`: its methods. CPython: Modules/_io/stringio.c.
import PyRuntime

extension VM {
    func defineStringIO(_ t: TypeBuilder) {
        defineStringTransfer(t)
        defineStringPositions(t)
        defineStringState(t)
    }

    private func defineStringTransfer(_ t: TypeBuilder) {
        t.def0("getvalue($self, /)", "Retrieve the entire contents of the object.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyStringIO(v))
                return try vm.stringSlice(PyStringIO(v), 0, PyStringIO(v).ref.pointee.size)
            }
        }
        t.defN("read($self, size=-1, /)", "Read at most size characters, returned as a string.\n\nIf the argument is negative or omitted, read until EOF\nis reached. Return an empty string at EOF.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let s = PyStringIO(v)
                let count = try vm.optionalSize(a[0])
                try vm.checkOpen(s)
                let start = s.ref.pointee.position
                let left = max(0, s.ref.pointee.size - start)
                let n = count < 0 || count > left ? left : count
                if n == 0 { return vm.emptyStr }
                s.ref.pointee.position = start + n
                return try vm.stringSlice(s, start, start + n)
            }
        }
        t.defN("readline($self, size=-1, /)", "Read until newline or EOF.\n\nReturns an empty string if EOF is hit immediately.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let limit = try vm.optionalSize(a[0])
                try vm.checkOpen(PyStringIO(v))
                return try vm.stringReadline(PyStringIO(v), limit)
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyStringIO(v))
                let line: Value
                if v.isExactly(PyType(vm.io.pointee.stringIO)) {
                    line = try vm.stringReadline(PyStringIO(v), -1)
                } else {
                    line = try vm.callMethod(v, vm.ioName(.readline))
                    if !vm.isStr(line) {
                        throw vm.raise(.osError, "readline() should have returned a str object, not '\(vm.typeName(line))'")
                    }
                }
                return PyStr(line).count == 0 ? .null : line
            }
        }
        t.def1("write($self, s, /)", "Write string to file.\n\nReturns the number of characters written, which is always equal to\nthe length of the string.") { vm, v, text in
            vm.guarded { () throws(Raised) in
                let s = PyStringIO(v)
                if !s.ref.pointee.isReady { throw vm.raise(.valueError, "I/O operation on uninitialized object") }
                if !vm.isStr(text) { throw vm.raise(.typeError, "string argument expected, got '\(vm.typeName(text))'") }
                try vm.checkOpen(s)
                try vm.stringWrite(s, text)
                return vm.int(PyStr(text).count)
            }
        }
    }

    private func defineStringPositions(_ t: TypeBuilder) {
        t.def0("tell($self, /)", "Tell the current file position.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyStringIO(v))
                return vm.int(PyStringIO(v).ref.pointee.position)
            }
        }
        t.defN("truncate($self, pos=None, /)", "Truncate size to pos.\n\nThe pos argument defaults to the current file position, as\nreturned by tell().  The current file position is unchanged.\nReturns the new absolute position.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let s = PyStringIO(v)
                let size = try vm.optionalSize(a[0], s.ref.pointee.position)
                try vm.checkOpen(s)
                if size < 0 { throw vm.raise(.valueError, "Negative size value \(size)") }
                if size < s.ref.pointee.size { s.ref.pointee.size = size }
                return vm.int(size)
            }
        }
        t.defN("seek($self, pos, whence=0, /)", "Change stream position.\n\nSeek to character offset pos relative to position indicated by whence:\n    0  Start of stream (the default).  pos should be >= 0;\n    1  Current position - pos must be 0;\n    2  End of stream - pos must be 0.\nReturns the new absolute position.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let s = PyStringIO(v)
                let target = try vm.indexInt(a[0])
                let whence = try vm.cInt(a[1])
                try vm.checkOpen(s)
                if whence < 0 || whence > 2 { throw vm.raise(.valueError, "Invalid whence (\(whence), should be 0, 1 or 2)") }
                if target < 0 && whence == 0 { throw vm.raise(.valueError, "Negative seek position \(target)") }
                if whence != 0 && target != 0 { throw vm.raise(.osError, "Can't do nonzero cur-relative seeks") }
                if whence == 0 { s.ref.pointee.position = target }
                if whence == 2 { s.ref.pointee.position = s.ref.pointee.size }
                return vm.int(s.ref.pointee.position)
            }
        }
    }

    private func trueIfOpen(_ v: Value) -> Value {
        guarded { () throws(Raised) in
            try checkOpen(PyStringIO(v))
            return .true
        }
    }

    private func defineStringState(_ t: TypeBuilder) {
        t.def0("close($self, /)", "Close the IO object.\n\nAttempting any further operation after the object is closed\nwill raise a ValueError.\n\nThis method has no effect if the file is already closed.") { vm, v in
            PyStringIO(v).ref.pointee.isClosed = true
            PyStringIO(v).ref.pointee.storage = .null
            PyStringIO(v).ref.pointee.size = 0
            PyStringIO(v).ref.pointee.capacity = 0
            return .none
        }
        t.def0("seekable($self, /)", "Returns True if the IO object can be seeked.") { vm, v in vm.trueIfOpen(v) }
        t.def0("readable($self, /)", "Returns True if the IO object can be read.") { vm, v in vm.trueIfOpen(v) }
        t.def0("writable($self, /)", "Returns True if the IO object can be written.") { vm, v in vm.trueIfOpen(v) }
        t.def0("-__getstate__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let s = PyStringIO(v)
                let text = try vm.callMethod(v, vm.intern("getvalue"))
                let type = vm.type(of: v)
                let dict = vm.attrs(v, type).pointee.shape == nil ? Value.none : try PyDict(vm.materializeDict(v, type)).copy(vm).value
                return vm.tuple(text, s.ref.pointee.newline, vm.int(s.ref.pointee.position), dict)
            }
        }
        t.def1("-__setstate__($self, state, /)", "") { vm, v, state in
            vm.guarded { () throws(Raised) in
                try vm.setStringState(PyStringIO(v), state)
                return .none
            }
        }
        t.getset("closed", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                if !PyStringIO(v).ref.pointee.isReady { throw vm.raise(.valueError, "I/O operation on uninitialized object") }
                return Value(PyStringIO(v).ref.pointee.isClosed)
            }
        })
        t.getset("newlines", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyStringIO(v))
                let s = PyStringIO(v).ref.pointee
                return s.universal ? vm.newlinesSeen(s.newlines.seen) : .none
            }
        })
        t.getset("line_buffering", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkOpen(PyStringIO(v))
                return .false
            }
        })
    }

    private func setStringState(_ s: PyStringIO, _ state: Value) throws(Raised) {
        let v = s.value
        if s.ref.pointee.isClosed { throw closedFile() }
        if !isTuple(state) || PyTuple(state).count < 4 {
            throw raise(.typeError, "\(typeName(v)).__setstate__ argument should be 4-tuple, got \(typeName(state))")
        }
        let parts = PyTuple(state)
        try initStringIO(s, parts[0], parts[1])
        // The value was treated when it was written the first time: put it in as it is.
        if isStr(parts[0]) {
            let universal = s.ref.pointee.universal, end = s.ref.pointee.writeEnd
            s.ref.pointee.universal = false
            s.ref.pointee.writeEnd = 10
            s.ref.pointee.size = 0
            s.ref.pointee.position = 0
            defer {
                s.ref.pointee.universal = universal
                s.ref.pointee.writeEnd = end
            }
            try stringWrite(s, parts[0])
            s.ref.pointee.position = 0
        }
        if !isInt(parts[2]) { throw raise(.typeError, "third item of state must be an integer, got \(typeName(parts[2]))") }
        let position = try indexInt(parts[2])
        if position < 0 { throw raise(.valueError, "position value cannot be negative") }
        s.ref.pointee.position = position
        if !parts[3].isNone && !isDict(parts[3]) {
            throw raise(.typeError, "fourth item of state should be a dict, got a \(typeName(parts[3]))")
        }
        try mergeState(v, parts[3])
    }
}
