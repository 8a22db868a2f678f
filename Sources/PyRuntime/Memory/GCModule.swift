// The `gc` module: collections on demand, what refers to what. CPython: Modules/gcmodule.c.
// There is one generation here; an object counts as tracked where CPython's collector would look at it.
import PyNumerics
import PyPlatform

/// What the module was told.
struct CollectorSettings {
    var thresholds: (Int, Int, Int) = (700, 10, 10)
    var debugFlags = 0
    var frozen = 0
    /// By generation: what `gc.get_stats` tells. Collections of ours are all full; one that was asked for counts as what was asked.
    var collected = (0, 0, 0)
    var askedCollections = (0, 0, 0)
    /// Collections asked for that were not full.
    var partialCollections = 0
    /// The second and third of `gc.get_count`.
    var youngCount = 0
    var middleCount = 0
    /// Objects known to be of a generation below the oldest: bits to 1 (youngest) or 2. What was marked by the last
    /// collection and is not here is old; what was not is young.
    var young = WeakTable()
    /// `gc.callbacks` and `gc.garbage`: lists.
    var callbacks: Value = .null
    var garbage: Value = .null
    /// The collection was asked for by the program: it tells cyclic garbage from the rest and counts it.
    var isAskedFor = false
    /// No native code between the loop and the collector holds a value.
    var isCalledByLoop = false
    /// Collections are switched off and memory asks for one: it leaves cycles alone.
    var sparesCycles = false
    var dead = 0
    /// DEBUG_COLLECTABLE: what is to be written, in UTF-8.
    var report = GrowableArray<UInt8>()
    /// DEBUG_SAVEALL: to be appended to `gc.garbage`. Roots.
    var saved = GrowableArray<Value>()
    init() {}
}

extension VM {
    var collector: UnsafeMutablePointer<CollectorSettings> { withUnsafeMutablePointer(to: &state.pointee.collector) { $0 } }

    func defineGC(_ m: ModuleBuilder) {
        collector.initialize(to: CollectorSettings())
        m.attribute("__doc__", str("This module provides access to the garbage collector for reference cycles.\n\nenable() -- Enable automatic garbage collection.\ndisable() -- Disable automatic garbage collection.\nisenabled() -- Returns true if automatic collection is enabled.\ncollect() -- Do a full collection right now.\nget_count() -- Return the current collection counts.\nget_stats() -- Return list of dictionaries containing per-generation stats.\nset_debug() -- Set debugging flags.\nget_debug() -- Get debugging flags.\nset_threshold() -- Set the collection thresholds.\nget_threshold() -- Return the current the collection thresholds.\nget_objects() -- Return a list of all objects tracked by the collector.\nis_tracked() -- Returns true if a given object is tracked.\nis_finalized() -- Returns true if a given object has been already finalized.\nget_referrers() -- Return the list of objects that refer to an object.\nget_referents() -- Return the list of objects that an object refers to.\nfreeze() -- Freeze all tracked objects and ignore them for future collections.\nunfreeze() -- Unfreeze all objects in the permanent generation.\nget_freeze_count() -- Return the number of objects in the permanent generation.\n" as StaticString))
        defineCollecting(m)
        defineSettings(m)
        defineLooking(m)
        do {
            collector.pointee.garbage = try newList().value
            collector.pointee.callbacks = try newList().value
        } catch { clearRaised() }
        m.attribute("garbage", collector.pointee.garbage)
        m.attribute("callbacks", collector.pointee.callbacks)
        m.attribute("DEBUG_STATS", Value(small: 1))
        m.attribute("DEBUG_COLLECTABLE", Value(small: 2))
        m.attribute("DEBUG_UNCOLLECTABLE", Value(small: 4))
        m.attribute("DEBUG_SAVEALL", Value(small: 32))
        m.attribute("DEBUG_LEAK", Value(small: 38))
    }

    // MARK: Collecting

    private func defineCollecting(_ m: ModuleBuilder) {
        m.def0("enable($module, /)", "Enable automatic garbage collection.") { vm, _ in
            vm.heap.pointee.isEnabled = true
            // Who turns it on expects it soon.
            vm.heap.pointee.collectSoon()
            return .none
        }
        m.def0("disable($module, /)", "Disable automatic garbage collection.") { vm, _ in
            vm.heap.pointee.isEnabled = false
            return .none
        }
        m.def0("isenabled($module, /)", "Returns true if automatic garbage collection is enabled.") { vm, _ in Value(vm.heap.pointee.isEnabled) }
        m.defN("collect($module, /, generation=2)", "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional argument\nmay be an integer specifying which generation to collect.  A ValueError\nis raised if the generation number is invalid.\n\nThe number of unreachable objects is returned.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let generation = a[0].isNull ? 2 : try vm.indexInt(a[0])
                if generation < 0 || generation > 2 { throw vm.raise(.valueError, "invalid generation") }
                return vm.int(vm.collectReporting(generation, module))
            }
        }
        m.def0("get_count($module, /)", "Return a three-tuple of the current collection counts.") { vm, _ in
            vm.tuple(vm.int(vm.heap.pointee.allocatedSinceCollection >> 6), vm.int(vm.collector.pointee.youngCount), vm.int(vm.collector.pointee.middleCount))
        }
        m.def0("get_stats($module, /)", "Return a list of dictionaries containing per-generation statistics.") { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                let settings = vm.collector.pointee
                // Those nobody asked for were full.
                let full = vm.heap.pointee.collections - settings.partialCollections
                for (collections, collected) in [
                    (settings.askedCollections.0, settings.collected.0), (settings.askedCollections.1, settings.collected.1),
                    (max(full, settings.askedCollections.2), settings.collected.2),
                ] {
                    let dict = vm.newDict()
                    try dict.set(vm, vm.intern("collections"), vm.int(collections))
                    try dict.set(vm, vm.intern("collected"), vm.int(collected))
                    try dict.set(vm, vm.intern("uncollectable"), Value(small: 0))
                    try list.append(vm, dict.value)
                }
                return list.value
            }
        }
    }

    /// With DEBUG_STATS, says on sys.stderr what it does.
    private func collectReporting(_ generation: Int, _ module: Value) -> Int {
        guard collector.pointee.debugFlags & 1 != 0 else { return collectAsked(generation, module) }
        var counts = [0, 0, 0]
        noteYoung()
        heap.pointee.finishSweep(self)
        heap.pointee.forEachCell(self) { cell in
            let value = Value(bits: UInt64(cell))
            if !isInternal(value) && isTracked(value) { counts[self.generation(of: value)] += 1 }
            return true
        }
        writeToStandardError(
            "gc: collecting generation \(generation)...\ngc: objects in each generation: \(counts[0]) \(counts[1]) \(counts[2])\n"
                + "gc: objects in permanent generation: \(collector.pointee.frozen)\n")
        let start = Clock.monotonic.now
        let found = collectAsked(generation, module)
        let seconds = String(decoding: FloatText.format(Double(Clock.monotonic.now - start) / 1e9, type: UInt8(ascii: "f"), precision: 4), as: UTF8.self)
        writeToStandardError("gc: done, \(found) unreachable, 0 uncollectable, \(seconds)s elapsed\n")
        return found
    }

    private func defineSettings(_ m: ModuleBuilder) {
        m.def0("get_threshold($module, /)", "Return the current collection thresholds.") { vm, _ in
            let t = vm.collector.pointee.thresholds
            return vm.tuple(vm.int(t.0), vm.int(t.1), vm.int(t.2))
        }
        m.defN("^set_threshold(threshold0, threshold1=10, threshold2=10, /)", "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\nSets the collection thresholds.  Setting threshold0 to zero disables\ncollection.\n") { vm, _, a in
            vm.guarded { () throws(Raised) in
                vm.collector.pointee.thresholds.0 = try vm.indexInt(a[0])
                if !a[1].isNull { vm.collector.pointee.thresholds.1 = try vm.indexInt(a[1]) }
                if !a[2].isNull { vm.collector.pointee.thresholds.2 = try vm.indexInt(a[2]) }
                return .none
            }
        }
        m.def0("get_debug($module, /)", "Get the garbage collection debugging flags.") { vm, _ in vm.int(vm.collector.pointee.debugFlags) }
        m.def1("set_debug($module, flags, /)", "Set the garbage collection debugging flags.\n\n  flags\n    An integer that can have the following bits turned on:\n      DEBUG_STATS - Print statistics during collection.\n      DEBUG_COLLECTABLE - Print collectable objects found.\n      DEBUG_UNCOLLECTABLE - Print unreachable but uncollectable objects\n        found.\n      DEBUG_SAVEALL - Save objects to gc.garbage rather than freeing them.\n      DEBUG_LEAK - Debug leaking programs (everything but STATS).\n\nDebugging information is written to sys.stderr.") { vm, _, flags in
            vm.guarded { () throws(Raised) in
                vm.collector.pointee.debugFlags = try vm.indexInt(flags)
                return .none
            }
        }
        m.def0("freeze($module, /)", "Freeze all current tracked objects and ignore them for future collections.\n\nThis can be used before a POSIX fork() call to make the gc copy-on-write friendly.\nNote: collection before a POSIX fork() call may free pages for future allocation\nwhich can cause copy-on-write.") { vm, _ in
            var n = 0
            vm.forEachTracked { _ in
                n += 1
                return true
            }
            vm.collector.pointee.frozen = n
            return .none
        }
        m.def0("unfreeze($module, /)", "Unfreeze all objects in the permanent generation.\n\nPut all objects in the permanent generation back into oldest generation.") { vm, _ in
            vm.collector.pointee.frozen = 0
            return .none
        }
        m.def0("get_freeze_count($module, /)", "Return the number of objects in the permanent generation.") { vm, _ in vm.int(vm.collector.pointee.frozen) }
    }

    // MARK: Looking

    private func defineLooking(_ m: ModuleBuilder) {
        m.def1("is_tracked($module, obj, /)", "Returns true if the object is tracked by the garbage collector.\n\nSimple atomic objects will return false.") { vm, _, v in Value(vm.isTracked(v)) }
        m.def1("is_finalized($module, obj, /)", "Returns true if the object has been already finalized by the GC.") { vm, _, v in
            Value(v.isObject && vm.heap.pointee.finalized.contains(v.bits))
        }
        m.defN("get_objects($module, /, generation=None)", "Return a list of objects tracked by the collector (excluding the list returned).\n\n  generation\n    Generation to extract the objects from.\n\nIf generation is not None, return only the objects tracked by the collector\nthat are in that generation.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                var generation = -1
                if !a[0].isNull && !a[0].isNone {
                    guard vm.hasIndex(a[0]) else {
                        throw vm.raise(.typeError, "argument should be integer or None, not '\(vm.typeName(a[0]))'")
                    }
                    let n = try vm.indexInt(a[0])
                    try vm.audit("gc.get_objects", vm.tuple(vm.int(n)))
                    if n >= 3 { throw vm.raise(.valueError, "generation parameter must be less than the number of available generations (3)") }
                    if n < 0 { throw vm.raise(.valueError, "generation parameter cannot be negative") }
                    generation = n
                }
                if generation < 0 {
                    try vm.audit("gc.get_objects", vm.tuple(vm.int(-1)))
                    return try vm.trackedObjects { _ in true }
                }
                vm.noteYoung()
                return try vm.trackedObjects { vm.generation(of: $0) == generation }
            }
        }
        m.defV("-get_referrers(...)", "get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs.") { vm, _, a, count, _ in
            vm.guarded { () throws(Raised) in
                let asked = try vm.tuple(a, count: count)
                try vm.audit("gc.get_referrers", vm.tuple(asked))
                return try vm.trackedObjects { object in
                    var found = false
                    vm.forEachReferent(object) { referent in
                        for i in 0..<count where a[i] == referent { found = true }
                    }
                    return found
                }
            }
        }
        m.defV("-get_referents(...)", "get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs.") { vm, _, a, count, _ in
            vm.guarded { () throws(Raised) in
                let asked = try vm.tuple(a, count: count)
                try vm.audit("gc.get_referents", vm.tuple(asked))
                let list = try vm.newList()
                for i in 0..<count where a[i].isObject {
                    // Into memory first: appending may collect.
                    let values = try vm.referentValues(of: a[i])
                    for k in 0..<values.count { try list.append(vm, values[k]) }
                }
                return list.value
            }
        }
    }

    /// Whether CPython's collector would look at the object.
    func isTracked(_ v: Value) -> Bool {
        guard v.isObject else { return false }
        let type = v.objectType
        if type.flags.contains(.heapType) { return true }
        if isType(v) { return PyType(v).flags.contains(.heapType) }
        if type.ref.pointee.traceKind == .leaf && type.ref.pointee.extraStart == 0 || type.ref.pointee.traceKind == .str {
            // `__slots__ = ()` of an untracked base stays untracked; a class with a namespace does not.
            return type.ref.pointee.attrsOffset != 0
        }
        if type == types.object || type == types.range || type == types.bytearray || type == types.code || type == types.str { return false }
        if type == types.tuple { return PyTuple(v).count > 0 }
        if type == types.dict {
            var position = 0
            while let (key, value) = PyDict(v).next(&position) { if mayBeTracked(key) || mayBeTracked(value) { return true } }
            return false
        }
        return !type.flags.contains(.intSubclass) || type.ref.pointee.attrsOffset != 0
    }

    func mayBeTracked(_ v: Value) -> Bool {
        guard v.isObject else { return false }
        if v.isExactly(types.tuple) {
            for i in 0..<PyTuple(v).count where mayBeTracked(PyTuple(v)[i]) { return true }
            return false
        }
        return v.isExactly(types.dict) || isTracked(v)
    }

    /// Cells that no program sees: buffers and tables.
    func isInternal(_ v: Value) -> Bool {
        let kind = v.objectType.ref.pointee.traceKind
        // Who audits is not to be found (PEP 578).
        return kind == .buffer || kind == .dictTable || v == state.pointee.auditHooks
    }

    /// Calls `body` with every live tracked object until it answers false. `body` must not allocate.
    private func forEachTracked(_ body: (Value) -> Bool) {
        clearDeadRegisters()
        collectGarbage()
        heap.pointee.finishSweep(self)
        heap.pointee.forEachCell(self) { cell in
            let value = Value(bits: UInt64(cell))
            if isInternal(value) || !isTracked(value) { return true }
            return body(value)
        }
    }

    /// A list of the tracked objects that `isWanted` wants; it must not allocate.
    private func trackedObjects(_ isWanted: (Value) -> Bool) throws(Raised) -> Value {
        let list = try newList()
        var count = 0
        forEachTracked { _ in
            count += 1
            return true
        }
        // Room for all, so that nothing is allocated on the way.
        try list.grow(self, to: count + 16)
        let room = count + 16
        heap.pointee.forEachCell(self) { cell in
            let value = Value(bits: UInt64(cell))
            if value == list.value || isInternal(value) || !isTracked(value) { return true }
            if isWanted(value), list.count < room {
                do { try list.append(self, value) } catch { clearRaised() }
            }
            return true
        }
        return list.value
    }

    /// The values an object refers to, in a list of their own.
    private func referentValues(of object: Value) throws(Raised) -> PyList {
        var count = 0
        forEachReferent(object) { _ in count += 1 }
        let list = try newList(capacity: count)
        forEachReferent(object) { value in
            if list.count < count { do { try list.append(self, value) } catch { clearRaised() } }
        }
        return list
    }

    /// Calls `body` with each direct referent; `body` must not allocate.
    private func forEachReferent(_ object: Value, _ body: (Value) -> Void) {
        var found = GrowableArray<Value>()
        defer { found.free() }
        var marker = Marker(heap: heap)
        marker.recordReferents(of: UInt(object.bits), into: &found)
        for i in 0..<found.count {
            let value = found[i]
            if value.isObject && isInternal(value) { forEachReferent(value, body) } else { body(value) }
        }
    }
}
