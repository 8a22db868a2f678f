// Frames that already run when tracing begins. Their codes get traps (`FrameMap`); at the first one it meets, a frame's stack
// values move home and it goes on in the traced form. When nothing traces any more it goes back at the start of a basic block.
// CPython needs none of this: its loop tests `cframe.use_tracing` at each instruction.
import PyBytecode

extension VM {
    /// Makes the frames of this thread change over.
    func trapRunningFrames() {
        let eval = self.eval
        var frame = eval.pointee.frames + 1
        while frame <= eval.pointee.top {
            trap(frame.pointee.code)
            frame += 1
        }
    }

    /// Makes the frames of one code change over.
    func trap(_ exec: UnsafeMutablePointer<ExecCode>) {
        guard exec.pointee.mode == .plain, let map = frameMap(exec) else { return }
        map.install(exec.pointee.words)
    }

    private func frameMap(_ exec: UnsafeMutablePointer<ExecCode>) -> FrameMap? {
        if let map = exec.pointee.map { return map.takeUnretainedValue() }
        guard exec.pointee.code.isObject else { return nil }
        do {
            let map = try Lowering.map(self, of: exec.pointee.code)
            exec.pointee.map = Unmanaged.passRetained(map)
            return map
        } catch {
            // Cannot be: the same code was lowered before.
            return nil
        }
    }

    /// Whether any thread has a trace or profile function.
    private var isAnythingTraced: Bool {
        var thread = state.pointee.threads
        while let t = thread {
            if let raw = t.pointee.frame {
                let eval = raw.assumingMemoryBound(to: EvalState.self)
                if eval.pointee.traceFunction.isObject || eval.pointee.profileFunction.isObject { return true }
            }
            thread = t.pointee.next
        }
        return false
    }

    /// A trap before `pc`: afterwards the frame's pc is where it goes on.
    @inline(never) func trapped(_ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<UInt64>) throws(Raised) {
        let exec = frame.pointee.code
        let word = pc - exec.pointee.words - 1
        guard let map = frameMap(exec) else { throw raise(.systemError, "trap in untraced code") }
        if !isAnythingTraced {
            map.uninstall(exec.pointee.words)
            frame.pointee.pc = pc - 1
            return
        }
        guard let entry = map.entries[word] else { throw raise(.systemError, "trap outside of the frame map") }
        let previous = offsetBefore(frame, word)
        let traced = try execCode(ofCode: exec.pointee.code, mode: .traced)
        guard let starts = traced.pointee.starts, starts[Int(entry.start) / 2] >= 0 else {
            throw raise(.systemError, "no traced form of an instruction")
        }
        bringHome(frame, entry)
        // Inside the `trace` word, where all of the stack is known to be live, while the frame object is made.
        enterForm(frame, traced, word: Int(starts[Int(entry.start) / 2]) + 1)
        frame.pointee.flags.insert(.traced)
        frameObject(for: frame).cast(FrameLayout.self).pointee.previous = previous + 1
        frame.pointee.pc -= 1
    }

    /// Offset of the instruction executed before word `word`, -1 for none.
    private func offsetBefore(_ frame: UnsafeMutablePointer<Frame>, _ word: Int) -> Int {
        let exec = frame.pointee.code
        // A handler is entered from the instruction that raised, which `enterHandler` left in its lowest slot.
        let node = exec.site(word: word).pointee.unwind
        if frame.pointee.pc == exec.pointee.words + word, node >= 0, exec.pointee.unwinds[Int(node)].kind == .restore {
            let saved = frame.pointee.base[Int(exec.pointee.stackBase) + Int(exec.pointee.unwinds[Int(node)].level)]
            if saved.isSmallInt { return saved.smallInt }
        }
        return exec.lastOffset(frame.pointee.pc)
    }

    /// Moves each stack value to its home register.
    private func bringHome(_ frame: UnsafeMutablePointer<Frame>, _ entry: FrameMap.Entry) {
        let exec = frame.pointee.code
        let base = frame.pointee.base
        let home = base + Int(exec.pointee.stackBase)
        let constants = PyTuple(exec.pointee.code.cast(CodeLayout.self).pointee.consts)
        let count = entry.sources.count
        // Values in passing: nothing is allocated before they are back in registers.
        withUnsafeTemporaryAllocation(of: Value.self, capacity: max(1, count)) { values in
            for i in 0..<count {
                let source = Int(entry.sources[i])
                values[i] = source >= 0 ? base[source] : constants[-1 - source]
            }
            for i in 0..<count { home[i] = values[i] }
        }
    }

    private func enterForm(_ frame: UnsafeMutablePointer<Frame>, _ exec: UnsafeMutablePointer<ExecCode>, word: Int) {
        frame.pointee.code = exec
        frame.pointee.pc = exec.pointee.words + word
        if frame.pointee.flags.contains(.generator) { frame.pointee.owner.cast(GeneratorLayout.self).pointee.exec = exec }
        if frame.pointee.object.isObject { frame.pointee.object.cast(FrameLayout.self).pointee.exec = exec }
    }

    /// At a `trace` word of a frame that nothing traces any more: goes back to the plain form if a basic block starts here.
    func leaveTracedForm(_ frame: UnsafeMutablePointer<Frame>) {
        let traced = frame.pointee.code
        let code = traced.pointee.code.cast(CodeLayout.self)
        guard let exec = code.pointee.exec, exec.pointee.mode == .plain else { return }
        if frame.pointee.object.isObject, frame.pointee.object.cast(FrameLayout.self).pointee.isIrregular { return }
        let offset = Int(traced.site(at: frame.pointee.pc).pointee.offset)
        guard let map = frameMap(exec), map.leaders[offset / 2] >= 0, !isAnythingTraced else { return }
        enterForm(frame, exec, word: Int(map.leaders[offset / 2]))
        frame.pointee.flags.remove(.traced)
    }

    // MARK: Calls of the traced form

    /// The call of a traced frame, at `word`. Afterwards the top frame goes on at its pc.
    @inline(never) func callTraced(_ frame: UnsafeMutablePointer<Frame>, _ word: UInt64) throws(Raised) {
        let slot = frame.pointee.base + ExecWord.b(word)
        let count = ExecWord.c(word)
        let result = ExecWord.a(word)
        let kind = TracedCall(rawValue: UInt8(ExecWord.f(word))) ?? .plain
        let reported = try profileNativeCall(kind == .method && slot[0].isNull ? slot[1] : slot[0], kind, slot, count)
        do {
            switch kind {
            case .plain: _ = try callSlow(frame, slot, slot + 1, count, .null, result)
            case .method: _ = try callMethodSlow(frame, slot, count, result)
            case .keywords:
                try checkKeywordNames(slot[count + 1], count)
                _ = try callSlow(frame, slot, slot + 1, count, slot[count + 1], result)
            case .spread: _ = try callExSlow(frame, slot, count != 0, result)
            }
        } catch {
            if !reported.isNull { profileNativeReturn(frame, reported, failed: true) }
            throw error
        }
        if !reported.isNull {
            profileNativeReturn(frame, reported, failed: false)
            if hasRaised { throw Raised() }
        }
    }

    /// The `c_call` event if a profiler listens and `callee` is native; the function reported, else NULL.
    private func profileNativeCall(
        _ callee: Value, _ kind: TracedCall, _ slot: UnsafeMutablePointer<Value>, _ count: Int
    ) throws(Raised) -> Value {
        guard eval.pointee.profileFunction.isObject, eval.pointee.tracing == 0 else { return .null }
        var function = callee
        if callee.isExactly(types.methodDescriptor) {
            // What is reported is the bound method.
            let receiver: Value
            switch kind {
            case .spread: receiver = slot[1].isExactly(types.tuple) && PyTuple(slot[1]).count > 0 ? PyTuple(slot[1])[0] : .null
            default: receiver = kind == .method || count > 0 ? slot[1] : .null
            }
            if receiver.isNull { return .null }
            function = try getBound(callee, receiver)
        }
        guard function.isExactly(types.builtinFunction) else { return .null }
        try profileEvent(eval.pointee.top, .nativeCall, function)
        return function
    }

    private func getBound(_ descriptor: Value, _ receiver: Value) throws(Raised) -> Value {
        guard let get = type(of: descriptor).slots.descrGet else { return .null }
        return try check(get(self, descriptor, receiver, type(of: receiver).value))
    }

    /// `c_return` or `c_exception`. An exception of the profiler replaces the one on its way.
    private func profileNativeReturn(_ frame: UnsafeMutablePointer<Frame>, _ function: Value, failed: Bool) {
        let exception = takeRaised()
        do {
            try profileEvent(frame, failed ? .nativeException : .nativeReturn, function)
            if exception.isObject { _ = restoreRaised(exception) }
        } catch { return }
    }
}

extension CodeObject {
    /// The line of each code unit, -1 where there is none.
    func linesOfUnits() -> [Int32] {
        var lines = [Int32](repeating: -1, count: code.count / 2)
        for range in lineRanges() {
            guard let line = range.line else { continue }
            var unit = max(0, range.start / 2)
            while unit < min(lines.count, range.end / 2) {
                lines[unit] = Int32(truncatingIfNeeded: line)
                unit += 1
            }
        }
        return lines
    }
}
