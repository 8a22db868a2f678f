// Pattern, Match and scanner objects, and running a pattern on a subject. CPython: Modules/_sre.c.
import PyRuntime
import PyUnicode

struct PatternLayout {
    var type: PyType
    /// str, bytes or None.
    var pattern: Value
    var groupIndex: Value
    var indexGroup: Value
    /// (Pattern, Match, SRE_Scanner): the module's types.
    var types: Value
    // Not values:
    /// malloc'd, freed by the native destructor; validated.
    var code: UnsafeMutablePointer<UInt32>?
    var codeCount: Int
    var flags: Int
    var groups: Int
    /// Behind the code: a bit for each of the first 256 code points, whether a match can start with it. nil: not known.
    var first: UnsafeMutablePointer<UInt32>?
}

struct MatchLayout {
    var type: PyType
    var pattern: Value
    var string: Value
    // Not values:
    var pos: Int
    var endpos: Int
    var lastIndex: Int
    var groups: Int
    // (groups + 1) pairs of start and end follow.
}

struct ScannerLayout {
    var type: PyType
    var pattern: Value
    var string: Value
    /// A memoryview that keeps the buffer from being resized until the scanner is through; NULL for what cannot change.
    var export: Value
    // Not values:
    var at: Int
    var endpos: Int
    /// The next match may not be empty at `at`.
    var mustAdvance: Bool
    var isDone: Bool
}

struct SREPattern {
    let ref: UnsafeMutablePointer<PatternLayout>
    init(_ value: Value) { ref = value.cast(PatternLayout.self) }
    var value: Value { Value(ref) }
    var groups: Int { ref.pointee.groups }
    /// Kept with the flags, above the bits that are Python's: the pattern was no str.
    static let bytesMark = 1 << 40
    var isBytes: Bool { !ref.pointee.pattern.isNone && ref.pointee.flags & Self.bytesMark != 0 }
    func type(_ i: Int) -> PyType { PyType(PyTuple(ref.pointee.types)[i]) }
}

struct SREMatch {
    let ref: UnsafeMutablePointer<MatchLayout>
    init(_ value: Value) { ref = value.cast(MatchLayout.self) }
    var marks: UnsafeMutablePointer<Int> {
        (UnsafeMutableRawPointer(ref) + MemoryLayout<MatchLayout>.size).assumingMemoryBound(to: Int.self)
    }
    var groups: Int { ref.pointee.groups }
    func start(_ group: Int) -> Int { marks[group * 2] }
    func end(_ group: Int) -> Int { marks[group * 2 + 1] }
}

/// What is searched: a str, or the bytes of a buffer.
struct SRESubject {
    var object: Value
    var view: TextView
    var isBytes: Bool
    var buffer = BufferView()
}

enum SREMode { case match, fullmatch, search }

/// One run's answer.
struct SREFound {
    var start: Int
    var end: Int
    var lastIndex: Int
}

extension VM {
    /// - Throws: TypeError if the subject is neither, or of the wrong one of str and bytes.
    func sreSubject(_ pattern: SREPattern, _ object: Value) throws(Raised) -> SRESubject {
        var subject: SRESubject
        if isStr(object) {
            subject = SRESubject(object: object, view: PyStr(object).view, isBytes: false)
        } else {
            guard type(of: object).slots.buffer != nil else { throw raise(.typeError, "expected string or bytes-like object") }
            let buffer = try acquireBuffer(object)
            let base = buffer.bytes.map { UnsafeRawPointer($0) } ?? UnsafeRawPointer(pattern.ref)
            subject = SRESubject(object: object, view: TextView(base: base, count: buffer.count, kind: 1), isBytes: true, buffer: buffer)
        }
        if !pattern.ref.pointee.pattern.isNone && subject.isBytes != pattern.isBytes {
            sreRelease(&subject)
            throw raise(
                .typeError,
                subject.isBytes ? "cannot use a string pattern on a bytes-like object" : "cannot use a bytes pattern on a string-like object")
        }
        return subject
    }

    func sreRelease(_ subject: inout SRESubject) { if subject.isBytes { releaseBuffer(&subject.buffer) } }

    /// Runs the pattern; nil if there is no match. The marks of groups 1... are written to `marks`.
    func sreRun(
        _ pattern: SREPattern, _ view: TextView, _ mode: SREMode, start: Int, end: Int, mustAdvance: Bool = false,
        marks: UnsafeMutablePointer<Int>
    ) throws(Raised) -> SREFound? {
        if start > end { return nil }
        switch view.kind {
        case 1: return try sreRun(pattern, view.bytes, mode, start, end, mustAdvance, marks)
        case 2: return try sreRun(pattern, view.words, mode, start, end, mustAdvance, marks)
        default: return try sreRun(pattern, view.longs, mode, start, end, mustAdvance, marks)
        }
    }

    private func sreRun<Unit: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ pattern: SREPattern, _ text: UnsafePointer<Unit>, _ mode: SREMode, _ start: Int, _ end: Int, _ mustAdvance: Bool,
        _ marks: UnsafeMutablePointer<Int>
    ) throws(Raised) -> SREFound? {
        guard let code = pattern.ref.pointee.code else { return nil }
        var matcher = SREMatcher<Unit>(
            code: UnsafePointer(code), text: text, start: start, end: end, marks: marks, markCount: pattern.groups * 2,
            poll: { context in
                guard let context else { return false }
                let vm = VM(raw: context)
                if vm.thread.pointee.pollReasons == 0 { return false }
                do {
                    try vm.poll()
                    return false
                } catch { return true }
            }, pollContext: raw)
        defer { matcher.free() }
        matcher.mustAdvance = mustAdvance
        matcher.firstUnits = pattern.ref.pointee.first.map { UnsafePointer($0) }
        matcher.matchAll = mode == .fullmatch
        let outcome = mode == .search ? matcher.search() : matcher.match()
        switch outcome {
        case .matched: return SREFound(start: matcher.start, end: matcher.position, lastIndex: matcher.lastIndex)
        case .failed: return nil
        case .interrupted: throw Raised()
        case .outOfMemory: throw raiseMemoryError()
        }
    }

    /// Clamps `pos` and `endpos` to the subject, as slices are.
    func sreBounds(_ pos: Value, _ endpos: Value) throws(Raised) -> (Int, Int) {
        (pos.isNull ? 0 : try cSize(pos), endpos.isNull ? Int.max : try cSize(endpos))
    }
    func sreClamp(_ bounds: (Int, Int), _ count: Int) -> (Int, Int) { (min(max(0, bounds.0), count), min(max(0, bounds.1), count)) }

    /// `subject[start:end]` as the type the subject has; `none` for an unset group. May collect.
    func sreSlice(_ subject: Value, _ start: Int, _ end: Int) throws(Raised) -> Value {
        if isStr(subject) { return try substring(PyStr(subject), start, max(start, end)) }
        if subject.isExactly(types.bytes) {
            if start == 0 && end == PyBytes(subject).count { return subject }
            return try bytes(UnsafeBufferPointer(rebasing: PyBytes(subject).view[start..<max(start, end)]))
        }
        var buffer = try acquireBuffer(subject)
        defer { releaseBuffer(&buffer) }
        let view = buffer.byteView
        let low = min(start, view.count), high = min(max(start, end), view.count)
        return try bytes(UnsafeBufferPointer(rebasing: view[low..<high]))
    }

    /// A Match. `marks` are those of groups 1... May collect.
    func newMatch(_ pattern: SREPattern, _ string: Value, _ found: SREFound, _ marks: UnsafeMutablePointer<Int>, pos: Int, endpos: Int) throws(Raised) -> Value {
        let groups = pattern.groups
        let value = try newVariableInstance(pattern.type(1), itemBytes: (groups + 1) * 16)
        let match = SREMatch(value)
        match.ref.pointee.pattern = pattern.value
        match.ref.pointee.string = string
        match.ref.pointee.pos = pos
        match.ref.pointee.endpos = endpos
        match.ref.pointee.lastIndex = found.lastIndex
        match.ref.pointee.groups = groups
        match.marks[0] = found.start
        match.marks[1] = found.end
        for g in 0..<groups {
            let low = marks[g * 2], high = marks[g * 2 + 1]
            let isSet = low >= 0 && high >= 0
            match.marks[g * 2 + 2] = isSet ? low : -1
            match.marks[g * 2 + 3] = isSet ? high : -1
        }
        return value
    }

    /// Room for the marks of a pattern's groups.
    func withMarks<T>(_ pattern: SREPattern, _ body: (UnsafeMutablePointer<Int>) throws(Raised) -> T) throws(Raised) -> T {
        if pattern.groups <= 8 {
            var room = SIMD16<Int>(repeating: -1)
            return try withUnsafeMutablePointer(to: &room) { (room) throws(Raised) -> T in
                // Safe: sixteen words, two for each of at most eight groups.
                try body(UnsafeMutableRawPointer(room).assumingMemoryBound(to: Int.self))
            }
        }
        let marks = UnsafeMutablePointer<Int>.allocate(capacity: pattern.groups * 2)
        defer { marks.deallocate() }
        return try body(marks)
    }

    /// Acquires the subject, runs `body` with its bounds, releases it.
    func withSubject<T>(
        _ pattern: SREPattern, _ object: Value, _ pos: Value, _ endpos: Value,
        _ body: (SRESubject, Int, Int) throws(Raised) -> T
    ) throws(Raised) -> T {
        let bounds = try sreBounds(pos, endpos)
        var subject = try sreSubject(pattern, object)
        defer { sreRelease(&subject) }
        let (start, end) = sreClamp(bounds, subject.view.count)
        return try body(subject, start, end)
    }
}
