// Making and ending an interpreter. The order matters: memory, type cells, texts, then each type's contents.
import PyPlatform

/// What an interpreter is made with.
public struct VMOptions: Sendable {
    /// PYTHONHASHSEED: nil = random.
    public var hashSeed: UInt32?
    /// Bytes; 0 = unlimited.
    public var memoryLimit = 0
    /// Collect at every Nth allocation and poison freed cells; 0 = off. TAIPAN_GC_STRESS sets it.
    public var gcStress = 0
    /// Slots of the Python stack of each thread (8 bytes each, mapped lazily).
    public var stackSlots = 1 << 20
    public init() {}
}

extension VM {
    /// A new interpreter with the calling thread as its first. End it with `destroy` on the same thread.
    public static func create(_ options: VMOptions = VMOptions()) -> VM {
        let size = vmStateOffset + MemoryLayout<VMState>.size
        let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        let vm = VM(raw: raw)
        let classes = raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount { classes[i].cellSize = UInt(sizeOfClass(i)) }
        let state = vm.state
        withUnsafeMutablePointer(to: &state.pointee.heap) { $0.initialize(to: Heap()) }
        state.pointee.heap.holdCount = 1
        state.pointee.heap.memoryLimit = options.memoryLimit
        withUnsafeMutablePointer(to: &state.pointee.interned) { $0.initialize(to: InternTable(&state.pointee.heap)) }
        withUnsafeMutablePointer(to: &state.pointee.methodCache) { $0.initialize(to: MethodCache(&state.pointee.heap)) }
        withUnsafeMutablePointer(to: &state.pointee.services) { $0.initialize(to: Unmanaged.passRetained(Services())) }
        state.pointee.recursionLimit = 1000
        var generator = SystemRandomNumberGenerator()
        state.pointee.hashKey = options.hashSeed.map { PyRuntime.hashKey(seed: $0) } ?? (generator.next(), generator.next())
        state.pointee.thread = ThreadState.create(stackSlots: options.stackSlots, recursionLimit: 1000)
        state.pointee.threads = state.pointee.thread
        vm.setUpThreading()
        vm.makeTypeCells()
        vm.makeTexts()
        vm.setUpEvaluation(state.pointee.thread)
        vm.installTypes()
        state.pointee.heap.holdCount = 0
        if options.gcStress > 0 { vm.setStress(interval: options.gcStress) }
        return vm
    }

    /// Frees everything. Finalizers that should run must have run (`sys` shutdown is the evaluator's business).
    public func destroy() {
        let state = self.state
        detachSignals()
        if state.pointee.threads?.pointee.next != nil {
            // Daemon threads may stand in a system call that uses this memory: it stays.
            stopOtherThreads()
            return
        }
        heap.pointee.runNativeDestructors(self)
        var thread = state.pointee.threads
        while let t = thread {
            thread = t.pointee.next
            tearDownEvaluation(t)
            tearDownThreadPart(t)
            t.pointee.free()
        }
        heap.pointee.freeEverything(self)
        // Type cells are gone; their subclass lists were freed with the heap's bookkeeping.
        state.pointee.allTypes.free()
        state.pointee.interned.free()
        state.pointee.methodCache.free()
        state.pointee.lowering.free()
        state.pointee.services.release()
        state.pointee.dateTimeRoots?.deallocate()
        tearDownThreading()
        state.pointee.exceptionTypes.deallocate()
        state.pointee.latin1.deallocate()
        state.pointee.ioState?.deallocate()
        raw.deallocate()
    }

    /// A cell for every builtin type, with what allocation and the collector need.
    private func makeTypeCells() {
        let size = MemoryLayout<TypeLayout>.stride + MemoryLayout<TypeSlots>.stride
        let first = UnsafeMutableRawPointer(typesPointer).assumingMemoryBound(to: PyType.self)
        let count = MemoryLayout<BuiltinTypes>.size / MemoryLayout<PyType>.size
        for i in 0..<count {
            // The metatype's address is not known for the first few: all are set below.
            let cell = allocateZeroed(size, PyType(ref: raw.assumingMemoryBound(to: TypeLayout.self)))
            first[i] = PyType(ref: cell.assumingMemoryBound(to: TypeLayout.self))
        }
        for i in 0..<count { initializeTypeCell(first[i]) }
        let exceptions = UnsafeMutablePointer<PyType>.allocate(capacity: ExceptionKind.allCases.count)
        state.pointee.exceptionTypes = exceptions
        for kind in ExceptionKind.allCases { exceptions[Int(kind.rawValue)] = kind == .baseException ? types.baseException : newTypeCell() }
        UnsafeMutableRawPointer(exceptions).withMemoryRebound(to: Value.self, capacity: ExceptionKind.allCases.count) {
            addRootRange($0, count: ExceptionKind.allCases.count)
        }
        setLayouts()
    }

    private func initializeTypeCell(_ type: PyType) {
        type.ref.pointee.type = types.type
        type.ref.pointee.basicSize = 8
        type.ref.pointee.traceKind = .leaf
        state.pointee.allTypes.append(UInt(bitPattern: type.ref))
    }

    /// An empty type cell, metatype `type`. May collect.
    public func newTypeCell() -> PyType {
        let size = MemoryLayout<TypeLayout>.stride + MemoryLayout<TypeSlots>.stride
        let cell = allocateZeroed(size, types.type)
        let type = PyType(ref: cell.assumingMemoryBound(to: TypeLayout.self))
        initializeTypeCell(type)
        return type
    }

    private func makeTexts() {
        let emptyLayout = allocateZeroed(32, types.str).assumingMemoryBound(to: StrLayout.self)
        emptyLayout.pointee.hash = 0
        emptyLayout.pointee.info = 1 << 48 | PyStr.asciiBit
        state.pointee.emptyStr = Value(emptyLayout)
        state.pointee.latin1 = .allocate(capacity: 256)
        for c in 0..<256 {
            let layout = allocateZeroed(32, types.str).assumingMemoryBound(to: StrLayout.self)
            layout.pointee.hash = -1
            layout.pointee.info = 1 | 1 << 48 | (c < 128 ? PyStr.asciiBit : 0)
            PyStr(Value(layout)).bytes[0] = UInt8(c)
            state.pointee.latin1[c] = internValue(Value(layout))
        }
        addRootRange(state.pointee.latin1, count: 256)
        state.pointee.emptyStr = internValue(state.pointee.emptyStr)
        let emptyTupleLayout = allocateZeroed(16, types.tuple)
        state.pointee.emptyTuple = Value(object: emptyTupleLayout)
        let fields = UnsafeMutableRawPointer(namesPointer).assumingMemoryBound(to: Value.self)
        Names.texts.withUTF8Buffer { texts in
            var field = 0
            var start = 0
            for i in 0...texts.count where i == texts.count || texts[i] == 32 || texts[i] == 10 {
                if i > start {
                    fields[field] = internValue(str(utf8: UnsafeBufferPointer(rebasing: texts[start..<i])))
                    field += 1
                }
                start = i + 1
            }
            precondition(field * 8 == MemoryLayout<Names>.size, "Names.swift is out of step: run Scripts/generate_names.py")
        }
    }
}

extension ThreadState {
    static func create(stackSlots: Int, recursionLimit: Int) -> UnsafeMutablePointer<ThreadState> {
        let thread = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
        UnsafeMutableRawPointer(thread).initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<ThreadState>.size)
        let bytes = (stackSlots * 8 + 65535) & ~65535
        guard let memory = taipan_map_aligned(bytes, 65536) else { preconditionFailure("taipan: no memory for a thread's stack") }
        let base = memory.assumingMemoryBound(to: Value.self)
        thread.pointee.stackBase = base
        thread.pointee.stackTop = base
        thread.pointee.stackLimit = base + stackSlots - 64
        thread.pointee.recursionLimit = recursionLimit
        thread.pointee.readNativeBounds()
        return thread
    }

    /// To be called on the thread that this state is for.
    public mutating func readNativeBounds() {
        var low: UInt = 0, high: UInt = 0
        taipan_stack_bounds(&low, &high)
        nativeStackHigh = high
        // What the deepest slow path below a check may need.
        nativeStackLimit = low + min(256 << 10, (high - low) / 4)
    }

    mutating func free() {
        let bytes = (UInt(bitPattern: stackLimit) - UInt(bitPattern: stackBase) + 64 * 8 + 65535) & ~65535
        taipan_unmap(UnsafeMutableRawPointer(stackBase), Int(bytes))
    }
}

extension Heap {
    mutating func runNativeDestructors(_ vm: VM) {
        for i in 0..<finalizable.count {
            let value = Value(bits: UInt64(finalizable[i]))
            value.objectType.slots.finalize?(vm, value)
        }
        finalizable.count = 0
    }

    mutating func freeEverything(_ vm: VM) {
        releaseReserve(reserveLeft)
        finishSweep(vm)
        let classes = vm.raw.assumingMemoryBound(to: SizeClass.self)
        for i in 1..<sizeClassCount {
            while let block = classes[i].blocks {
                classes[i].blocks = block.pointee.next
                taipan_unmap(UnsafeMutableRawPointer(block.marks), Int(blockSize))
            }
        }
        while let block = freeBlocks {
            freeBlocks = block.pointee.next
            taipan_unmap(UnsafeMutableRawPointer(block.marks), Int(blockSize))
        }
        fresh.unmap()
        freshLarge.unmap()
        while let block = largeBlocks {
            largeBlocks = block.pointee.next
            taipan_unmap(UnsafeMutableRawPointer(block.marks), block.pointee.mappedBytes)
        }
        releaseSpares()
        freeDefinitions()
        taipan_free(pages)
        rootRanges.free()
        roots.free()
        freeRootSlots.free()
        finalizable.free()
        pendingDel.free()
        pendingCallbacks.free()
        weakRefs.free()
        finalized.free()
        traces.end()
        vm.collector.pointee.young.free()
        vm.collector.pointee.saved.free()
        vm.collector.pointee.report.free()
        markStack.free()
    }
}

func physicalMemoryBytes() -> Int { 1 << 40 }
