// Before a collection: registers that no instruction will read again are emptied, so that `del x; gc.collect()` finds what
// CPython's reference counts find. What is live at an instruction the lowering has written down
// (`WordSite`); a frame that has not begun is left alone.
import PyBytecode

extension VM {
    func clearDeadRegisters() {
        var thread = state.pointee.threads
        while let t = thread {
            if let raw = t.pointee.frame { clearDeadRegisters(raw.assumingMemoryBound(to: EvalState.self)) }
            thread = t.pointee.next
        }
    }

    private func clearDeadRegisters(_ eval: UnsafeMutablePointer<EvalState>) {
        var frame = eval.pointee.top
        // The registers of the frame above may lie inside this one's.
        var limit: UnsafeMutablePointer<Value>?
        while frame > eval.pointee.frames {
            clearDeadRegisters(frame, below: limit)
            limit = frame.pointee.base
            frame -= 1
        }
    }

    private func clearDeadRegisters(_ frame: UnsafeMutablePointer<Frame>, below limit: UnsafeMutablePointer<Value>?) {
        let exec = frame.pointee.code
        guard frame.pointee.pc > exec.pointee.words else { return }
        let live = exec.site(at: frame.pointee.pc).pointee.live
        let first = frame.pointee.base + Int(exec.pointee.stackBase)
        for i in 0..<min(32, Int(exec.pointee.registerCount) - Int(exec.pointee.stackBase)) {
            if let limit, first + i >= limit { return }
            if live & (1 << UInt32(i)) == 0 { first[i] = .null }
        }
    }

    /// Whether the running frame's instruction calls `function` itself: no native code in between holds a value.
    func isCalledByLoop(_ isFunction: (Value) -> Bool) -> Bool {
        let eval = self.eval
        let frame = eval.pointee.top
        guard frame > eval.pointee.frames, eval.pointee.loopCount > 0, eval.pointee.loopCount <= EvalState.loopCapacity else { return false }
        let exec = frame.pointee.code
        guard exec.pointee.code.isObject, frame.pointee.pc > exec.pointee.words + 1 else { return false }
        let bytes = bytesBuffer(exec.pointee.code.cast(CodeLayout.self).pointee.instructions)
        let offset = Int(exec.site(at: frame.pointee.pc).pointee.offset)
        guard offset < bytes.count, let opcode = Opcode(rawValue: bytes[offset]) else { return false }
        let word: UInt64
        switch opcode {
        case .callFunction, .callMethod: word = frame.pointee.pc[-2]
        case .callFunctionKw, .callFunctionEx: word = frame.pointee.pc[-1]
        default: return false
        }
        switch ExecWord.op(word) {
        case .call, .callKw, .callEx: return isFunction(frame.pointee.base[ExecWord.b(word)])
        case .callMethod:
            let slot = frame.pointee.base + ExecWord.b(word)
            return isFunction(slot[0].isNull ? slot[1] : slot[0])
        default: return false
        }
    }
}
