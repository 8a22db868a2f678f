// `gc.collect()`: collections until nothing more dies, the finalizers in between, the count that CPython would give, and the
// generations that a program can see though there is one. CPython: `gc_collect_main` in Modules/gcmodule.c.

extension VM {
    /// `gc.collect(generation)`; `module` is `gc`. The number of unreachable objects that CPython would find.
    func collectAsked(_ generation: Int, _ module: Value) -> Int {
        let name = intern("collect")
        let isDirect = isCalledByLoop { callee in
            guard callee.isExactly(types.builtinFunction) else { return false }
            let native = callee.cast(NativeFunctionLayout.self)
            return native.pointee.receiver == module && native.pointee.definition.pointee.name == name
        }
        tellCallbacks("start", generation, 0)
        if generation < 2 { noteYoung() }
        let before = heap.pointee.collections
        let found = collectCompletely(isDirect)
        ageYoung(generation, heap.pointee.collections - before, found)
        if collector.pointee.saved.count > 0 { saveGarbage() }
        tellCallbacks("stop", generation, found)
        return found
    }

    /// - Parameter isDirect: the evaluation loop called us, so that no native frame above it holds a value.
    private func collectCompletely(_ isDirect: Bool) -> Int {
        collector.pointee.dead = 0
        var rounds = 0
        repeat {
            clearDeadRegisters()
            wipeStack()
            collector.pointee.isAskedFor = true
            collector.pointee.isCalledByLoop = isDirect
            collectGarbage()
            collector.pointee.isAskedFor = false
            collector.pointee.isCalledByLoop = false
            writeReport()
            rounds += 1
            if !heap.pointee.hasPending || thread.pointee.threading.runsFinalizers { break }
            runPendingFinalizers()
        } while rounds < 10
        // What is free goes back to the system now.
        heap.pointee.finishSweep(self)
        heap.pointee.collectSoon()
        return collector.pointee.dead
    }

    /// DEBUG_COLLECTABLE, in the middle of a collection: notes what is garbage before any of it is finalized. The attributes of an
    /// instance count as the `dict` they are under CPython.
    func reportCollectable(_ graph: inout DeadGraph) {
        if collector.pointee.debugFlags & 2 == 0 { return }
        func note(_ name: String, _ address: UInt) {
            for byte in "gc: collectable <\(name) 0x\(String(address, radix: 16))>\n".utf8 { collector.pointee.report.append(byte) }
        }
        for i in 0..<graph.cells.count where graph.isCyclic(graph.cells[i]) {
            let cell = graph.cells[i], value = Value(bits: UInt64(cell))
            let weight = trackedWeight(value)
            if weight > 0 { note(typeName(value), cell) }
            if weight > 1 { note("dict", cell + UInt(type(of: value).ref.pointee.attrsOffset)) }
        }
    }

    private func writeReport() {
        let report = collector.pointee.report
        if report.count == 0 { return }
        let text = String(decoding: UnsafeBufferPointer(start: report.base, count: report.count), as: UTF8.self)
        collector.pointee.report.free()
        writeToStandardError(text)
    }

    private func ageYoung(_ generation: Int, _ collections: Int, _ found: Int) {
        let settings = collector
        switch generation {
        case 0:
            settings.pointee.askedCollections.0 += 1
            settings.pointee.collected.0 += found
            settings.pointee.youngCount += 1
            settings.pointee.young.update { _, _ in 2 }
        case 1:
            settings.pointee.askedCollections.1 += 1
            settings.pointee.collected.1 += found
            settings.pointee.youngCount = 0
            settings.pointee.middleCount += 1
            settings.pointee.young.update { _, _ in 0 }
        default:
            settings.pointee.askedCollections.2 += 1
            settings.pointee.collected.2 += found
            settings.pointee.youngCount = 0
            settings.pointee.middleCount = 0
            settings.pointee.young.update { _, _ in 0 }
        }
        // Rounds after finalizers belong to the one collection.
        settings.pointee.partialCollections += generation < 2 ? collections : collections - 1
    }

    /// Writes down what came since the last collection: the next one will mark it.
    func noteYoung() {
        heap.pointee.finishSweep(self)
        let settings = collector
        heap.pointee.forEachCell(self) { cell in
            if !Marker.isMarked(cell) && !settings.pointee.young.contains(UInt64(cell)) && !isInternal(Value(bits: UInt64(cell))) {
                settings.pointee.young.set(UInt64(cell), 1)
            }
            return true
        }
    }

    /// 0, 1 or 2, after `noteYoung`.
    func generation(of v: Value) -> Int {
        let note = collector.pointee.young.find(v.bits)
        return note == 0 ? 2 : Int(note) - 1
    }

    /// DEBUG_SAVEALL: what the collection found goes to `gc.garbage`.
    private func saveGarbage() {
        let garbage = collector.pointee.garbage
        if garbage.isObject && isList(garbage) {
            for i in 0..<collector.pointee.saved.count {
                let value = collector.pointee.saved[i]
                do {
                    try PyList(garbage).append(self, value)
                    if !isType(value) && trackedWeight(value) > 1 { try PyList(garbage).append(self, materializeDict(value, type(of: value))) }
                } catch { clearRaised() }
            }
        }
        collector.pointee.saved.count = 0
    }

    private func tellCallbacks(_ phase: StaticString, _ generation: Int, _ collected: Int) {
        let callbacks = collector.pointee.callbacks
        guard callbacks.isObject, isList(callbacks), PyList(callbacks).count > 0 else { return }
        let info = newDict()
        do {
            try info.set(self, intern("generation"), int(generation))
            try info.set(self, intern("collected"), int(collected))
            try info.set(self, intern("uncollectable"), Value(small: 0))
        } catch { return clearRaised() }
        var i = 0
        while i < PyList(callbacks).count {
            let callback = PyList(callbacks)[i]
            do { _ = try call(callback, intern(phase), info.value) } catch { writeUnraisable(callback) }
            i += 1
        }
    }

    /// What CPython's collector counts for a dead object: the object, and the `__dict__` that an instance with attributes
    /// has there; nothing for what it does not track.
    func trackedWeight(_ v: Value) -> Int {
        if isInternal(v) || !isTracked(v) { return 0 }
        let type = v.objectType
        // A tuple that has seen a collection is tracked only for what it holds.
        if type == types.tuple { return mayBeTracked(v) ? 1 : 0 }
        if isType(v) { return 2 }
        // Dicts of instances are objects here only after somebody asked for them.
        if type.ref.pointee.attrsOffset == 0 { return 1 }
        guard let shape = attrs(v, type).pointee.shape, shape.pointee.isDict == 0, shape.pointee.count > 0 else { return 1 }
        return 2
    }
}
