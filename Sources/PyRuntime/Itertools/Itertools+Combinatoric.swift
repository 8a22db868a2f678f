// `product`, `permutations`, `combinations`, `combinations_with_replacement`. CPython: Modules/itertoolsmodule.c.
// The algorithms are those of the Library Reference's "roughly equivalent to" code, one step a call.

private struct CombinatoricLayout {
    var type: PyType
    /// The pool, a tuple; for `product` a tuple of pools.
    var pool: Value
    /// A byte buffer of Ints, then (permutations) the cycles.
    var indices: Value
    /// The tuple handed out last; NULL before the first.
    var result: Value
    // Not values:
    var r: Int
    var isStopped: Bool
}

private typealias Combinatoric = UnsafeMutablePointer<CombinatoricLayout>

extension VM {
    private func indices(_ it: Combinatoric) -> UnsafeMutablePointer<Int> {
        (it.pointee.indices.pointer + 16).assumingMemoryBound(to: Int.self)
    }

    /// Room for `count` machine ints, zeroed.
    private func newIndices(_ count: Int) throws(Raised) -> Value {
        let (bytes, overflow) = max(1, count).multipliedReportingOverflow(by: 8)
        if overflow { throw raiseMemoryError() }
        let buffer = try newByteBuffer(bytes)
        (buffer.pointer + 16).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        return buffer
    }

    private func newCombinatoric(_ cls: Value, _ pool: Value, _ indices: Value, r: Int, isStopped: Bool) -> Combinatoric {
        let it = newInstance(PyType(cls)).cast(CombinatoricLayout.self)
        it.pointee.pool = pool
        it.pointee.indices = indices
        it.pointee.r = r
        it.pointee.isStopped = isStopped
        return it
    }

    /// The tuple of pool items at the first `r` indices: kept as the last result and returned.
    private func pick(_ it: Combinatoric) throws(Raised) -> Value {
        let pool = PyTuple(it.pointee.pool)
        let result = try newTuple(it.pointee.r)
        let indices = self.indices(it)
        for i in 0..<it.pointee.r { result[i] = pool[indices[i]] }
        it.pointee.result = result.value
        return result.value
    }

    /// A copy of the last result with the items from `start` on picked anew.
    private func repick(_ it: Combinatoric, from start: Int) throws(Raised) -> Value {
        let pool = PyTuple(it.pointee.pool)
        let result = PyTuple(try tuple(PyTuple(it.pointee.result).items, count: it.pointee.r))
        let indices = self.indices(it)
        for i in start..<it.pointee.r { result[i] = pool[indices[i]] }
        it.pointee.result = result.value
        return result.value
    }

    private func indexTuple(_ indices: UnsafeMutablePointer<Int>, _ count: Int) throws(Raised) -> Value {
        let tuple = try newTuple(count)
        for i in 0..<count { tuple[i] = int(indices[i]) }
        return tuple.value
    }

    /// `(type, (pool, r)[, indices])`.
    private func defineCombinatoricReduce(_ t: TypeBuilder) {
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let cls = vm.type(of: v).value
                if it.pointee.result.isNull { return vm.tuple(cls, vm.tuple(it.pointee.pool, vm.int(it.pointee.r))) }
                if it.pointee.isStopped { return vm.tuple(cls, vm.tuple(vm.emptyTuple, vm.int(it.pointee.r))) }
                let state = try vm.indexTuple(vm.indices(it), it.pointee.r)
                return vm.tuple(cls, vm.tuple(it.pointee.pool, vm.int(it.pointee.r)), state)
            }
        }
        defineCombinatoricSize(t)
    }

    private func defineCombinatoricSize(_ t: TypeBuilder) {
        t.def0("-__sizeof__($self, /)", "Returns size in memory, in bytes.") { vm, v in
            vm.int(MemoryLayout<CombinatoricLayout>.size + 8 + v.cast(CombinatoricLayout.self).pointee.r &* 8)
        }
    }

    /// The indices of a `__setstate__` argument, clamped to 0...high(i).
    private func setIndices(_ it: Combinatoric, _ state: Value, _ high: (Int) -> Int) throws(Raised) {
        guard isTuple(state), PyTuple(state).count == it.pointee.r, !it.pointee.indices.isNull else {
            throw raise(.valueError, "invalid arguments")
        }
        for i in 0..<it.pointee.r {
            let index = try indexInt(PyTuple(state)[i])
            indices(it)[i] = max(0, min(index, high(i)))
        }
    }

    private func lengthArgument(_ value: Value) throws(Raised) -> Int {
        let r = try sizeArgument(value)
        if r < 0 { throw raise(.valueError, "r must be non-negative") }
        return r
    }

    // MARK: combinations

    func makeCombinations() -> TypeBuilder {
        let t = iteratorType("combinations", values: 3, words: 2)
        t.doc("Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)", signature: "(iterable, r)")
        t.new("(iterable, r)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let r = try vm.sizeArgument(a[1])
                let pool = try vm.tupleFrom(a[0])
                if r < 0 { throw vm.raise(.valueError, "r must be non-negative") }
                let isStopped = r > PyTuple(pool).count
                let indices = isStopped ? Value.null : try vm.newIndices(r)
                let it = vm.newCombinatoric(cls, pool, indices, r: r, isStopped: isStopped)
                if !isStopped { for i in 0..<r { vm.indices(it)[i] = i } }
                return Value(it)
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(CombinatoricLayout.self)
            if it.pointee.isStopped { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.result.isNull { return try vm.pick(it) }
                let r = it.pointee.r
                let indices = vm.indices(it)
                let n = PyTuple(it.pointee.pool).count
                var i = r - 1
                while i >= 0 && indices[i] == i + n - r { i -= 1 }
                if i < 0 {
                    it.pointee.isStopped = true
                    return .null
                }
                indices[i] += 1
                for k in (i + 1)..<max(i + 1, r) { indices[k] = indices[k - 1] + 1 }
                return try vm.repick(it, from: i)
            }
        }
        defineCombinatoricReduce(t)
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let n = PyTuple(it.pointee.pool).count, r = it.pointee.r
                try vm.setIndices(it, state) { i in i + n - r }
                _ = try vm.pick(it)
                return .none
            }
        }
        return t
    }

    // MARK: combinations_with_replacement

    func makeCombinationsWithReplacement() -> TypeBuilder {
        let t = iteratorType("combinations_with_replacement", values: 3, words: 2)
        t.doc("Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')", signature: "(iterable, r)")
        t.new("(iterable, r)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let r = try vm.sizeArgument(a[1])
                let pool = try vm.tupleFrom(a[0])
                if r < 0 { throw vm.raise(.valueError, "r must be non-negative") }
                let isStopped = PyTuple(pool).count == 0 && r > 0
                let indices = isStopped ? Value.null : try vm.newIndices(r)
                return Value(vm.newCombinatoric(cls, pool, indices, r: r, isStopped: isStopped))
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(CombinatoricLayout.self)
            if it.pointee.isStopped { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.result.isNull { return try vm.pick(it) }
                let r = it.pointee.r
                let indices = vm.indices(it)
                let n = PyTuple(it.pointee.pool).count
                var i = r - 1
                while i >= 0 && indices[i] >= n - 1 { i -= 1 }
                if i < 0 {
                    it.pointee.isStopped = true
                    return .null
                }
                let index = indices[i] + 1
                for k in i..<r { indices[k] = index }
                return try vm.repick(it, from: i)
            }
        }
        defineCombinatoricReduce(t)
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let n = PyTuple(it.pointee.pool).count
                try vm.setIndices(it, state) { _ in n - 1 }
                _ = try vm.pick(it)
                return .none
            }
        }
        return t
    }

    // MARK: permutations: n indices, then r cycles

    func makePermutations() -> TypeBuilder {
        let t = iteratorType("permutations", values: 3, words: 2)
        t.doc("Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)", signature: "(iterable, r=None)")
        t.new("(iterable, r=None)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let pool = try vm.tupleFrom(a[0])
                let n = PyTuple(pool).count
                var r = n
                if !a[1].isNull && !a[1].isNone {
                    if !vm.isInt(a[1]) { throw vm.raise(.typeError, "Expected int as r") }
                    r = try vm.lengthArgument(a[1])
                }
                let isStopped = r > n
                let indices = isStopped ? Value.null : try vm.newIndices(n + r)
                let it = vm.newCombinatoric(cls, pool, indices, r: r, isStopped: isStopped)
                if !isStopped {
                    for i in 0..<n { vm.indices(it)[i] = i }
                    for i in 0..<r { vm.indices(it)[n + i] = n - i }
                }
                return Value(it)
            }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(CombinatoricLayout.self)
            if it.pointee.isStopped { return .null }
            return vm.guarded { () throws(Raised) in
                if it.pointee.result.isNull { return try vm.pick(it) }
                let r = it.pointee.r
                let n = PyTuple(it.pointee.pool).count
                let indices = vm.indices(it)
                let cycles = indices + n
                var i = r - 1
                while i >= 0 {
                    cycles[i] -= 1
                    if cycles[i] > 0 {
                        let k = n - cycles[i]
                        let index = indices[i]
                        indices[i] = indices[k]
                        indices[k] = index
                        return try vm.repick(it, from: i)
                    }
                    // This place has had them all: rotate its index to the end.
                    let index = indices[i]
                    for k in i..<(n - 1) { indices[k] = indices[k + 1] }
                    indices[n - 1] = index
                    cycles[i] = n - i
                    i -= 1
                }
                it.pointee.isStopped = true
                return .null
            }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let cls = vm.type(of: v).value
                let n = PyTuple(it.pointee.pool).count
                if it.pointee.result.isNull { return vm.tuple(cls, vm.tuple(it.pointee.pool, vm.int(it.pointee.r))) }
                if it.pointee.isStopped { return vm.tuple(cls, vm.tuple(vm.emptyTuple, vm.int(it.pointee.r))) }
                let indices = try vm.indexTuple(vm.indices(it), n), cycles = try vm.indexTuple(vm.indices(it) + n, it.pointee.r)
                return vm.tuple(cls, vm.tuple(it.pointee.pool, vm.int(it.pointee.r)), vm.tuple(indices, cycles))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let parts = try vm.stateTuple(state, size: 2)
                let it = v.cast(CombinatoricLayout.self)
                let n = PyTuple(it.pointee.pool).count, r = it.pointee.r
                guard vm.isTuple(parts[0]), vm.isTuple(parts[1]), PyTuple(parts[0]).count == n, PyTuple(parts[1]).count == r,
                    !it.pointee.indices.isNull
                else { throw vm.raise(.valueError, "invalid arguments") }
                for i in 0..<n { vm.indices(it)[i] = max(0, min(try vm.indexInt(PyTuple(parts[0])[i]), n - 1)) }
                for i in 0..<r { vm.indices(it)[n + i] = max(1, min(try vm.indexInt(PyTuple(parts[1])[i]), n - i)) }
                _ = try vm.pick(it)
                return .none
            }
        }
        defineCombinatoricSize(t)
        return t
    }

    // MARK: product

    func makeProduct() -> TypeBuilder {
        let t = iteratorType("product", values: 3, words: 2)
        t.doc("product(*iterables, repeat=1) --> product object\n\nCartesian product of input iterables.  Equivalent to nested for-loops.\n\nFor example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).\nThe leftmost iterators are in the outermost for-loop, so the output tuples\ncycle in a manner similar to an odometer (with the rightmost element changing\non every iteration).\n\nTo compute the product of an iterable with itself, specify the number\nof repetitions with the optional repeat keyword argument. For example,\nproduct(A, repeat=4) means the same as product(A, A, A, A).\n\nproduct('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)\nproduct((0,1), (0,1), (0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...")
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in try vm.newProduct(cls, arguments, count, keywords) }
        }
        t.type.slots.iternext = { vm, v in
            let it = v.cast(CombinatoricLayout.self)
            if it.pointee.isStopped { return .null }
            return vm.guarded { () throws(Raised) in try vm.nextProduct(it) }
        }
        t.def0("-__reduce__($self, /)", "Return state information for pickling.") { vm, v in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let cls = vm.type(of: v).value
                if it.pointee.isStopped { return vm.tuple(cls, vm.tuple(vm.emptyTuple)) }
                if it.pointee.result.isNull { return vm.tuple(cls, it.pointee.pool) }
                return vm.tuple(cls, it.pointee.pool, try vm.indexTuple(vm.indices(it), it.pointee.r))
            }
        }
        t.def1("-__setstate__($self, state, /)", "Set state information for unpickling.") { vm, v, state in
            vm.guarded { () throws(Raised) in
                let it = v.cast(CombinatoricLayout.self)
                let pools = PyTuple(it.pointee.pool)
                guard vm.isTuple(state), PyTuple(state).count == pools.count else { throw vm.raise(.valueError, "invalid arguments") }
                for i in 0..<pools.count {
                    let size = PyTuple(pools[i]).count
                    if size == 0 {
                        it.pointee.isStopped = true
                        return .none
                    }
                    vm.indices(it)[i] = max(0, min(try vm.indexInt(PyTuple(state)[i]), size - 1))
                }
                _ = try vm.pickProduct(it)
                return .none
            }
        }
        defineCombinatoricSize(t)
        return t
    }

    private func newProduct(_ cls: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        var times = 1
        let named = keywordCount(keywords)
        if named > 1 { throw raise(.typeError, "product() takes at most 1 keyword argument (\(named) given)") }
        if named == 1 {
            let name = PyStr(PyTuple(keywords)[0]).string
            if name != "repeat" { throw raise(.typeError, value: message("'", PyTuple(keywords)[0], "' is an invalid keyword argument for product()")) }
            times = try indexInt(arguments[count])
            if times < 0 { throw raise(.valueError, "repeat argument cannot be negative") }
        }
        let (total, overflow) = count.multipliedReportingOverflow(by: times)
        if overflow || total > Int.max / 8 { throw raise(.overflowError, "repeat argument too large") }
        let indices = try newIndices(total)
        let pools = try newTuple(times == 0 ? 0 : total)
        if times > 0 {
            for i in 0..<count { pools[i] = try tupleFrom(arguments[i]) }
            for i in count..<max(count, total) { pools[i] = pools[i - count] }
        }
        return Value(newCombinatoric(cls, pools.value, indices, r: pools.count, isStopped: false))
    }

    private func pickProduct(_ it: Combinatoric) throws(Raised) -> Value {
        let pools = PyTuple(it.pointee.pool)
        let result = try newTuple(pools.count)
        for i in 0..<pools.count {
            let pool = PyTuple(pools[i])
            if pool.count == 0 {
                it.pointee.isStopped = true
                return .null
            }
            result[i] = pool[indices(it)[i]]
        }
        it.pointee.result = result.value
        return result.value
    }

    private func nextProduct(_ it: Combinatoric) throws(Raised) -> Value {
        if it.pointee.result.isNull { return try pickProduct(it) }
        let pools = PyTuple(it.pointee.pool)
        let indices = self.indices(it)
        var i = pools.count - 1
        while i >= 0 {
            indices[i] += 1
            if indices[i] < PyTuple(pools[i]).count { break }
            indices[i] = 0
            i -= 1
        }
        if i < 0 {
            it.pointee.isStopped = true
            return .null
        }
        let result = PyTuple(try tuple(PyTuple(it.pointee.result).items, count: pools.count))
        for k in i..<pools.count { result[k] = PyTuple(pools[k])[indices[k]] }
        it.pointee.result = result.value
        return result.value
    }
}
