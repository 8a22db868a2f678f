// `frame` and `traceback` as Python sees them. CPython: Objects/frameobject.c, Python/traceback.c.
import PyBytecode

extension VM {
    func installFrameTypes() {
        installFrame()
        installTraceback()
    }

    private func installFrame() {
        let type = types.frame
        type.ref.pointee.basicSize = UInt32(MemoryLayout<FrameLayout>.size)
        type.ref.pointee.fieldsEnd = UInt32(MemoryLayout<FrameLayout>.offset(of: \FrameLayout.record) ?? 0)
        type.ref.pointee.traceKind = .words
        type.slots.repr = { vm, f in
            let layout = f.cast(FrameLayout.self)
            let code = layout.pointee.code.cast(CodeLayout.self)
            let line = vm.frameLine(f).map { String($0) } ?? "None"
            return vm.str(
                "<frame at \(vm.addressText(f)), file \(vm.quoted(code.pointee.filename)), line \(line), code \(vm.text(code.pointee.name))>")
        }
        let t = TypeBuilder(self, type)
        t.computedMember("f_back", get: { vm, f in vm.frameBack(f) })
        t.computedMember("f_code", get: { vm, f in f.cast(FrameLayout.self).pointee.code })
        t.computedMember("f_globals", get: { vm, f in f.cast(FrameLayout.self).pointee.globals })
        t.computedMember("f_builtins", get: { vm, f in f.cast(FrameLayout.self).pointee.builtins })
        t.getset("f_locals", get: { vm, f in vm.guarded { () throws(Raised) in try vm.frameLocals(f) } })
        t.getset("f_lasti", get: { vm, f in vm.int(vm.frameLastOffset(f)) })
        t.getset("f_lineno", get: { vm, f in vm.frameLine(f).map { vm.int($0) } ?? .none },
            set: { vm, f, value in vm.guardedStatus { () throws(Raised) in try vm.setFrameLine(f, value) } })
        t.getset("f_trace", get: { vm, f in vm.orNone(f.cast(FrameLayout.self).pointee.trace) },
            set: { vm, f, value in
                f.cast(FrameLayout.self).pointee.trace = value.isNone ? .null : value
                return 0
            })
        t.computedMember("f_trace_lines", get: { vm, f in Value(f.cast(FrameLayout.self).pointee.traceLines) },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isBool else { throw vm.raise(.typeError, "attribute value type must be bool") }
                    f.cast(FrameLayout.self).pointee.traceLines = value.isTrue
                }
            })
        t.computedMember("f_trace_opcodes", get: { vm, f in Value(f.cast(FrameLayout.self).pointee.traceOpcodes) },
            set: { vm, f, value in
                vm.guardedStatus { () throws(Raised) in
                    guard value.isBool else { throw vm.raise(.typeError, "attribute value type must be bool") }
                    f.cast(FrameLayout.self).pointee.traceOpcodes = value.isTrue
                }
            })
        t.def0("-clear($self, /)", "F.clear(): clear most references held by the frame") { vm, f in
            vm.guarded { () throws(Raised) in
                try vm.clearFrame(f)
                return .none
            }
        }
    }

    /// "'text'" as in reprs of plain strings.
    public func quoted(_ value: Value) -> String {
        do { return try reprText(value) } catch {
            clearRaised()
            return "'?'"
        }
    }

    private func clearFrame(_ frame: Value) throws(Raised) {
        let layout = frame.cast(FrameLayout.self)
        if layout.pointee.record != nil { throw raise(.runtimeError, "cannot clear an executing frame") }
        if layout.pointee.generator.isObject {
            _ = try generatorClose(layout.pointee.generator)
        }
        layout.pointee.generator = .null
        layout.pointee.saved = .null
        layout.pointee.trace = .null
        if layout.pointee.exec.pointee.codeFlags & 1 != 0 { layout.pointee.locals = .null }
    }

    private func installTraceback() {
        let type = types.traceback
        type.ref.pointee.basicSize = UInt32(MemoryLayout<TracebackLayout>.size)
        type.ref.pointee.fieldsEnd = UInt32(MemoryLayout<TracebackLayout>.offset(of: \TracebackLayout.lastOffset) ?? 0)
        type.ref.pointee.traceKind = .words
        let t = TypeBuilder(self, type)
        t.doc("TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nCreate a new traceback object.")
        t.new("(tb_next, tb_frame, tb_lasti, tb_lineno)") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard a[0].isNone || a[0].isExactly(vm.types.traceback) else {
                    throw vm.raise(.typeError, "expected traceback object or None, got '\(vm.typeName(a[0]))'")
                }
                guard a[1].isExactly(vm.types.frame) else {
                    throw vm.raise(.typeError, "traceback() argument 'tb_frame' must be frame, not \(vm.argumentTypeName(a[1]))")
                }
                return vm.newTraceback(next: a[0], frame: a[1], lastOffset: try vm.indexInt(a[2]), line: try vm.indexInt(a[3]))
            }
        }
        t.getset("tb_next", get: { vm, tb in tb.cast(TracebackLayout.self).pointee.next },
            set: { vm, tb, value in vm.guardedStatus { () throws(Raised) in try vm.setTracebackNext(tb, value) } })
        t.computedMember("tb_frame", get: { vm, tb in tb.cast(TracebackLayout.self).pointee.frame })
        t.computedMember("tb_lasti", get: { vm, tb in vm.int(tb.cast(TracebackLayout.self).pointee.lastOffset) })
        t.computedMember("tb_lineno", get: { vm, tb in vm.tracebackLine(tb).map { vm.int($0) } ?? .none })
        t.def0("-__dir__($self, /)", "") { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                for name in ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"] { try list.append(vm, vm.intern(name)) }
                return list.value
            }
        }
    }

    func newTraceback(next: Value, frame: Value, lastOffset: Int, line: Int) -> Value {
        let cell = allocateUninitialized(MemoryLayout<TracebackLayout>.size, types.traceback)
            .assumingMemoryBound(to: TracebackLayout.self)
        cell.pointee.next = next
        cell.pointee.frame = frame
        cell.pointee.lastOffset = lastOffset
        cell.pointee.line = line
        return Value(cell)
    }

    /// `tb_lineno`, nil where the instruction has no line.
    public func tracebackLine(_ traceback: Value) -> Int? {
        let layout = traceback.cast(TracebackLayout.self)
        if layout.pointee.line >= 0 { return layout.pointee.line }
        return line(ofCode: layout.pointee.frame.cast(FrameLayout.self).pointee.code, at: layout.pointee.lastOffset)
    }

    /// For printing: (next or None, filename, function name, line).
    public func tracebackEntry(_ traceback: Value) -> (next: Value, filename: Value, name: Value, line: Int?) {
        let layout = traceback.cast(TracebackLayout.self)
        let code = layout.pointee.frame.cast(FrameLayout.self).pointee.code.cast(CodeLayout.self)
        return (layout.pointee.next, code.pointee.filename, code.pointee.name, tracebackLine(traceback))
    }

    private func setTracebackNext(_ traceback: Value, _ value: Value) throws(Raised) {
        if value.isNull { throw raise(.typeError, "can't delete tb_next attribute") }
        guard value.isNone || value.isExactly(types.traceback) else {
            throw raise(.typeError, "expected traceback object, got '\(typeName(value))'")
        }
        var step = value
        while step.isObject {
            if step == traceback { throw raise(.valueError, "traceback loop detected") }
            step = step.cast(TracebackLayout.self).pointee.next
        }
        traceback.cast(TracebackLayout.self).pointee.next = value
    }
}
