// Assignment, `for`, `with` and `del` targets. Where a target may be read as an expression it is, and its context is
// changed afterwards; where an expression would swallow too much (`for x in y`) it is read as a primary.
// CPython: Grammar/python.gram "Assignment targets". Rules: Language Reference 7.2, 7.5.
import PyUnicode

extension Parser {
    /// Makes an expression a target. Nested targets are at most as deep as brackets nest.
    func makeTarget(_ id: ExprID, _ ctx: ExprContext) throws(ParseFailure) {
        switch expr(id) {
        case .name(let name, _): replace(id, .name(id: name, ctx: ctx))
        case .attribute(let value, let attr, _): replace(id, .attribute(value: value, attr: attr, ctx: ctx))
        case .subscript(let value, let slice, _): replace(id, .subscript(value: value, slice: slice, ctx: ctx))
        case .tuple(let elts, _):
            try makeTargets(elts, ctx)
            replace(id, .tuple(elts: elts, ctx: ctx))
        case .list(let elts, _):
            try makeTargets(elts, ctx)
            replace(id, .list(elts: elts, ctx: ctx))
        case .starred(let value, _):
            if ctx == .del { throw ParseFailure() }
            try makeTarget(value, ctx)
            replace(id, .starred(value: value, ctx: ctx))
        default: throw ParseFailure()
        }
    }

    private func makeTargets(_ list: NodeList<ExprID>, _ ctx: ExprContext) throws(ParseFailure) {
        for index in 0..<list.count32 { try makeTarget(ExprID(raw: lists[list.start + index]), ctx) }
    }

    @inline(__always)
    private func replace(_ id: ExprID, _ kind: Expr) { exprs.update(id.raw) { $0.kind = kind } }

    /// `star_targets` before `in`.
    mutating func starTargets() throws(ParseFailure) -> ExprID {
        let start = position
        let first = try starTarget()
        if kind != .comma { return first }
        let mark = scratch.count
        push(first)
        while skip(.comma) {
            if at(.in) { break }
            push(try starTarget())
        }
        return add(.tuple(elts: list(from: mark), ctx: .store), span(start))
    }

    /// `star_target`.
    mutating func starTarget() throws(ParseFailure) -> ExprID {
        let start = position
        if skip(.star) {
            let value = try target(.store)
            return add(.starred(value: value, ctx: .store), span(start))
        }
        return try target(.store)
    }

    /// A target without a star.
    mutating func target(_ ctx: ExprContext) throws(ParseFailure) -> ExprID {
        let value = try primary()
        try makeTarget(value, ctx)
        return value
    }
}
