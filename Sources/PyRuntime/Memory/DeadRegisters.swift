// Before a collection that was asked for: registers that no instruction will read again are emptied, so that `del x;
// gc.collect()` finds what CPython's reference counts find. A frame that stands at a call has nothing alive above the
// canonical stack's depth but the scratch register, its last one; frames at other instructions are left alone.
import PyBytecode

extension VM {
    func clearDeadRegisters() {
        let eval = self.eval
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
        guard exec.pointee.mode == .plain, exec.pointee.code.isObject, frame.pointee.pc > exec.pointee.words else { return }
        let word = exec.pointee.wordIndex(frame.pointee.pc)
        let bytes = exec.pointee.code.cast(CodeLayout.self).pointee.object.code
        let offset = Int(exec.pointee.offsets[word])
        guard offset >= 0, offset < bytes.count, let opcode = Opcode(rawValue: bytes[offset]) else { return }
        switch opcode {
        case .callFunction, .callFunctionKw, .callFunctionEx, .callMethod: break
        default: return
        }
        var register = frame.pointee.base + Int(exec.pointee.stackBase) + Int(exec.pointee.depths[word])
        var end = frame.pointee.base + Int(exec.pointee.registerCount) - 1
        if let limit, limit < end { end = limit }
        while register < end {
            register.pointee = .null
            register += 1
        }
    }
}
