// `_heapq`: heaps in lists. CPython: Modules/_heapqmodule.c. The algorithms are those of Lib/heapq.py: down to a leaf, then up.
import PyRuntime

extension VM {
    public func registerHeapq() {
        registerModule("_heapq") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Heap queue algorithm (a.k.a. priority queue).\n\nHeaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for\nall k, counting elements from 0.  For the sake of comparison,\nnon-existing elements are considered to be infinite.  The interesting\nproperty of a heap is that a[0] is always its smallest element.\n\nUsage:\n\nheap = []            # creates an empty heap\nheappush(heap, item) # pushes a new item on the heap\nitem = heappop(heap) # pops the smallest item from the heap\nitem = heap[0]       # smallest item on the heap without popping it\nheapify(x)           # transforms list into a heap, in-place, in linear time\nitem = heapreplace(heap, item) # pops and returns smallest item, and adds\n                               # new item; the heap size is unchanged\n\nOur API differs from textbook heap algorithms as follows:\n\n- We use 0-based indexing.  This makes the relationship between the\n  index for a node and the indexes for its children slightly less\n  obvious, but is more suitable since Python uses 0-based indexing.\n\n- Our heappop() method returns the smallest item, not the largest.\n\nThese two make it possible to view the heap as a regular Python list\nwithout surprises: heap[0] is the smallest item, and heap.sort()\nmaintains the heap invariant!\n" as StaticString))
            m.attribute("__about__", vm.str("Heap queues: a list whose item k is not above items 2*k+1 and 2*k+2.\n" as StaticString))
            vm.defineHeapq(m)
            return 0
        }
    }

    private func heap(_ value: Value, _ text: StaticString) throws(Raised) -> PyList {
        if !isList(value) { throw raise(.typeError, "\(text) must be list, not \(argumentTypeName(value))") }
        return PyList(value)
    }

    /// Whether `a` belongs above `b`. Strict, by `<`. May run Python.
    @inline(__always) private func precedes(_ a: Value, _ b: Value, isMax: Bool) throws(Raised) -> Bool {
        try isMax ? compareHeapItems(b, a) : compareHeapItems(a, b)
    }
    @inline(__always) private func compareHeapItems(_ a: Value, _ b: Value) throws(Raised) -> Bool {
        if Value.bothSmallInts(a, b) { return a.smallInt < b.smallInt }
        return try isTrue(richCompare(a, b, .lt))
    }

    private func checkSize(_ list: PyList, _ count: Int) throws(Raised) {
        if list.count != count { throw raise(.runtimeError, "list changed size during iteration") }
    }

    /// Moves the item at `position` up until its parent precedes it.
    private func siftDown(_ list: PyList, from start: Int, _ position: Int, isMax: Bool) throws(Raised) {
        let count = list.count
        if position >= count { throw raise(.indexError, "index out of range") }
        var position = position
        let item = list[position]
        while position > start {
            let parentPosition = (position - 1) >> 1
            let parent = list[parentPosition]
            let isAbove = try precedes(item, parent, isMax: isMax)
            try checkSize(list, count)
            if !isAbove { break }
            // Exchanged at each step: a comparison that raises leaves a list of the same items.
            let moved = list[parentPosition]
            list[parentPosition] = list[position]
            list[position] = moved
            position = parentPosition
        }
    }

    /// Moves the item at `position` down to a leaf along the preceding children, then up to its place.
    private func siftUp(_ list: PyList, _ position: Int, isMax: Bool) throws(Raised) {
        let count = list.count
        let start = position
        if position >= count { throw raise(.indexError, "index out of range") }
        var position = position
        let limit = count >> 1
        while position < limit {
            var child = 2 * position + 1
            if child + 1 < count {
                let isLeft = try precedes(list[child], list[child + 1], isMax: isMax)
                try checkSize(list, count)
                if !isLeft { child += 1 }
            }
            let moved = list[child]
            list[child] = list[position]
            list[position] = moved
            position = child
        }
        try siftDown(list, from: start, position, isMax: isMax)
    }

    private func heapPop(_ list: PyList, isMax: Bool) throws(Raised) -> Value {
        if list.count == 0 { throw raise(.indexError, "index out of range") }
        let last = list.remove(at: list.count - 1)
        if list.count == 0 { return last }
        let result = list[0]
        list[0] = last
        try siftUp(list, 0, isMax: isMax)
        return result
    }

    private func heapReplace(_ list: PyList, _ item: Value, isMax: Bool) throws(Raised) -> Value {
        if list.count == 0 { throw raise(.indexError, "index out of range") }
        let result = list[0]
        list[0] = item
        try siftUp(list, 0, isMax: isMax)
        return result
    }

    private func heapify(_ list: PyList, isMax: Bool) throws(Raised) {
        var i = list.count >> 1
        while i > 0 {
            i -= 1
            try siftUp(list, i, isMax: isMax)
        }
    }

    private func defineHeapq(_ m: ModuleBuilder) {
        m.def2("heappush($module, heap, item, /)", "Push item onto heap, maintaining the heap invariant.") { vm, _, heap, item in
            vm.guarded { () throws(Raised) in
                let list = try vm.heap(heap, "heappush() argument 1")
                try list.append(vm, item)
                try vm.siftDown(list, from: 0, list.count - 1, isMax: false)
                return .none
            }
        }
        m.def2("heappushpop($module, heap, item, /)", "Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more efficiently than heappush() followed by\na separate call to heappop().") { vm, _, heap, item in
            vm.guarded { () throws(Raised) in
                let list = try vm.heap(heap, "heappushpop() argument 1")
                if list.count == 0 { return item }
                if try !vm.precedes(list[0], item, isMax: false) { return item }
                return try vm.heapReplace(list, item, isMax: false)
            }
        }
        m.def1("heappop($module, heap, /)", "Pop the smallest item off the heap, maintaining the heap invariant.") { vm, _, heap in
            vm.guarded { () throws(Raised) in try vm.heapPop(vm.heap(heap, "heappop() argument"), isMax: false) }
        }
        m.def2("heapreplace($module, heap, item, /)", "Pop and return the current smallest value, and add the new item.\n\nThis is more efficient than heappop() followed by heappush(), and can be\nmore appropriate when using a fixed-size heap.  Note that the value\nreturned may be larger than item!  That constrains reasonable uses of\nthis routine unless written as part of a conditional replacement:\n\n    if item > heap[0]:\n        item = heapreplace(heap, item)") { vm, _, heap, item in
            vm.guarded { () throws(Raised) in try vm.heapReplace(vm.heap(heap, "heapreplace() argument 1"), item, isMax: false) }
        }
        m.def1("heapify($module, heap, /)", "Transform list into a heap, in-place, in O(len(heap)) time.") { vm, _, heap in
            vm.guarded { () throws(Raised) in
                try vm.heapify(vm.heap(heap, "heapify() argument"), isMax: false)
                return .none
            }
        }
        m.def1("_heappop_max($module, heap, /)", "Maxheap variant of heappop.") { vm, _, heap in
            vm.guarded { () throws(Raised) in try vm.heapPop(vm.heap(heap, "_heappop_max() argument"), isMax: true) }
        }
        m.def2("_heapreplace_max($module, heap, item, /)", "Maxheap variant of heapreplace.") { vm, _, heap, item in
            vm.guarded { () throws(Raised) in try vm.heapReplace(vm.heap(heap, "_heapreplace_max() argument 1"), item, isMax: true) }
        }
        m.def1("_heapify_max($module, heap, /)", "Maxheap variant of heapify.") { vm, _, heap in
            vm.guarded { () throws(Raised) in
                try vm.heapify(vm.heap(heap, "_heapify_max() argument"), isMax: true)
                return .none
            }
        }
    }
}
