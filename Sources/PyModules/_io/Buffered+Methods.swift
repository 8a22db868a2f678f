// The types `BufferedReader`, `BufferedWriter`, `BufferedRandom`: their methods. CPython: Modules/_io/bufferedio.c.
import PyRuntime

extension VM {
    private func makeBuffered(_ name: StaticString) -> TypeBuilder {
        let t = makeType(
            name, module: "_io", base: PyType(io.pointee.bufferedIOBase), size: (MemoryLayout<BufferedLayout>.size + 7) & ~7, trace: .words,
            fieldsEnd: 24)
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.type.slots.new = { vm, type, _, _, _ in vm.newInstance(PyType(type)) }
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let type = vm.typeText(vm.type(of: v))
                let name: Value
                do { name = try vm.getAttrIfPresent(v, vm.ioName(.name)) } catch {
                    if !vm.raisedMatches(.valueError) { throw Raised() }
                    vm.clearRaised()
                    return vm.str("<\(type)>")
                }
                if name.isNull { return vm.str("<\(type)>") }
                return vm.str("<\(type) name=\(try vm.reprInside(v, name))>")
            }
        }
        return t
    }

    func makeBufferedTypes(_ m: ModuleBuilder) {
        let reader = makeBuffered("BufferedReader")
        reader.doc("Create a new buffered reader using the given readable raw IO object.", signature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)")
        reader.initialize("(raw, buffer_size=DEFAULT_BUFFER_SIZE)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.initBuffered(v, a[0], size: a[1], readable: true, writable: false)
                return .none
            }
        }
        io.pointee.bufferedReader = reader.type.value
        defineBufferedCommon(reader)
        defineBufferedAble(reader, .readable)
        defineBufferedReading(reader)
        reader.def0("-flush($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkReady(PyBuffered(v))
                return try vm.callMethod(PyBuffered(v).ref.pointee.raw, vm.ioName(.flush))
            }
        }
        let writer = makeBuffered("BufferedWriter")
        writer.doc("A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter for the given writeable raw\nstream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE.", signature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)")
        writer.initialize("(raw, buffer_size=DEFAULT_BUFFER_SIZE)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.initBuffered(v, a[0], size: a[1], readable: false, writable: true)
                return .none
            }
        }
        io.pointee.bufferedWriter = writer.type.value
        defineBufferedCommon(writer)
        defineBufferedAble(writer, .writable)
        defineBufferedWriting(writer)
        let random = makeBuffered("BufferedRandom")
        random.doc("A buffered interface to random access streams.\n\nThe constructor creates a reader and writer for a seekable stream,\nraw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE.", signature: "(raw, buffer_size=DEFAULT_BUFFER_SIZE)")
        random.initialize("(raw, buffer_size=DEFAULT_BUFFER_SIZE)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.initBuffered(v, a[0], size: a[1], readable: true, writable: true)
                return .none
            }
        }
        io.pointee.bufferedRandom = random.type.value
        defineBufferedCommon(random)
        defineBufferedAble(random, .readable)
        defineBufferedAble(random, .writable)
        defineBufferedReading(random)
        defineBufferedWriting(random)
        for t in [reader, writer, random] { readyType(t.type) }
        m.attribute("BufferedReader", reader.type.value)
        m.attribute("BufferedWriter", writer.type.value)
        m.attribute("BufferedRandom", random.type.value)
    }

    private func defineBufferedAble(_ t: TypeBuilder, _ which: IOName) {
        if which == .readable {
            t.def0("-readable($self, /)", "") { vm, v in vm.askRaw(v, .readable) }
        } else {
            t.def0("-writable($self, /)", "") { vm, v in vm.askRaw(v, .writable) }
        }
    }

    private func askRaw(_ v: Value, _ method: IOName) -> Value {
        guarded { () throws(Raised) in
            try checkReady(PyBuffered(v))
            return try callMethod(PyBuffered(v).ref.pointee.raw, ioName(method))
        }
    }

    private func rawAttribute(_ v: Value, _ name: IOName) -> Value {
        guarded { () throws(Raised) in
            try checkReady(PyBuffered(v))
            return try getAttr(PyBuffered(v).ref.pointee.raw, ioName(name))
        }
    }

    private func defineBufferedCommon(_ t: TypeBuilder) {
        t.def0("-detach($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.bufferedDetach(PyBuffered(v)) } }
        t.def0("-close($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.bufferedClose(PyBuffered(v)) } }
        t.def0("-seekable($self, /)", "") { vm, v in vm.askRaw(v, .seekable) }
        t.def0("-fileno($self, /)", "") { vm, v in vm.askRaw(v, .fileno) }
        t.def0("-isatty($self, /)", "") { vm, v in vm.askRaw(v, .isatty) }
        t.def1("-_dealloc_warn($self, source, /)", "") { vm, v, source in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                if b.ref.pointee.isReady && b.ref.pointee.raw.isObject {
                    do { _ = try vm.callMethod(b.ref.pointee.raw, vm.ioName(.deallocWarn), source) } catch { vm.clearRaised() }
                }
                return .none
            }
        }
        t.defN("seek($self, target, whence=0, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.bufferedSeek(PyBuffered(v), a[0], a[1]) }
        }
        t.def0("-tell($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkReady(PyBuffered(v))
                return vm.int(try vm.bufferedTell(PyBuffered(v)))
            }
        }
        t.defN("truncate($self, pos=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.bufferedTruncate(PyBuffered(v), a[0]) }
        }
        t.def0("-__sizeof__($self, /)", "") { vm, v in
            let b = PyBuffered(v)
            return vm.int(168 + (b.ref.pointee.storage.isNull ? 0 : b.ref.pointee.size))
        }
        t.getset("raw", nil, get: { _, v in
            let raw = PyBuffered(v).ref.pointee.raw
            return raw.isNull ? .none : raw
        })
        t.computedMember("_finalizing", nil, get: { _, v in Value(PyBuffered(v).ref.pointee.finalizing) }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                if !value.isBool { throw vm.raise(.typeError, "attribute value type must be bool") }
                PyBuffered(v).ref.pointee.finalizing = value.isTrue
            }
        })
        t.getset("closed", nil, get: { vm, v in vm.rawAttribute(v, .closed) })
        t.getset("name", nil, get: { vm, v in vm.rawAttribute(v, .name) })
        t.getset("mode", nil, get: { vm, v in vm.rawAttribute(v, .mode) })
    }

    private func defineBufferedReading(_ t: TypeBuilder) {
        t.defN("read($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                let count = try vm.optionalSize(a[0])
                try vm.checkReady(b)
                if count < -1 { throw vm.raise(.valueError, "read length must be non-negative or -1") }
                try vm.checkOpen(b, "read of")
                return try vm.locked(b) { () throws(Raised) in count < 0 ? try vm.bufferedReadAll(b) : try vm.bufferedRead(b, count) }
            }
        }
        t.defN("peek($self, size=0, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                if !a[0].isNull { _ = try vm.indexInt(a[0]) }
                try vm.checkReady(b)
                try vm.checkOpen(b, "peek of")
                return try vm.locked(b) { () throws(Raised) in try vm.bufferedPeek(b) }
            }
        }
        t.defN("read1($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                let count = a[0].isNull ? -1 : try vm.indexInt(a[0])
                try vm.checkReady(b)
                try vm.checkOpen(b, "read of")
                return try vm.locked(b) { () throws(Raised) in try vm.bufferedRead1(b, count) }
            }
        }
        t.def1("readinto($self, buffer, /)", "") { vm, v, buffer in
            vm.guarded { () throws(Raised) in try vm.readInto(PyBuffered(v), buffer, "readinto", once: false) }
        }
        t.def1("readinto1($self, buffer, /)", "") { vm, v, buffer in
            vm.guarded { () throws(Raised) in try vm.readInto(PyBuffered(v), buffer, "readinto1", once: true) }
        }
        t.defN("readline($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let limit = try vm.optionalSize(a[0])
                try vm.checkReady(PyBuffered(v))
                return try vm.readlineChecked(PyBuffered(v), limit)
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                try vm.checkReady(b)
                let type = vm.type(of: v).value
                if type == vm.io.pointee.bufferedReader || type == vm.io.pointee.bufferedRandom {
                    let line = try vm.readlineChecked(b, -1)
                    return PyBytes(line).count == 0 ? .null : line
                }
                let line = try vm.callMethod(v, vm.ioName(.readline))
                if !vm.isBytes(line) {
                    throw vm.raise(.osError, "readline() should have returned a bytes object, not '\(vm.typeName(line))'")
                }
                return PyBytes(line).count == 0 ? .null : line
            }
        }
    }

    @inline(__always) private func readlineChecked(_ b: PyBuffered, _ limit: Int) throws(Raised) -> Value {
        try checkOpen(b, "readline of")
        return try locked(b) { () throws(Raised) in try self.bufferedReadline(b, limit) }
    }

    private func readInto(_ b: PyBuffered, _ buffer: Value, _ name: StaticString, once: Bool) throws(Raised) -> Value {
        try withWritableBuffer(buffer, name) { target, count throws(Raised) in
            try self.checkReady(b)
            try self.checkOpen(b, "readinto of")
            return try self.locked(b) { () throws(Raised) in try self.bufferedReadInto(b, target, count, once: once) }
        }
    }

    private func defineBufferedWriting(_ t: TypeBuilder) {
        t.def1("write($self, buffer, /)", "") { vm, v, data in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                return try vm.withReadableBuffer(data) { view throws(Raised) in
                    try vm.checkReady(b)
                    return try vm.locked(b) { () throws(Raised) in
                        if try vm.isClosed(b) { throw vm.raise(.valueError, "write to closed file") }
                        try vm.bufferedWrite(b, view.baseAddress, view.count)
                        return vm.int(view.count)
                    }
                }
            }
        }
        t.def0("-flush($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let b = PyBuffered(v)
                try vm.checkReady(b)
                if try vm.isClosed(b) { throw vm.raise(.valueError, "flush of closed file") }
                return try vm.locked(b) { () throws(Raised) in
                    try vm.bufferedFlush(b)
                    return .none
                }
            }
        }
    }
}
