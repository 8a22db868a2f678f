// The matching engine: runs validated SRE code over text of one width with an explicit stack of choices, so that neither
// the pattern nor the text can exhaust the native stack, and memory is linear in what a match has to remember.
// CPython: Modules/sre_lib.h runs the same codes; the machine here is a backtracking automaton in the manner of the WAM:
// a choice restores position, repeat context and (through a trail of old values) group marks.

/// How a run ended.
enum SREOutcome {
    case matched, failed
    /// The poll function asked to stop (a signal raised an exception).
    case interrupted
    /// The stack of choices passed its limit.
    case outOfMemory
}

/// One point to come back to.
private struct SREChoice: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        /// Go on at `pc`.
        case resume
        /// Try the alternatives of BRANCH from `pc` on.
        case branch
        /// REPEAT_ONE at `pc` took `count` items from `position`; give one back.
        case giveBack
        /// MIN_REPEAT_ONE at `pc` took `count` items and stands at `position`; take one more.
        case takeMore
        /// MIN_UNTIL at `pc`: match the body once more.
        case bodyAgain
        /// A look-ahead or look-behind begins here; below is what was before it.
        case assert
        case assertNot
    }
    var kind: Kind
    var pc: Int32
    var context: Int32
    var barrier: Int32
    var trail: Int
    var contexts: Int
    var position: Int
    var count: Int
}

/// One iteration state of REPEAT ... UNTIL. Never changed: an iteration makes a new one, so a choice restores it by index.
private struct SREContext: BitwiseCopyable {
    var previous: Int32
    var pc: Int32
    var count: Int
    var lastPosition: Int
}

private struct SRETrail: BitwiseCopyable {
    /// A mark, or -1 for `lastIndex`.
    var mark: Int
    var value: Int
}

/// Matches one pattern against one text. `Unit` is the width of the text's code points.
struct SREMatcher<Unit: FixedWidthInteger & UnsignedInteger & BitwiseCopyable> {
    let code: UnsafePointer<UInt32>
    let text: UnsafePointer<Unit>
    /// Where matching may look to; `^` and look-behind see back to 0.
    let end: Int
    /// Where the match starts (in: where to try; out: where it matched) and ended.
    var start: Int
    var position = 0
    /// `fullmatch`.
    var matchAll = false
    /// Refuse an empty match at the first `start` (`finditer` after an empty match).
    var mustAdvance = false
    /// 256 bits: with which of the first code points a match can start.
    var firstUnits: UnsafePointer<UInt32>?
    /// 2 marks a group, -1 where unset.
    let marks: UnsafeMutablePointer<Int>
    let markCount: Int
    /// The number of the last group closed, -1 if none.
    var lastIndex = -1

    /// Called now and then; true stops the run.
    let poll: @convention(c) (UnsafeMutableRawPointer?) -> Bool
    let pollContext: UnsafeMutableRawPointer?

    private var choices = SREStack<SREChoice>()
    private var contexts = SREStack<SREContext>()
    private var trail = SREStack<SRETrail>()
    private var steps = 0

    /// More choices than this are refused as MemoryError (48 bytes each).
    private static var choiceLimit: Int { 1 << 26 }

    /// - Parameters: code: validated, lives as long as the matcher; marks: room for `markCount` marks.
    init(
        code: UnsafePointer<UInt32>, text: UnsafePointer<Unit>, start: Int, end: Int, marks: UnsafeMutablePointer<Int>,
        markCount: Int, poll: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Bool, pollContext: UnsafeMutableRawPointer?
    ) {
        self.code = code
        self.text = text
        self.start = start
        self.end = end
        self.marks = marks
        self.markCount = markCount
        self.poll = poll
        self.pollContext = pollContext
        resetMarks()
    }

    /// Gives the stacks back. Call once, when done.
    func free() {
        choices.free()
        contexts.free()
        trail.free()
    }

    mutating func resetMarks() {
        for i in 0..<markCount { marks[i] = -1 }
        lastIndex = -1
        trail.truncate(to: 0)
    }

    @inline(__always)
    private func unit(_ position: Int) -> UInt32 {
        // Safe: every caller has 0 <= position < end.
        UInt32(truncatingIfNeeded: text[position])
    }

    /// Anchored match of the code at `pc` from `start`.
    mutating func match(pc: Int = 0) -> SREOutcome { run(pc: pc, from: start) }

    // MARK: The machine

    mutating func run(pc firstPC: Int, from firstPosition: Int) -> SREOutcome {
        choices.truncate(to: 0)
        contexts.truncate(to: 0)
        var pc = firstPC
        var at = firstPosition
        var context: Int32 = -1
        var barrier: Int32 = -1
        let code = code, end = end

        while true {
            var ok: Bool
            switch code[pc] {
            case SREOpcode.literal:
                ok = at < end && unit(at) == code[pc + 1]
                at += 1
                pc += 2
            case SREOpcode.notLiteral:
                ok = at < end && unit(at) != code[pc + 1]
                at += 1
                pc += 2
            case SREOpcode.any:
                ok = at < end && unit(at) != 10
                at += 1
                pc += 1
            case SREOpcode.anyAll:
                ok = at < end
                at += 1
                pc += 1
            case SREOpcode.in:
                ok = at < end && SRECharacters.isIn(set: code + pc + 2, unit(at))
                at += 1
                pc += 1 + Int(code[pc + 1])
            case SREOpcode.category:
                ok = at < end && SRECharacters.isIn(category: code[pc + 1], unit(at))
                at += 1
                pc += 2
            case SREOpcode.literalIgnore, SREOpcode.notLiteralIgnore, SREOpcode.literalUniIgnore,
                SREOpcode.notLiteralUniIgnore, SREOpcode.literalLocIgnore, SREOpcode.notLiteralLocIgnore:
                ok = at < end && matchesIgnoringCase(pc, unit(at))
                at += 1
                pc += 2
            case SREOpcode.inIgnore, SREOpcode.inUniIgnore, SREOpcode.inLocIgnore:
                ok = at < end && matchesSetIgnoringCase(pc, unit(at))
                at += 1
                pc += 1 + Int(code[pc + 1])
            case SREOpcode.at:
                ok = isAt(code[pc + 1], at)
                pc += 2
            case SREOpcode.mark:
                setMark(Int(code[pc + 1]), at)
                ok = true
                pc += 2
            case SREOpcode.jump:
                pc += 1 + Int(code[pc + 1])
                ok = true
            case SREOpcode.info:
                pc += 1 + Int(code[pc + 1])
                ok = true
            case SREOpcode.branch:
                ok = enterBranch(&pc, at, from: pc + 1, context, barrier)
            case SREOpcode.repeatOne:
                ok = enterRepeatOne(&pc, &at, context, barrier)
            case SREOpcode.minRepeatOne:
                ok = enterMinRepeatOne(&pc, &at, context, barrier)
            case SREOpcode.repeat:
                contexts.push(SREContext(previous: context, pc: Int32(pc), count: 0, lastPosition: -1))
                context = Int32(contexts.count - 1)
                pc += 1 + Int(code[pc + 1])
                ok = true
            case SREOpcode.maxUntil:
                let here = contexts[Int(context)]
                let body = Int(here.pc)
                if here.count < Int(code[body + 2]) {
                    iterate(&context, here, lastPosition: here.lastPosition)
                    pc = body + 4
                } else if (code[body + 3] == SREOpcode.maxRepeat || here.count < Int(code[body + 3])) && at != here.lastPosition {
                    choose(.resume, pc: pc + 1, at, here.previous, barrier)
                    iterate(&context, here, lastPosition: at)
                    pc = body + 4
                } else {
                    context = here.previous
                    pc += 1
                }
                ok = true
            case SREOpcode.minUntil:
                let here = contexts[Int(context)]
                let body = Int(here.pc)
                if here.count < Int(code[body + 2]) {
                    iterate(&context, here, lastPosition: here.lastPosition)
                    pc = body + 4
                } else {
                    if (code[body + 3] == SREOpcode.maxRepeat || here.count < Int(code[body + 3])) && at != here.lastPosition {
                        choose(.bodyAgain, pc: pc, at, context, barrier)
                    }
                    context = here.previous
                    pc += 1
                }
                ok = true
            case SREOpcode.groupRef, SREOpcode.groupRefIgnore, SREOpcode.groupRefUniIgnore, SREOpcode.groupRefLocIgnore:
                ok = matchGroup(pc, &at)
                pc += 2
            case SREOpcode.groupRefExists:
                let group = Int(code[pc + 1]) * 2
                let from = marks[group], to = marks[group + 1]
                pc += from >= 0 && to >= from ? 3 : 1 + Int(code[pc + 2])
                ok = true
            case SREOpcode.assert, SREOpcode.assertNot:
                let negative = code[pc] == SREOpcode.assertNot
                let back = Int(code[pc + 2])
                if at < back {
                    // Not enough text behind: a look-behind cannot match.
                    ok = negative
                    if negative { pc += 1 + Int(code[pc + 1]) }
                } else {
                    choose(negative ? .assertNot : .assert, pc: pc, at, context, barrier)
                    barrier = Int32(choices.count - 1)
                    at -= back
                    pc += 3
                    ok = true
                }
            case SREOpcode.success:
                if barrier < 0 {
                    if (matchAll && at != end) || (mustAdvance && at == firstPosition && firstPosition == start) {
                        ok = false
                    } else {
                        position = at
                        return .matched
                    }
                } else {
                    // The look-around matched: forget its choices, go back to where it stood.
                    let entry = choices[Int(barrier)]
                    choices.truncate(to: Int(barrier))
                    barrier = entry.barrier
                    context = entry.context
                    if entry.kind == .assert {
                        at = entry.position
                        pc = Int(entry.pc) + 1 + Int(code[Int(entry.pc) + 1])
                        ok = true
                    } else {
                        undoMarks(to: entry.trail)
                        ok = false
                    }
                }
            default:  // FAILURE, and what the validator lets nobody reach
                ok = false
            }

            if ok { continue }

            // Backtrack to the newest choice that can go on.
            steps += 1
            if steps & 0xFFFF == 0 {
                if poll(pollContext) { return .interrupted }
            }
            if choices.count > Self.choiceLimit { return .outOfMemory }
            resume: while true {
                if choices.count == 0 { return .failed }
                let choice = choices.pop()
                undoMarks(to: choice.trail)
                contexts.truncate(to: choice.contexts)
                context = choice.context
                barrier = choice.barrier
                at = choice.position
                pc = Int(choice.pc)
                switch choice.kind {
                case .resume:
                    break resume
                case .branch:
                    if enterBranch(&pc, at, from: pc, context, barrier) { break resume }
                case .giveBack:
                    if giveBack(&pc, &at, count: choice.count, context, barrier) { break resume }
                case .takeMore:
                    if takeMore(&pc, &at, count: choice.count, context, barrier) { break resume }
                case .bodyAgain:
                    let here = contexts[Int(context)]
                    iterate(&context, here, lastPosition: at)
                    pc = Int(here.pc) + 4
                    break resume
                case .assert:
                    continue resume
                case .assertNot:
                    pc += 1 + Int(code[pc + 1])
                    break resume
                }
            }
        }
    }

    @inline(__always)
    private mutating func choose(_ kind: SREChoice.Kind, pc: Int, _ at: Int, _ context: Int32, _ barrier: Int32, count: Int = 0) {
        choices.push(
            SREChoice(
                kind: kind, pc: Int32(truncatingIfNeeded: pc), context: context, barrier: barrier, trail: trail.count,
                contexts: contexts.count, position: at, count: count))
    }

    @inline(__always)
    private mutating func iterate(_ context: inout Int32, _ here: SREContext, lastPosition: Int) {
        contexts.push(SREContext(previous: here.previous, pc: here.pc, count: here.count + 1, lastPosition: lastPosition))
        context = Int32(contexts.count - 1)
    }

    // MARK: Marks

    @inline(__always)
    private mutating func setMark(_ mark: Int, _ at: Int) {
        if choices.count > 0 { trail.push(SRETrail(mark: mark, value: marks[mark])) }
        marks[mark] = at
        if mark & 1 == 1 {
            if choices.count > 0 { trail.push(SRETrail(mark: -1, value: lastIndex)) }
            lastIndex = mark / 2 + 1
        }
    }

    @inline(__always)
    private mutating func undoMarks(to height: Int) {
        while trail.count > height {
            let entry = trail.pop()
            if entry.mark < 0 { lastIndex = entry.value } else { marks[entry.mark] = entry.value }
        }
    }

    // MARK: Alternatives and repeats

    /// Enters the first alternative at or after `from` (its skip word) that can start here, keeping the rest as a choice.
    private mutating func enterBranch(_ pc: inout Int, _ at: Int, from: Int, _ context: Int32, _ barrier: Int32) -> Bool {
        var alternative = from
        while code[alternative] != 0 {
            let next = alternative + Int(code[alternative])
            let first = alternative + 1
            var possible = true
            if code[first] == SREOpcode.literal {
                possible = at < end && unit(at) == code[first + 1]
            } else if code[first] == SREOpcode.in {
                possible = at < end && SRECharacters.isIn(set: code + first + 2, unit(at))
            }
            if possible {
                if code[next] != 0 { choose(.branch, pc: next, at, context, barrier) }
                pc = first
                return true
            }
            alternative = next
        }
        return false
    }

    private mutating func enterRepeatOne(_ pc: inout Int, _ at: inout Int, _ context: Int32, _ barrier: Int32) -> Bool {
        let minimum = Int(code[pc + 2])
        if end - at < minimum { return false }
        let limit = code[pc + 3] == SREOpcode.maxRepeat ? end - at : min(Int(code[pc + 3]), end - at)
        let count = countItems(pc + 4, at, limit)
        if count < minimum { return false }
        return giveBackFrom(&pc, &at, count: count, context, barrier)
    }

    private mutating func giveBack(_ pc: inout Int, _ at: inout Int, count: Int, _ context: Int32, _ barrier: Int32) -> Bool {
        giveBackFrom(&pc, &at, count: count, context, barrier)
    }

    /// Goes on behind REPEAT_ONE with the most of at most `count` items after which the tail can start.
    @inline(__always)
    private mutating func giveBackFrom(_ pc: inout Int, _ at: inout Int, count: Int, _ context: Int32, _ barrier: Int32) -> Bool {
        let minimum = Int(code[pc + 2])
        let tail = pc + 1 + Int(code[pc + 1])
        var count = count
        if code[tail] == SREOpcode.literal {
            let literal = code[tail + 1]
            while at + count >= end || unit(at + count) != literal {
                if count == minimum { return false }
                count -= 1
            }
        }
        let certain = code[tail] == SREOpcode.success && !matchAll && !mustAdvance
        if count > minimum && !certain { choose(.giveBack, pc: pc, at, context, barrier, count: count - 1) }
        at += count
        pc = tail
        return true
    }

    private mutating func enterMinRepeatOne(_ pc: inout Int, _ at: inout Int, _ context: Int32, _ barrier: Int32) -> Bool {
        let minimum = Int(code[pc + 2])
        if end - at < minimum { return false }
        if minimum > 0 {
            if countItems(pc + 4, at, minimum) < minimum { return false }
            at += minimum
        }
        return continueMinRepeatOne(&pc, at, count: minimum, context, barrier)
    }

    private mutating func takeMore(_ pc: inout Int, _ at: inout Int, count: Int, _ context: Int32, _ barrier: Int32) -> Bool {
        if at >= end || countItems(pc + 4, at, 1) == 0 { return false }
        at += 1
        return continueMinRepeatOne(&pc, at, count: count + 1, context, barrier)
    }

    @inline(__always)
    private mutating func continueMinRepeatOne(_ pc: inout Int, _ at: Int, count: Int, _ context: Int32, _ barrier: Int32) -> Bool {
        if code[pc + 3] == SREOpcode.maxRepeat || count < Int(code[pc + 3]) {
            choose(.takeMore, pc: pc, at, context, barrier, count: count)
        }
        pc += 1 + Int(code[pc + 1])
        return true
    }

    /// How many of the next `limit` code points the single-character item at `item` matches in a row.
    private func countItems(_ item: Int, _ at: Int, _ limit: Int) -> Int {
        let stop = at + limit
        var here = at
        let code = code
        switch code[item] {
        case SREOpcode.anyAll:
            here = stop
        case SREOpcode.any:
            while here < stop && unit(here) != 10 { here += 1 }
        case SREOpcode.literal:
            let literal = code[item + 1]
            while here < stop && unit(here) == literal { here += 1 }
        case SREOpcode.notLiteral:
            let literal = code[item + 1]
            while here < stop && unit(here) != literal { here += 1 }
        case SREOpcode.in:
            let set = code + item + 2
            if set[0] == SREOpcode.charset && set[9] == SREOpcode.failure {
                while here < stop {
                    let c = unit(here)
                    if c >= 256 || set[1 + Int(c &>> 5)] & (1 &<< (c & 31)) == 0 { break }
                    here &+= 1
                }
            } else if set[0] == SREOpcode.category && set[1] == 14 && set[2] == SREOpcode.failure {
                while here < stop && SRECharacters.isWordUnicode(unit(here)) { here &+= 1 }
            } else {
                while here < stop && SRECharacters.isIn(set: set, unit(here)) { here &+= 1 }
            }
        case SREOpcode.category:
            let category = code[item + 1]
            while here < stop && SRECharacters.isIn(category: category, unit(here)) { here += 1 }
        case SREOpcode.inIgnore, SREOpcode.inUniIgnore, SREOpcode.inLocIgnore:
            while here < stop && matchesSetIgnoringCase(item, unit(here)) { here += 1 }
        default:
            while here < stop && matchesIgnoringCase(item, unit(here)) { here += 1 }
        }
        return here - at
    }

    // MARK: Single characters, positions, groups

    private func matchesIgnoringCase(_ pc: Int, _ c: UInt32) -> Bool {
        let literal = code[pc + 1]
        switch code[pc] {
        case SREOpcode.literalIgnore: return SRECharacters.lowerASCII(c) == literal
        case SREOpcode.notLiteralIgnore: return SRECharacters.lowerASCII(c) != literal
        case SREOpcode.literalUniIgnore: return SRECharacters.lowerUnicode(c) == literal
        case SREOpcode.notLiteralUniIgnore: return SRECharacters.lowerUnicode(c) != literal
        case SREOpcode.literalLocIgnore: return equalsInLocale(literal, c)
        case SREOpcode.notLiteralLocIgnore: return !equalsInLocale(literal, c)
        default: return false
        }
    }

    private func equalsInLocale(_ literal: UInt32, _ c: UInt32) -> Bool {
        c == literal || SRECharacters.lowerLocale(c) == literal || SRECharacters.upperLocale(c) == literal
    }

    private func matchesSetIgnoringCase(_ pc: Int, _ c: UInt32) -> Bool {
        let set = code + pc + 2
        switch code[pc] {
        case SREOpcode.inIgnore: return SRECharacters.isIn(set: set, SRECharacters.lowerASCII(c))
        case SREOpcode.inUniIgnore: return SRECharacters.isIn(set: set, SRECharacters.lowerUnicode(c))
        default: return SRECharacters.isInLocaleIgnore(set: set, c)
        }
    }

    private func isAt(_ kind: UInt32, _ at: Int) -> Bool {
        switch kind {
        case SREAt.beginning, SREAt.beginningString: return at == 0
        case SREAt.beginningLine: return at == 0 || unit(at - 1) == 10
        case SREAt.end: return at == end || (at + 1 == end && unit(at) == 10)
        case SREAt.endLine: return at == end || unit(at) == 10
        case SREAt.endString: return at == end
        case SREAt.boundary: return end > 0 && isBoundary(at, SRECharacters.isWordASCII)
        case SREAt.nonBoundary: return end > 0 && !isBoundary(at, SRECharacters.isWordASCII)
        case SREAt.uniBoundary: return end > 0 && isBoundary(at, SRECharacters.isWordUnicode)
        case SREAt.uniNonBoundary: return end > 0 && !isBoundary(at, SRECharacters.isWordUnicode)
        case SREAt.locBoundary: return end > 0 && isBoundary(at, SRECharacters.isWordLocale)
        case SREAt.locNonBoundary: return end > 0 && !isBoundary(at, SRECharacters.isWordLocale)
        default: return false
        }
    }

    @inline(__always)
    private func isBoundary(_ at: Int, _ isWord: (UInt32) -> Bool) -> Bool {
        let before = at > 0 && isWord(unit(at - 1))
        let after = at < end && isWord(unit(at))
        return before != after
    }

    private func matchGroup(_ pc: Int, _ at: inout Int) -> Bool {
        let group = Int(code[pc + 1]) * 2
        let from = marks[group], to = marks[group + 1]
        if from < 0 || to < from { return false }
        if end - at < to - from { return false }
        for i in 0..<(to - from) {
            let a = unit(from + i), b = unit(at + i)
            if a == b { continue }
            switch code[pc] {
            case SREOpcode.groupRefIgnore:
                if SRECharacters.lowerASCII(a) != SRECharacters.lowerASCII(b) { return false }
            case SREOpcode.groupRefUniIgnore:
                if SRECharacters.lowerUnicode(a) != SRECharacters.lowerUnicode(b) { return false }
            case SREOpcode.groupRefLocIgnore:
                if SRECharacters.lowerLocale(a) != SRECharacters.lowerLocale(b) { return false }
            default:
                return false
            }
        }
        at += to - from
        return true
    }
}
