// Calls: method calls, plain ones, those with keywords, those with unpacking. CPython: Python/compile.c.
import PyBytecode
import PySyntax
import PyUnicode

extension CodeGenerator {
    mutating func compileCall(
        _ function: ExprID, _ args: NodeList<ExprID>, _ keywords: NodeList<KeywordID>
    ) throws(Refused) {
        if case .attribute(let object, let attr, .load) = tree[function], keywords.isEmpty,
            args.count < Self.stackUseGuideline, !tree.containsStarred(args)
        {
            try compile(object)
            let line = span.line
            span.line = tree.span(function).endLine
            let outer = (origin, originKind)
            origin = function.raw
            emitName(.loadMethod, attr)
            (origin, originKind) = outer
            try compileEach(args)
            emit(.callMethod, args.count)
            span.line = line
            return
        }
        warnIfNotCallable(function)
        try compile(function)
        try compileCallArguments(0, args, keywords)
    }

    /// The arguments and the call itself. `pushed` arguments are on the stack already.
    mutating func compileCallArguments(
        _ pushed: Int, _ args: NodeList<ExprID>, _ keywords: NodeList<KeywordID>
    ) throws(Refused) {
        try checkKeywords(keywords)
        let isPlain =
            args.count + keywords.count * 2 <= Self.stackUseGuideline
            && !tree.containsStarred(args)
            && !tree.containsUnpacking(keywords)
        guard isPlain else { return try compileUnpackingCall(pushed, args, keywords) }
        try compileEach(args)
        if keywords.isEmpty {
            emit(.callFunction, pushed + args.count)
            return
        }
        for keyword in tree.items(keywords) { try compile(tree[keyword].value) }
        loadConst(keywordNames(keywords, 0, keywords.count))
        emit(.callFunctionKw, pushed + args.count + keywords.count)
    }

    @inline(never)
    private mutating func keywordNames(_ keywords: NodeList<KeywordID>, _ begin: Int, _ end: Int) -> UInt32 {
        var list: [Constant] = []
        list.reserveCapacity(end - begin)
        for index in begin..<end {
            if let name = tree[tree[keywords, index]].arg { list.append(.str(names.table[name])) }
        }
        return pool.number(of: .tuple(list))
    }

    @inline(never)
    private mutating func checkKeywords(_ keywords: NodeList<KeywordID>) throws(Refused) {
        for index in 0..<keywords.count {
            guard let name = tree[tree[keywords, index]].arg else { continue }
            try refuseDebug(name, .store)
            for other in index + 1..<max(keywords.count, index + 1) {
                let keyword = tree[tree[keywords, other]]
                if keyword.arg == name {
                    throw reporter.syntaxError("keyword argument repeated: \(text(name))", at: keyword.span)
                }
            }
        }
    }

    private mutating func compileUnpackingCall(
        _ pushed: Int, _ args: NodeList<ExprID>, _ keywords: NodeList<KeywordID>
    ) throws(Refused) {
        if pushed == 0, args.count == 1, case .starred(let value, _) = tree[tree[args, 0]] {
            try compile(value)
        } else {
            try compileDisplay(args, pushed: pushed, .tuple)
        }
        var isBuilt = false
        var pending = 0
        for index in 0..<keywords.count {
            let keyword = tree[tree[keywords, index]]
            if keyword.arg != nil {
                pending += 1
                continue
            }
            if pending > 0 {
                try compileKeywordPart(keywords, index - pending, index, &isBuilt)
                pending = 0
            }
            if !isBuilt {
                emit(.buildMap, 0)
                isBuilt = true
            }
            try compile(keyword.value)
            emit(.dictMerge, 1)
        }
        if pending > 0 { try compileKeywordPart(keywords, keywords.count - pending, keywords.count, &isBuilt) }
        emit(.callFunctionEx, keywords.isEmpty ? 0 : 1)
    }

    /// Builds a dict of named arguments and merges it into the one before, if there is one.
    @inline(never)
    private mutating func compileKeywordPart(
        _ keywords: NodeList<KeywordID>, _ begin: Int, _ end: Int, _ isBuilt: inout Bool
    ) throws(Refused) {
        let count = end - begin
        let isBig = count * 2 > Self.stackUseGuideline
        if count > 1 && !isBig {
            for index in begin..<end { try compile(tree[tree[keywords, index]].value) }
            loadConst(keywordNames(keywords, begin, end))
            emit(.buildConstKeyMap, count)
        } else {
            if isBig { emitWithoutLine(.buildMap, 0) }
            for index in begin..<end {
                let keyword = tree[tree[keywords, index]]
                if let name = keyword.arg { loadConst(pool.number(ofName: name)) }
                try compile(keyword.value)
                if isBig { emitWithoutLine(.mapAdd, 1) }
            }
            if !isBig { emit(.buildMap, count) }
        }
        if isBuilt { emit(.dictMerge, 1) }
        isBuilt = true
    }
}
