// `_queue`: SimpleQueue, unbounded, reentrant. CPython: Modules/_queuemodule.c.
import PyPlatform
import PyRuntime

struct SimpleQueueLayout {
    var type: PyType
    /// A list; the items before `first` are gone.
    var items: Value
    var module: Value
    var first: Int
    var waiters: Int
    static var size: Int { 40 }
}

extension VM {
    public func registerQueue() {
        registerModule("_queue") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly." as StaticString))
                let empty = try vm.newExceptionClass("Empty", module: "_queue", doc: "Exception raised by Queue.get(block=0)/get_nowait().")
                m.attribute("Empty", empty)
                module.cast(ModuleLayout.self).pointee.state = empty
                vm.threading.pointee.queueEmpty = empty
                let t = vm.makeType("SimpleQueue", module: "_queue", size: SimpleQueueLayout.size, trace: .words, fieldsEnd: 24, flags: [.baseType, .weakrefable])
                vm.fillSimpleQueue(t)
                vm.readyType(t.type)
                m.attribute("SimpleQueue", t.type.value)
            }
        }
    }

    private func count(_ queue: Value) -> Int {
        let layout = queue.cast(SimpleQueueLayout.self)
        return PyList(layout.pointee.items).count - layout.pointee.first
    }

    private func put(_ queue: Value, _ item: Value) throws(Raised) -> Value {
        let layout = queue.cast(SimpleQueueLayout.self)
        try PyList(layout.pointee.items).append(self, item)
        if layout.pointee.waiters > 0 { unpark(UInt(bitPattern: layout)) }
        return .none
    }

    /// - Precondition: not empty.
    private func popFirst(_ queue: Value) throws(Raised) -> Value {
        let layout = queue.cast(SimpleQueueLayout.self)
        let list = PyList(layout.pointee.items)
        let item = list[layout.pointee.first]
        list[layout.pointee.first] = .none
        layout.pointee.first += 1
        if layout.pointee.first == list.count {
            list.clear()
            layout.pointee.first = 0
        } else if layout.pointee.first >= 32, layout.pointee.first * 2 >= list.count {
            let rest = try newList(capacity: list.count - layout.pointee.first)
            for i in layout.pointee.first..<list.count { try rest.append(self, list[i]) }
            layout.pointee.items = rest.value
            layout.pointee.first = 0
        }
        return item
    }

    /// - Parameter timeout: nanoseconds; negative for ever, 0 not at all.
    private func get(_ queue: Value, _ timeout: Int64) throws(Raised) -> Value {
        if count(queue) == 0 && timeout != 0 {
            let layout = queue.cast(SimpleQueueLayout.self)
            var deadline: Int64 = -1
            if timeout > 0 {
                let (sum, overflow) = Clock.monotonic.now.addingReportingOverflow(timeout)
                deadline = overflow ? .max : sum
            }
            layout.pointee.waiters += 1
            defer { layout.pointee.waiters -= 1 }
            waiting: while count(queue) == 0 {
                switch park(on: UInt(bitPattern: layout), until: deadline) {
                case .woken: break
                case .timedOut: break waiting
                case .interrupted: try checkSignals()
                }
            }
        }
        if count(queue) == 0 { throw raise(PyType(threading.pointee.queueEmpty), argsTuple: emptyTuple) }
        return try popFirst(queue)
    }

    private func fillSimpleQueue(_ t: TypeBuilder) {
        t.doc("Simple, unbounded, reentrant FIFO queue.", signature: "()")
        t.type.slots.new = { vm, cls, _, count, names in
            vm.guarded { () throws(Raised) in
                if PyType(cls).flags.contains(.immutable) {
                    if !names.isNull && PyTuple(names).count > 0 { throw vm.raise(.typeError, "SimpleQueue() takes no keyword arguments") }
                    if count > 0 { throw vm.raise(.typeError, "SimpleQueue() takes no positional arguments") }
                }
                let items = try vm.newList().value
                let queue = vm.newInstance(PyType(cls))
                queue.cast(SimpleQueueLayout.self).pointee.items = items
                return queue
            }
        }
        t.def0("empty($self, /)", "Return True if the queue is empty, False otherwise (not reliable!).") { vm, queue in Value(vm.count(queue) == 0) }
        t.def0("qsize($self, /)", "Return the approximate size of the queue (not reliable!).") { vm, queue in vm.int(vm.count(queue)) }
        t.defN("get($self, /, block=True, timeout=None)", "Remove and return an item from the queue.\n\nIf optional args 'block' is true and 'timeout' is None (the default),\nblock if necessary until an item is available. If 'timeout' is\na non-negative number, it blocks at most 'timeout' seconds and raises\nthe Empty exception if no item was available within that time.\nOtherwise ('block' is false), return an item if one is immediately\navailable, else raise the Empty exception ('timeout' is ignored\nin that case).") { vm, queue, a in
            vm.guarded { () throws(Raised) in
                if !a[0].isNull, try !vm.isTrue(a[0]) { return try vm.get(queue, 0) }
                if a[1].isNull || a[1].isNone { return try vm.get(queue, -1) }
                let timeout = try vm.timeoutNanoseconds(a[1])
                if timeout < 0 { throw vm.raise(.valueError, "'timeout' must be a non-negative number") }
                return try vm.get(queue, timeout)
            }
        }
        t.def0("get_nowait($self, /)", "Remove and return an item from the queue without blocking.\n\nOnly get an item if one is immediately available. Otherwise\nraise the Empty exception.") { vm, queue in vm.guarded { () throws(Raised) in try vm.get(queue, 0) } }
        t.defN("put($self, /, item, block=True, timeout=None)", "Put the item on the queue.\n\nThe optional 'block' and 'timeout' arguments are ignored, as this method\nnever blocks.  They are provided for compatibility with the Queue class.") { vm, queue, a in
            vm.guarded { () throws(Raised) in try vm.put(queue, a[0]) }
        }
        t.defN("put_nowait($self, /, item)", "Put an item into the queue without blocking.\n\nThis is exactly equivalent to `put(item)` and is only provided\nfor compatibility with the Queue class.") { vm, queue, a in
            vm.guarded { () throws(Raised) in try vm.put(queue, a[0]) }
        }
        t.def1("-__class_getitem__($type, object, /)", "See PEP 585", .classMethod) { vm, cls, item in vm.newGenericAlias(cls, item) }
    }
}
