// What of a thread's Python stack is alive. Registers above a frame's stack depth still hold what was there before: a
// collection that the program asked for (`gc.collect()`) must not find those, or nothing dropped a line ago would die.

extension VM {
    /// Marks the Python stack of `thread` without the registers that its frames have no value in.
    /// - Precondition: every frame has stored its `pc`: native code, called by an instruction, asked for the collection.
    func markLiveRegisters(_ marker: inout Marker, _ thread: UnsafeMutablePointer<ThreadState>) {
        var position = thread.pointee.stackBase
        let end = thread.pointee.stackTop
        if let raw = thread.pointee.frame {
            let evaluation = raw.assumingMemoryBound(to: EvalState.self)
            var frame = evaluation.pointee.frames + 1
            while frame <= evaluation.pointee.top {
                let live = frame.pointee.base + liveRegisters(frame)
                // The scratch register is the last one.
                var dead = frame.pointee.base + max(0, Int(frame.pointee.code.pointee.registerCount) - 1)
                if frame < evaluation.pointee.top, frame[1].base < dead { dead = frame[1].base }
                if live < dead && live >= position && dead <= end {
                    marker.markConservatively(from: UInt(bitPattern: position), to: UInt(bitPattern: live))
                    position = dead
                }
                frame += 1
            }
        }
        if position < end { marker.markConservatively(from: UInt(bitPattern: position), to: UInt(bitPattern: end)) }
    }

    /// Locals, cells, and the value stack as deep as it is before or after the running instruction.
    private func liveRegisters(_ frame: UnsafeMutablePointer<Frame>) -> Int {
        let code = frame.pointee.code
        let count = Int(code.pointee.wordCount)
        let word = max(0, frame.pointee.pc - code.pointee.words - 1)
        var depth = 0
        var i = word
        // No instruction is longer than eight words.
        while i < count && i <= word + 8 {
            depth = max(depth, Int(code.pointee.depths[i]))
            i += 1
        }
        return Int(code.pointee.stackBase) + depth
    }
}
