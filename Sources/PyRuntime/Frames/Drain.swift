// Taking everything out of an iterator from native code. A generator's frame runs in one `evaluate` and hands each value to
// a sink where it yields: no suspension between two items. Users: `list`, `sum`, `any`, `set`, ... over a generator.
//
//   drain ── evaluate ── frame (entry | generator | sink)
//                          YIELD_VALUE v → sink(v): taken, go on   or   refused: suspend as ever, `drain` returns v

/// Takes an item, or refuses it. Must not run Python code, raise, or look at frames: the generator is not suspended meanwhile.
typealias ItemSink = @convention(c) (VM, UnsafeMutableRawPointer, Value) -> Bool

extension VM {
    /// The next item that `sink` does not take; NULL at the end. The caller deals with it and asks again.
    /// - Parameter context: for the sink; used during this call only.
    /// - Throws: what the iterator raises.
    @inline(never)
    func drain(_ iterator: Value, _ context: UnsafeMutableRawPointer, _ sink: @escaping ItemSink) throws(Raised) -> Value {
        guard iterator.isExactly(types.generator) else { return try nextRaw(iterator) }
        let generator = iterator.cast(GeneratorLayout.self)
        let state = generator.pointee.state
        guard state == .created || state == .suspended, generator.pointee.exec.pointee.mode == .plain, !self.eval.pointee.isTracing else {
            return try nextRaw(iterator)
        }
        try enterNative()
        let stackTop = thread.pointee.stackTop
        let eval = self.eval
        let outerSink = eval.pointee.sink, outerContext = eval.pointee.sinkContext
        eval.pointee.sink = sink
        eval.pointee.sinkContext = context
        defer {
            eval.pointee.sink = outerSink
            eval.pointee.sinkContext = outerContext
            thread.pointee.stackTop = stackTop
            leaveNative()
        }
        _ = try pushGenerator(iterator, .none, flags: [.entry, .sink], result: 0)
        let value = try evaluate(throwing: false)
        return generator.pointee.state == .finished ? .null : value
    }

    /// Gives a yielded value to the sink of the frame. True: taken, the frame is set to go on.
    /// - Parameter sendRegister: where the generator finds what `yield` returns.
    func offerToSink(_ frame: UnsafeMutablePointer<Frame>, _ value: Value, _ sendRegister: Int) -> Bool {
        let eval = self.eval
        // Tracers hear of each suspension and resumption.
        if eval.pointee.isTracing { return false }
        guard let sink = eval.pointee.sink, let context = eval.pointee.sinkContext, sink(self, context, value) else { return false }
        frame.pointee.base[sendRegister] = .none
        // A delegation runs its instruction again.
        if ExecWord.op(frame.pointee.pc[-1]) == .yieldFrom { frame.pointee.pc -= 1 }
        return true
    }

    // MARK: Sinks

    /// Context: the list's layout. Refuses only when memory is short.
    static var listSink: ItemSink {
        { vm, context, item in
            let list = PyList(Value(context.assumingMemoryBound(to: ListLayout.self)))
            let count = list.count
            if count < list.ref.pointee.capacity, let items = list.ref.pointee.items {
                items[count] = item
                list.ref.pointee.count = count + 1
                return true
            }
            do {
                try list.append(vm, item)
                return true
            } catch {
                vm.clearRaised()
                return false
            }
        }
    }

    /// Context: a running total. Refuses what is not plain ints or floats.
    static var sumSink: ItemSink {
        { _, context, item in
            let total = context.assumingMemoryBound(to: Value.self)
            let sum = fastAdd(total.pointee, item)
            if sum.isNull { return false }
            total.pointee = sum
            return true
        }
    }

    /// `all`: takes what is true at a glance. Context unused.
    static var trueSink: ItemSink { { _, _, item in fastTruth(item) == 1 } }
    /// `any`: takes what is false at a glance. Context unused.
    static var falseSink: ItemSink { { _, _, item in fastTruth(item) == 0 } }

    /// Context: the best so far, an int or a float (NULL at first is refused).
    static var maxSink: ItemSink {
        { _, context, item in
            let best = context.assumingMemoryBound(to: Value.self)
            let greater = fastCompare(item, best.pointee, >, >)
            if greater == 1 { best.pointee = item }
            return greater >= 0
        }
    }
    static var minSink: ItemSink {
        { _, context, item in
            let best = context.assumingMemoryBound(to: Value.self)
            let less = fastCompare(item, best.pointee, <, <)
            if less == 1 { best.pointee = item }
            return less >= 0
        }
    }

    /// Context: the set's layout. Takes ints and strings that meet nothing else of the same hash.
    static var setSink: ItemSink {
        { vm, context, item in PySet(Value(context.assumingMemoryBound(to: SetLayout.self))).addPlain(vm, item) }
    }
}
