// `TextIOWrapper`: the type and its methods. CPython: Modules/_io/textio.c.
import PyRuntime

extension VM {
    func makeTextIOWrapper(_ m: ModuleBuilder) {
        let t = makeType(
            "TextIOWrapper", module: "_io", base: PyType(io.pointee.textIOBase), size: (MemoryLayout<TextIOLayout>.size + 7) & ~7, trace: .words,
            fieldsEnd: MemoryLayout<TextIOLayout>.offset(of: \TextIOLayout.snapshotFlags) ?? 0)
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.doc("Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding gives the name of the encoding that the stream will be\ndecoded or encoded with. It defaults to locale.getpreferredencoding(False).\n\nerrors determines the strictness of encoding and decoding (see\nhelp(codecs.Codec) or the documentation for codecs.register) and\ndefaults to \"strict\".\n\nnewline controls how line endings are handled. It can be None, '',\n'\\n', '\\r', and '\\r\\n'.  It works as follows:\n\n* On input, if newline is None, universal newlines mode is\n  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n  these are translated into '\\n' before being returned to the\n  caller. If it is '', universal newline mode is enabled, but line\n  endings are returned to the caller untranslated. If it has any of\n  the other legal values, input lines are only terminated by the given\n  string, and the line ending is returned to the caller untranslated.\n\n* On output, if newline is None, any '\\n' characters written are\n  translated to the system default line separator, os.linesep. If\n  newline is '' or '\\n', no translation takes place. If newline is any\n  of the other legal values, any '\\n' characters written are translated\n  to the given string.\n\nIf line_buffering is True, a call to flush is implied when a call to\nwrite contains a newline character.", signature: "(buffer, encoding=None, errors=None, newline=None,\n              line_buffering=False, write_through=False)")
        io.pointee.textIOWrapper = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in vm.newTextIO(PyType(type)) }
        t.initialize("(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                for (i, name) in [(1, "encoding"), (2, "errors"), (3, "newline")] as [(Int, StaticString)] {
                    try vm.checkOptionalStr(a[i], "TextIOWrapper", name)
                }
                let lines = a[4].isNull ? false : try vm.cInt(a[4]) != 0
                let through = a[5].isNull ? false : try vm.cInt(a[5]) != 0
                try vm.initTextIO(PyTextIO(v), a[0], a[1], a[2], a[3], lines, through)
                return .none
            }
        }
        t.type.slots.repr = { vm, v in vm.guarded { () throws(Raised) in try vm.textRepr(PyTextIO(v)) } }
        defineTextTransfer(t)
        defineTextPositions(t)
        defineTextState(t)
        defineTextAttributes(t)
        readyType(t.type)
        m.attribute("TextIOWrapper", t.type.value)
    }

    /// TypeError unless NULL, None or a str.
    func checkOptionalStr(_ value: Value, _ function: StaticString, _ argument: StaticString) throws(Raised) {
        if value.isNull || value.isNone || isStr(value) { return }
        throw raise(.typeError, "\(function)() argument '\(argument)' must be str or None, not \(argumentTypeName(value))")
    }

    private func defineTextTransfer(_ t: TypeBuilder) {
        t.def1("write($self, text, /)", "") { vm, v, text in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(text) { throw vm.raise(.typeError, "write() argument must be str, not \(vm.argumentTypeName(text))") }
                try vm.checkAttached(PyTextIO(v))
                try vm.checkOpen(PyTextIO(v))
                try vm.textWrite(PyTextIO(v), text)
                return vm.int(PyStr(text).count)
            }
        }
        t.defN("read($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let count = try vm.optionalSize(a[0])
                try vm.checkAttached(PyTextIO(v))
                try vm.checkOpen(PyTextIO(v))
                return try vm.textRead(PyTextIO(v), count)
            }
        }
        t.defN("readline($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let limit = a[0].isNull ? -1 : try vm.indexInt(a[0])
                try vm.checkAttached(PyTextIO(v))
                try vm.checkOpen(PyTextIO(v))
                return try vm.textReadline(PyTextIO(v), limit)
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let t = PyTextIO(v)
                try vm.checkAttached(t)
                t.ref.pointee.telling = false
                let line: Value
                if v.isExactly(PyType(vm.io.pointee.textIOWrapper)) {
                    try vm.checkOpen(t)
                    line = try vm.textReadline(t, -1)
                } else {
                    line = try vm.callMethod(v, vm.ioName(.readline))
                    if !vm.isStr(line) {
                        throw vm.raise(.osError, "readline() should have returned a str object, not '\(vm.typeName(line))'")
                    }
                }
                if PyStr(line).count > 0 { return line }
                t.ref.pointee.snapshot = .null
                t.ref.pointee.telling = t.ref.pointee.seekable
                return .null
            }
        }
    }

    private func defineTextPositions(_ t: TypeBuilder) {
        t.defN("seek($self, cookie, whence=0, /)", "") { vm, v, a in vm.guarded { () throws(Raised) in try vm.textSeek(PyTextIO(v), a[0], a[1]) } }
        t.def0("tell($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.textTell(PyTextIO(v)) } }
        t.defN("truncate($self, pos=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                try vm.checkAttached(PyTextIO(v))
                _ = try vm.callMethod(v, vm.ioName(.flush))
                return try vm.callMethod(PyTextIO(v).ref.pointee.buffer, vm.ioName(.truncate), a[0].isNull ? .none : a[0])
            }
        }
    }

    private func defineTextState(_ t: TypeBuilder) {
        t.def0("detach($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let t = PyTextIO(v)
                try vm.checkAttached(t)
                _ = try vm.callMethod(v, vm.ioName(.flush))
                let buffer = t.ref.pointee.buffer
                t.ref.pointee.buffer = .null
                t.ref.pointee.isDetached = true
                t.ref.pointee.isReady = false
                return buffer
            }
        }
        t.defN("reconfigure($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)", "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream flush.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let newline = a[2] == .ellipsis ? Value.null : a[2]
                try vm.checkAttached(PyTextIO(v))
                try vm.reconfigure(PyTextIO(v), encoding: a[0], errors: a[1], newline: newline, lineBuffering: a[3], writeThrough: a[4])
                return .none
            }
        }
        t.def0("flush($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.textFlush(PyTextIO(v)) } }
        t.def0("close($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.textClose(PyTextIO(v)) } }
        t.def0("fileno($self, /)", "") { vm, v in vm.askBuffer(v, .fileno) }
        t.def0("seekable($self, /)", "") { vm, v in vm.askBuffer(v, .seekable) }
        t.def0("readable($self, /)", "") { vm, v in vm.askBuffer(v, .readable) }
        t.def0("writable($self, /)", "") { vm, v in vm.askBuffer(v, .writable) }
        t.def0("isatty($self, /)", "") { vm, v in vm.askBuffer(v, .isatty) }
    }

    private func askBuffer(_ v: Value, _ method: IOName) -> Value {
        guarded { () throws(Raised) in
            try checkAttached(PyTextIO(v))
            return try callMethod(PyTextIO(v).ref.pointee.buffer, ioName(method))
        }
    }

    private func textClose(_ t: PyTextIO) throws(Raised) -> Value {
        try checkAttached(t)
        if try isClosed(t.value) { return .none }
        let buffer = t.ref.pointee.buffer
        if t.ref.pointee.finalizing {
            do { _ = try callMethod(buffer, ioName(.deallocWarn), t.value) } catch { clearRaised() }
        }
        var pending = Value.null
        do { _ = try callMethod(t.value, ioName(.flush)) } catch { pending = takeRaised() }
        let answer: Value
        do { answer = try callMethod(buffer, ioName(.close)) } catch { throw chain(pending) }
        if pending.isObject { throw restoreRaised(pending) }
        return answer
    }

    private func textRepr(_ t: PyTextIO) throws(Raised) -> Value {
        try checkInitialized(t)
        if try !enterRepr(t.value) { throw raise(.runtimeError, "reentrant call inside \(typeName(t.value)).__repr__") }
        defer { leaveRepr(t.value) }
        var text = "<_io.TextIOWrapper"
        for (key, name) in [("name", IOName.name), ("mode", .mode)] as [(StaticString, IOName)] {
            do {
                let found = try getAttrIfPresent(t.value, ioName(name))
                if !found.isNull { text += " \(key)=\(try reprText(found))" }
            } catch {
                if !raisedMatches(.valueError) { throw Raised() }
                clearRaised()
            }
        }
        return str("\(text) encoding=\(try reprText(t.ref.pointee.encoding))>")
    }

    private func checkInitialized(_ t: PyTextIO) throws(Raised) {
        if !t.ref.pointee.isReady && !t.ref.pointee.isDetached { throw raise(.valueError, "I/O operation on uninitialized object") }
    }

    private func bufferAttribute(_ v: Value, _ name: IOName) -> Value {
        guarded { () throws(Raised) in
            try checkAttached(PyTextIO(v))
            return try getAttr(PyTextIO(v).ref.pointee.buffer, ioName(name))
        }
    }

    private func defineTextAttributes(_ t: TypeBuilder) {
        t.member("encoding", offset: MemoryLayout<TextIOLayout>.offset(of: \TextIOLayout.encoding) ?? 0)
        t.member("buffer", offset: MemoryLayout<TextIOLayout>.offset(of: \TextIOLayout.buffer) ?? 0)
        t.computedMember("line_buffering", nil, get: { _, v in Value(PyTextIO(v).ref.pointee.lineBuffering) })
        t.computedMember("write_through", nil, get: { _, v in Value(PyTextIO(v).ref.pointee.writeThrough) })
        t.computedMember("_finalizing", nil, get: { _, v in Value(PyTextIO(v).ref.pointee.finalizing) }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                if value.isNull { throw vm.raise(.typeError, "can't delete numeric/char attribute") }
                if !value.isBool { throw vm.raise(.typeError, "attribute value type must be bool") }
                PyTextIO(v).ref.pointee.finalizing = value.isTrue
            }
        })
        t.getset("name", nil, get: { vm, v in vm.bufferAttribute(v, .name) })
        t.getset("closed", nil, get: { vm, v in vm.bufferAttribute(v, .closed) })
        t.getset("newlines", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                let t = PyTextIO(v)
                try vm.checkAttached(t)
                if t.ref.pointee.decodes == .none || !t.ref.pointee.universal { return .none }
                return vm.newlinesSeen(t.ref.pointee.newlines.seen)
            }
        })
        t.getset("errors", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkInitialized(PyTextIO(v))
                return PyTextIO(v).ref.pointee.errors
            }
        })
        t.getset("_CHUNK_SIZE", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkAttached(PyTextIO(v))
                return vm.int(PyTextIO(v).ref.pointee.chunkSize)
            }
        }, set: { vm, v, value in
            vm.guardedStatus { () throws(Raised) in
                try vm.checkAttached(PyTextIO(v))
                if value.isNull { throw vm.raise(.attributeError, "cannot delete attribute") }
                let size = try vm.indexInt(value, overflow: .valueError)
                if size <= 0 { throw vm.raise(.valueError, "a strictly positive integer is required") }
                PyTextIO(v).ref.pointee.chunkSize = size
            }
        })
    }
}
