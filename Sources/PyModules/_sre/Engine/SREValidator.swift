// Checks code handed to `_sre.compile` before the engine trusts it: every operand inside the code, every skip to where
// it should lead, every group known. CPython: `_validate` in Modules/_sre.c ("invalid SRE code").

/// Checks SRE code. The engine indexes code, marks and repeat contexts without further checks.
struct SREValidator {
    private let code: [UInt32]
    private let groups: Int

    /// Whether `code` may be run with `groups` groups.
    static func isValid(_ code: [UInt32], groups: Int) -> Bool {
        guard groups >= 0, groups < 1 << 29, code.count < 1 << 30, code.last == SREOpcode.success else { return false }
        return SREValidator(code: code, groups: groups).isValidCode(0, code.count - 1, depth: 0)
    }

    private init(code: [UInt32], groups: Int) {
        self.code = code
        self.groups = groups
    }

    /// Where a skip word at `word` leads, nil if outside `...end`.
    private func target(_ word: Int, _ end: Int) -> Int? {
        guard word < end else { return nil }
        let target = word + Int(code[word])
        return code[word] > 0 && target <= end ? target : nil
    }

    /// Whether `code[start..<end]` is a sequence of whole instructions.
    private func isValidCode(_ start: Int, _ end: Int, depth: Int) -> Bool {
        // Nesting in the code is nesting in the pattern, which sre_parse limits by Python's recursion limit.
        if depth > 2000 { return false }
        var pc = start
        while pc < end {
            let op = code[pc]
            switch op {
            case SREOpcode.success, SREOpcode.failure, SREOpcode.any, SREOpcode.anyAll:
                pc += 1
            case SREOpcode.literal, SREOpcode.notLiteral, SREOpcode.literalIgnore, SREOpcode.notLiteralIgnore,
                SREOpcode.literalUniIgnore, SREOpcode.notLiteralUniIgnore, SREOpcode.literalLocIgnore,
                SREOpcode.notLiteralLocIgnore:
                guard pc + 1 < end else { return false }
                pc += 2
            case SREOpcode.at:
                guard pc + 1 < end, code[pc + 1] <= SREAt.uniNonBoundary else { return false }
                pc += 2
            case SREOpcode.category:
                guard pc + 1 < end, code[pc + 1] <= 17 else { return false }
                pc += 2
            case SREOpcode.mark:
                guard pc + 1 < end, Int(code[pc + 1]) < 2 * groups else { return false }
                pc += 2
            case SREOpcode.groupRef, SREOpcode.groupRefIgnore, SREOpcode.groupRefUniIgnore, SREOpcode.groupRefLocIgnore:
                guard pc + 1 < end, Int(code[pc + 1]) < groups else { return false }
                pc += 2
            case SREOpcode.in, SREOpcode.inIgnore, SREOpcode.inUniIgnore, SREOpcode.inLocIgnore:
                guard let next = target(pc + 1, end), isValidSet(pc + 2, next) else { return false }
                pc = next
            case SREOpcode.info:
                guard let next = target(pc + 1, end), isValidInfo(pc, next) else { return false }
                pc = next
            case SREOpcode.branch:
                guard let next = branchEnd(pc, end, depth: depth) else { return false }
                pc = next
            case SREOpcode.repeatOne, SREOpcode.minRepeatOne:
                guard let next = target(pc + 1, end), isValidRepeat(pc, next), code[next - 1] == SREOpcode.success,
                    isSingleItem(pc + 4, next - 1)
                else { return false }
                pc = next
            case SREOpcode.repeat:
                guard let next = target(pc + 1, end), next < end, isValidRepeat(pc, next),
                    isValidCode(pc + 4, next, depth: depth + 1),
                    code[next] == SREOpcode.maxUntil || code[next] == SREOpcode.minUntil
                else { return false }
                pc = next + 1
            case SREOpcode.assert, SREOpcode.assertNot:
                guard let next = target(pc + 1, end), pc + 3 < next, code[pc + 2] < 1 << 31,
                    code[next - 1] == SREOpcode.success, isValidCode(pc + 3, next - 1, depth: depth + 1)
                else { return false }
                pc = next
            case SREOpcode.groupRefExists:
                guard let next = conditionalEnd(pc, end, depth: depth) else { return false }
                pc = next
            default:
                return false
            }
        }
        return pc == end
    }

    private func isValidRepeat(_ pc: Int, _ next: Int) -> Bool {
        pc + 4 < next && code[pc + 2] <= code[pc + 3]
    }

    /// One instruction that matches exactly one code point.
    private func isSingleItem(_ pc: Int, _ end: Int) -> Bool {
        guard pc < end else { return false }
        switch code[pc] {
        case SREOpcode.any, SREOpcode.anyAll: return pc + 1 == end
        case SREOpcode.literal, SREOpcode.notLiteral, SREOpcode.literalIgnore, SREOpcode.notLiteralIgnore,
            SREOpcode.literalUniIgnore, SREOpcode.notLiteralUniIgnore, SREOpcode.literalLocIgnore,
            SREOpcode.notLiteralLocIgnore:
            return pc + 2 == end
        case SREOpcode.category: return pc + 2 == end && code[pc + 1] <= 17
        case SREOpcode.in, SREOpcode.inIgnore, SREOpcode.inUniIgnore, SREOpcode.inLocIgnore:
            return target(pc + 1, end) == end && isValidSet(pc + 2, end)
        default: return false
        }
    }

    private func isValidSet(_ start: Int, _ end: Int) -> Bool {
        guard start < end, code[end - 1] == SREOpcode.failure else { return false }
        var pc = start
        let last = end - 1
        while pc < last {
            switch code[pc] {
            case SREOpcode.negate: pc += 1
            case SREOpcode.literal: pc += 2
            case SREOpcode.category:
                guard pc + 1 < last, code[pc + 1] <= 17 else { return false }
                pc += 2
            case SREOpcode.range, SREOpcode.rangeUniIgnore: pc += 3
            case SREOpcode.charset: pc += 9
            case SREOpcode.bigCharset:
                guard pc + 66 <= last, code[pc + 1] <= 256 else { return false }
                let blocks = code[pc + 1]
                for word in (pc + 2)..<(pc + 66) {
                    for shift in stride(from: UInt32(0), to: 32, by: 8) where (code[word] >> shift) & 0xFF >= blocks { return false }
                }
                pc += 66 + Int(blocks) * 8
            default: return false
            }
        }
        return pc == last
    }

    private func isValidInfo(_ pc: Int, _ next: Int) -> Bool {
        guard pc + 5 <= next else { return false }
        let flags = code[pc + 2]
        if flags & ~7 != 0 || (flags & SREInfo.prefix != 0 && flags & SREInfo.charset != 0) { return false }
        if flags & SREInfo.prefix != 0 {
            guard pc + 7 <= next else { return false }
            let length = Int(code[pc + 5])
            guard length > 0, code[pc + 6] <= code[pc + 5], pc + 7 + 2 * length <= next else { return false }
            // Overlap entry i (from 1) is shorter than i, so the search always makes progress.
            for i in 0..<length where Int(code[pc + 7 + length + i]) > i { return false }
            return true
        }
        if flags & SREInfo.charset != 0 { return isValidSet(pc + 5, next) }
        return true
    }

    /// The end of BRANCH: alternatives, each ending with JUMP to that end, then a 0.
    private func branchEnd(_ pc: Int, _ end: Int, depth: Int) -> Int? {
        var alternative = pc + 1
        var common: Int?
        while alternative < end, code[alternative] != 0 {
            guard let next = target(alternative, end), next < end, next - 2 > alternative,
                code[next - 2] == SREOpcode.jump, isValidCode(alternative + 1, next - 2, depth: depth + 1),
                let exit = target(next - 1, end)
            else { return nil }
            if let common, common != exit { return nil }
            common = exit
            alternative = next
        }
        guard alternative < end, let common, alternative + 1 == common else { return nil }
        return common
    }

    /// The end of GROUPREF_EXISTS: a yes part, and after a JUMP perhaps a no part.
    private func conditionalEnd(_ pc: Int, _ end: Int, depth: Int) -> Int? {
        guard pc + 2 < end, Int(code[pc + 1]) < groups, code[pc + 2] >= 2 else { return nil }
        let no = pc + 1 + Int(code[pc + 2])
        guard no <= end else { return nil }
        if no - 2 >= pc + 3, code[no - 2] == SREOpcode.jump, let exit = target(no - 1, end), exit >= no,
            isValidCode(pc + 3, no - 2, depth: depth + 1)
        {
            return isValidCode(no, exit, depth: depth + 1) ? exit : nil
        }
        return isValidCode(pc + 3, no, depth: depth + 1) ? no : nil
    }
}
