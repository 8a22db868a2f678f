// Frame objects: made when Python asks for one (sys._getframe, a traceback, a trace function), attached to the running record,
// and left with a copy of the locals when the call ends. CPython: Objects/frameobject.c.
import PyBytecode

extension VM {
    /// The frame object of a running frame, made if need be. May collect.
    func frameObject(for frame: UnsafeMutablePointer<Frame>) -> Value {
        if frame.pointee.object.isObject { return frame.pointee.object }
        let cell = allocateZeroed(MemoryLayout<FrameLayout>.size, types.frame).assumingMemoryBound(to: FrameLayout.self)
        cell.pointee.code = frame.pointee.code.pointee.code
        cell.pointee.globals = frame.pointee.globals
        cell.pointee.builtins = frame.pointee.builtins
        cell.pointee.locals = frame.pointee.locals
        cell.pointee.function = frame.pointee.function
        cell.pointee.record = frame
        cell.pointee.exec = frame.pointee.code
        cell.pointee.traceLines = true
        frame.pointee.object = Value(cell)
        if frame.pointee.flags.contains(.generator) {
            cell.pointee.generator = frame.pointee.owner
            frame.pointee.owner.cast(GeneratorLayout.self).pointee.frame = Value(cell)
        } else {
            frame.pointee.flags.insert(.hasObject)
        }
        return Value(cell)
    }

    /// The frame object of a suspended (or not begun) generator, made if need be; None once it has finished.
    func frameObject(ofGenerator generator: Value) -> Value {
        let layout = generator.cast(GeneratorLayout.self)
        switch layout.pointee.state {
        case .finished: return .none
        case .running:
            if let record = layout.pointee.running { return frameObject(for: record) }
            return .none
        case .created, .suspended:
            if layout.pointee.frame.isObject { return layout.pointee.frame }
            let cell = allocateZeroed(MemoryLayout<FrameLayout>.size, types.frame).assumingMemoryBound(to: FrameLayout.self)
            cell.pointee.code = layout.pointee.code
            cell.pointee.globals = layout.pointee.globals
            cell.pointee.builtins = layout.pointee.builtins
            cell.pointee.locals = layout.pointee.locals
            cell.pointee.function = layout.pointee.function
            cell.pointee.generator = generator
            cell.pointee.record = nil
            cell.pointee.exec = layout.pointee.exec
            cell.pointee.traceLines = true
                layout.pointee.frame = Value(cell)
            return Value(cell)
        }
    }

    /// The call ends: the frame object keeps the locals and its caller. May collect.
    func detachFrameObject(_ frame: UnsafeMutablePointer<Frame>) {
        let object = frame.pointee.object
        guard object.isObject else { return }
        let layout = object.cast(FrameLayout.self)
        layout.pointee.lastOffset = frame.pointee.code.lastOffset(frame.pointee.pc)
        let count = Int(frame.pointee.code.pointee.stackBase)
        do {
            let saved = try newTuple(count)
            for i in 0..<count { saved[i] = frame.pointee.base[i] }
            layout.pointee.saved = saved.value
        } catch { clearRaised() }
        let below = frame - 1
        // What called it must be findable after it is gone too: tracebacks and `f_back` of kept frames.
        if !frame.pointee.flags.contains(.generator), below > eval.pointee.frames { layout.pointee.back = frameObject(for: below) }
        layout.pointee.record = nil
        layout.pointee.generator = .null
        frame.pointee.object = .null
    }

    /// Where the locals and cells of a frame object are now; nil after `clear()` or if nothing was saved.
    func frameRegisters(_ object: Value) -> UnsafeMutablePointer<Value>? {
        let layout = object.cast(FrameLayout.self)
        if let record = layout.pointee.record { return record.pointee.base }
        if layout.pointee.generator.isObject { return generatorRegisters(layout.pointee.generator) }
        if layout.pointee.saved.isObject { return PyTuple(layout.pointee.saved).items }
        return nil
    }

    /// `f_lasti`.
    func frameLastOffset(_ object: Value) -> Int {
        let layout = object.cast(FrameLayout.self)
        if let record = layout.pointee.record {
            let offset = record.pointee.code.lastOffset(record.pointee.pc)
            return layout.pointee.phase == .suspended && isAtDelegation(record.pointee.pc) ? offset - 2 : offset
        }
        if layout.pointee.generator.isObject {
            let generator = layout.pointee.generator.cast(GeneratorLayout.self)
            let offset = generator.pointee.exec.lastOffset(generator.pointee.pc)
            return generator.pointee.state == .suspended && isAtDelegation(generator.pointee.pc) ? offset - 2 : offset
        }
        return layout.pointee.lastOffset
    }

    /// A suspended YIELD_FROM will be executed again: f_lasti is the instruction before it.
    private func isAtDelegation(_ pc: UnsafeMutablePointer<UInt64>) -> Bool { ExecWord.op(pc[-1]) == .yieldFrom }

    /// `f_lineno`; nil where the code has no line.
    func frameLine(_ object: Value) -> Int? {
        let layout = object.cast(FrameLayout.self)
        return line(ofCode: layout.pointee.code, at: frameLastOffset(object))
    }

    /// The source line of the instruction at a byte offset, by the code's PEP 626 table.
    func line(ofCode code: Value, at offset: Int) -> Int? {
        offset < 0 ? code.cast(CodeLayout.self).pointee.firstlineno : line(inCode: code, at: offset)
    }

    /// The same for an offset that is inside the code.
    func line(inCode code: Value, at offset: Int) -> Int? {
        let layout = code.cast(CodeLayout.self)
        // Pairs (byte delta, signed line delta); -128 = no line. A range covers [start, start + delta).
        var end = 0
        var computed = layout.pointee.firstlineno
        let table = bytesBuffer(layout.pointee.lines)
        var i = 0
        while i + 1 < table.count {
            let delta = Int(table[i])
            let lineDelta = Int(Int8(bitPattern: table[i + 1]))
            let start = end
            end += delta
            if lineDelta != -128 { computed += lineDelta }
            if offset >= start && offset < end { return lineDelta == -128 ? nil : computed }
            i += 2
        }
        return nil
    }

    /// `f_locals`: for functions a dict refreshed from the registers at each access; else the namespace itself. May collect.
    func frameLocals(_ object: Value) throws(Raised) -> Value {
        let layout = object.cast(FrameLayout.self)
        let exec = layout.pointee.exec
        let code = layout.pointee.code.cast(CodeLayout.self)
        if exec.pointee.codeFlags & 1 == 0 && layout.pointee.locals.isObject {
            try mergeCells(object, into: layout.pointee.locals)
            return layout.pointee.locals
        }
        if !layout.pointee.locals.isObject { layout.pointee.locals = newDict().value }
        let dict = PyDict(layout.pointee.locals)
        guard let registers = frameRegisters(object) else { return dict.value }
        let varnames = PyTuple(code.pointee.varnames)
        for i in 0..<Int(exec.pointee.localCount) { try reflect(dict, varnames[i], registers[i]) }
        let cells = PyTuple(code.pointee.cellvars)
        let free = PyTuple(code.pointee.freevars)
        let first = Int(exec.pointee.localCount)
        for i in 0..<(cells.count + free.count) {
            let cell = registers[first + i]
            let contents = cell.isExactly(types.cell) ? cell.cast(CellLayout.self).pointee.contents : .null
            let name = i < cells.count ? cells[i] : free[i - cells.count]
            // A parameter that is a cell not set up yet is still in its register.
            if contents.isNull && !cell.isObject && i < cells.count { continue }
            try reflect(dict, name, contents)
        }
        return dict.value
    }

    private func reflect(_ dict: PyDict, _ name: Value, _ value: Value) throws(Raised) {
        if value.isNull { _ = try dict.remove(self, name) } else { try dict.set(self, name, value) }
    }

    /// Class bodies: free variables show in `locals()` only for optimised code, cell variables never do, as in CPython.
    private func mergeCells(_ object: Value, into locals: Value) throws(Raised) {}

    /// `locals()` of the running frame.
    func currentLocals() throws(Raised) -> Value {
        let frame = eval.pointee.top
        if frame == eval.pointee.frames { throw raise(.systemError, "frame does not exist") }
        if frame.pointee.code.pointee.codeFlags & 1 == 0 && frame.pointee.locals.isObject { return frame.pointee.locals }
        return try frameLocals(frameObject(for: frame))
    }

    /// `globals()`: NULL when nothing runs.
    func currentGlobals() -> Value {
        let frame = eval.pointee.top
        return frame == eval.pointee.frames ? .null : frame.pointee.globals
    }

    /// The frame `depth` calls up: `sys._getframe(depth)`; NULL if the stack is not that deep.
    func frameObject(depth: Int) -> Value {
        let eval = self.eval
        let frame = eval.pointee.top - depth
        if depth < 0 || frame <= eval.pointee.frames || depth > eval.pointee.top - eval.pointee.frames { return .null }
        return frameObject(for: frame)
    }

    /// Where the frames of the thread begin that runs `record`: `sys._current_frames` shows those of other threads too.
    private func bottom(of record: UnsafeMutablePointer<Frame>) -> UnsafeMutablePointer<Frame> {
        if record > eval.pointee.frames && record <= eval.pointee.top { return eval.pointee.frames }
        var thread = state.pointee.threads
        while let t = thread {
            thread = t.pointee.next
            guard let other = t.pointee.frame?.assumingMemoryBound(to: EvalState.self) else { continue }
            if record > other.pointee.frames && record <= other.pointee.top { return other.pointee.frames }
        }
        return eval.pointee.frames
    }

    /// `f_back`.
    func frameBack(_ object: Value) -> Value {
        let layout = object.cast(FrameLayout.self)
        if let record = layout.pointee.record {
            let below = record - 1
            return below > bottom(of: record) ? frameObject(for: below) : .none
        }
        return layout.pointee.back.isObject ? layout.pointee.back : .none
    }
}
