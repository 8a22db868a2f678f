// "Did you mean: 'x'?" for AttributeError and NameError: the closest name by edit distance, where changing the case of a
// letter costs half of what another change does. CPython: Python/suggestions.c.

extension VM {
    /// The name that was probably meant, as UTF-8; nil if nothing is close. Never raises.
    func suggestion(for exception: Value) -> [UInt8]? {
        let type = exception.objectType
        do {
            if type == exceptionType(.attributeError) { return try attributeSuggestion(exception) }
            if type == exceptionType(.nameError) { return try nameSuggestion(exception) }
        } catch { clearRaised() }
        return nil
    }

    private func attributeSuggestion(_ exception: Value) throws(Raised) -> [UInt8]? {
        let name = try getAttrIfPresent(exception, intern("name"))
        let object = try getAttrIfPresent(exception, intern("obj"))
        guard isStr(name), !object.isNull, !object.isNone || type(of: exception) == exceptionType(.attributeError) else { return nil }
        let directory = try call(try getItem(state.pointee.builtinsDict, intern("dir")), object)
        return try closest(to: name, in: directory)
    }

    private func nameSuggestion(_ exception: Value) throws(Raised) -> [UInt8]? {
        let name = try getAttrIfPresent(exception, intern("name"))
        var traceback = exception.cast(ExceptionLayout.self).pointee.traceback
        guard isStr(name), traceback.isObject, traceback.isExactly(types.traceback) else { return nil }
        while traceback.cast(TracebackLayout.self).pointee.next.isObject { traceback = traceback.cast(TracebackLayout.self).pointee.next }
        let frame = traceback.cast(TracebackLayout.self).pointee.frame.cast(FrameLayout.self)
        for names in [frame.pointee.code.cast(CodeLayout.self).pointee.varnames, frame.pointee.globals, frame.pointee.builtins] {
            if let found = try closest(to: name, in: names) { return found }
        }
        return nil
    }

    private func closest(to name: Value, in candidates: Value) throws(Raised) -> [UInt8]? {
        let list = try listFrom(candidates)
        let wanted = PyStr(name).utf8
        if list.count >= 750 { return nil }
        var best: [UInt8]?
        var bestDistance = Int.max
        for i in 0..<list.count where isStr(list[i]) {
            let candidate = PyStr(list[i]).utf8
            if candidate == wanted { continue }
            // No more than a third of the letters may change.
            let limit = min((wanted.count + candidate.count + 3) * 2 / 6, bestDistance - 1)
            let distance = editDistance(wanted, candidate, limit: limit)
            if distance <= limit {
                best = candidate
                bestDistance = distance
            }
        }
        return best
    }
}

/// Insertions, deletions and substitutions cost 2, a change of case 1. More than `limit` is `limit + 1`.
private func editDistance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
    if a == b { return 0 }
    var a = a[...], b = b[...]
    while let x = a.first, x == b.first {
        a.removeFirst()
        b.removeFirst()
    }
    while let x = a.last, x == b.last {
        a.removeLast()
        b.removeLast()
    }
    if a.isEmpty || b.isEmpty { return (a.count + b.count) * 2 }
    if a.count > 40 || b.count > 40 { return limit + 1 }
    if b.count < a.count { swap(&a, &b) }
    if (b.count - a.count) * 2 > limit { return limit + 1 }
    // row[i]: the distance between the first i + 1 letters of `a` and what was seen of `b`.
    var row = (1...a.count).map { $0 * 2 }
    var result = 0
    for (j, letter) in b.enumerated() {
        var diagonal = j * 2
        result = diagonal
        var least = Int.max
        for (i, other) in a.enumerated() {
            let substituted = diagonal + substitutionCost(letter, other)
            diagonal = row[i]
            result = min(substituted, min(result, diagonal) + 2)
            row[i] = result
            least = min(least, result)
        }
        if least > limit { return limit + 1 }
    }
    return result
}

private func substitutionCost(_ a: UInt8, _ b: UInt8) -> Int {
    if a & 31 != b & 31 { return 2 }
    if a == b { return 0 }
    return lowered(a) == lowered(b) ? 1 : 2
}

private func lowered(_ c: UInt8) -> UInt8 { c >= 65 && c <= 90 ? c | 32 : c }
