// `frame.f_lineno = n`: a debugger's jump. Which lines can be reached is decided by the statements open at both places.
// CPython: `frame_setlineno` of Objects/frameobject.c.
import PyBytecode

/// A statement that keeps something on the value stack or the block stack.
private enum OpenStatement: UInt8 { case with, loop, attempt, handler }

extension VM {
    func setFrameLine(_ frame: Value, _ value: Value) throws(Raised) {
        if value.isNull { throw raise(.attributeError, "cannot delete attribute") }
        guard value.isSmallInt || value.isBool || isInt(value) else { throw raise(.valueError, "lineno must be an integer") }
        let layout = frame.cast(FrameLayout.self)
        if frameLastOffset(frame) < 0 { throw raise(.valueError, "can't jump from the 'call' trace event of a new frame") }
        guard let record = layout.pointee.record, layout.pointee.phase == .executing || layout.pointee.phase == .suspended else {
            throw raise(.valueError, "can only jump from a 'line' trace event")
        }
        guard layout.pointee.trace.isObject, record.pointee.code.pointee.mode == .traced else {
            throw raise(.valueError, "f_lineno can only be set by a trace function")
        }
        let line = value.isBool ? (value.isTrue ? 1 : 0) : value.isSmallInt ? value.smallInt : Int.max
        guard let line32 = Int32(exactly: line) else { throw raise(.valueError, "lineno out of range") }
        try jump(record, layout, to: Int(line32))
    }

    private func jump(_ record: UnsafeMutablePointer<Frame>, _ layout: UnsafeMutablePointer<FrameLayout>, to wanted: Int) throws(Raised) {
        let code = codeObject(layout.pointee.code)
        if wanted < code.firstlineno { throw raise(.valueError, "line \(wanted) comes before the current code block") }
        let ranges = code.lineRanges()
        let later = ranges.compactMap { $0.line }.filter { $0 >= wanted }
        guard let line = later.min() else { throw raise(.valueError, "line \(wanted) comes after the current code block") }
        let open: [Int: [OpenStatement]]
        do throws(LoweringError) {
            loweringMemory.pointee.view(layout.pointee.code.cast(CodeLayout.self))
            var flow = FlowAnalysis(loweringMemory)
            try flow.analyse()
            open = openStatements(flow)
        } catch { throw raise(.systemError, error.message) }
        let exec = record.pointee.code
        let here = open[exec.lastOffset(record.pointee.pc)] ?? []
        var best: (offset: Int, depth: Int)?
        var message = "cannot find bytecode for specified line"
        for range in ranges where range.line == line && range.end > range.start {
            guard let there = open[range.start] else {
                if best == nil { message = "code may be unreachable." }
                continue
            }
            if here.starts(with: there) {
                if there.count > best?.depth ?? -1 { best = (range.start, there.count) }
            } else if best == nil {
                message = explanation(there.last)
            }
        }
        guard let best, let starts = exec.pointee.starts, starts[best.offset / 2] >= 0 else { throw raise(.valueError, message) }
        if here[best.depth...].contains(.handler) { throw raise(.valueError, "can't jump out of an 'except' block") }
        let word = Int(starts[best.offset / 2])
        // In the midst of an expression its operands are missing.
        let home = record.pointee.base + Int(exec.pointee.stackBase)
        var i = Int(exec.site(at: record.pointee.pc).pointee.depth)
        while i < Int(exec.site(word: word).pointee.depth) {
            home[i] = .none
            i += 1
        }
        // Past the `trace` word: the line jumped to is not reported.
        record.pointee.pc = exec.pointee.words + word + 1
        layout.pointee.previous = best.offset + 1
        layout.pointee.isIrregular = true
    }

    private func explanation(_ statement: OpenStatement?) -> String {
        switch statement {
        case .handler: return "can't jump into an 'except' block as there's no exception"
        case .attempt: return "can't jump into the body of a try statement"
        case .with: return "can't jump into the body of a with statement"
        case .loop, nil: return "can't jump into the body of a for loop"
        }
    }

    /// For the byte offset of each reachable instruction (both of its EXTENDED_ARGs and its own) the statements it is inside, outermost first.
    private func openStatements(_ flow: FlowAnalysis) -> [Int: [OpenStatement]] {
        var found = [[OpenStatement]?](repeating: nil, count: flow.count)
        var work: [(Int, [OpenStatement])] = [(0, [])]
        while let (start, statements) = work.popLast() {
            var i = start
            var open = statements
            while i < flow.count, found[i] == nil {
                found[i] = open
                var goesOn = true
                switch flow.instruction(i).op {
                case .setupFinally, .setupWith, .setupAsyncWith:
                    if let target = flow.target(of: i) { work.append((target, open + [.handler])) }
                    open.append(flow.instruction(i).op == .setupFinally ? .attempt : .with)
                case .getIter, .getAiter:
                    // The iterator of a comprehension is consumed by the call that follows.
                    if i + 1 < flow.count, flow.instruction(i + 1).op != .callFunction { open.append(.loop) }
                case .forIter: if let target = flow.target(of: i) { work.append((target, open.dropLast())) }
                case .popBlock, .popExcept: _ = open.popLast()
                case .endAsyncFor: open.removeLast(min(2, open.count))
                case .returnValue, .raiseVarargs, .reraise: goesOn = false
                case .jumpForward, .jumpAbsolute:
                    if let target = flow.target(of: i) { work.append((target, open)) }
                    goesOn = false
                default: if let target = flow.target(of: i) { work.append((target, open)) }
                }
                if !goesOn { break }
                i += 1
            }
        }
        var byOffset: [Int: [OpenStatement]] = [:]
        for i in 0..<flow.count {
            let instruction = flow.instruction(i)
            byOffset[instruction.start] = found[i]
            byOffset[instruction.offset] = found[i]
        }
        return byOffset
    }
}
