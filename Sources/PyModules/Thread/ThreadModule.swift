// `_thread`: locks, thread identity, thread locals. The mechanics are in PyRuntime/Threads. CPython: Modules/_threadmodule.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerThread() {
        registerModule("_thread") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface." as StaticString))
            let lock = vm.makeType("lock", module: "_thread", size: LockLayout.size, trace: .leaf, flags: [.weakrefable, .disallowInstantiation])
            vm.fillLock(lock)
            vm.readyType(lock.type)
            m.attribute("LockType", lock.type.value)
            vm.threading.pointee.lockType = lock.type.value
            let rlock = vm.makeType("RLock", module: "_thread", size: RLockLayout.size, trace: .leaf, flags: [.baseType, .weakrefable])
            vm.fillRLock(rlock)
            vm.readyType(rlock.type)
            m.attribute("RLock", rlock.type.value)
            let local = vm.makeType(
                "_local", module: "_thread", size: ThreadLocalLayout.size, trace: .words, fieldsEnd: ThreadLocalLayout.fieldsEnd,
                flags: [.baseType, .weakrefable])
            vm.fillThreadLocal(local)
            vm.readyType(local.type)
            m.attribute("_local", local.type.value)
            let arguments = vm.makeStructSequence(
                "_ExceptHookArgs", module: "_thread", doc: "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.",
                fields: [
                    ("exc_type", "Exception type"), ("exc_value", "Exception value"), ("exc_traceback", "Exception traceback"),
                    ("thread", "Thread"),
                ])
            m.attribute("_ExceptHookArgs", arguments.value)
            vm.threading.pointee.exceptHookArguments = arguments.value
            m.attribute("error", vm.exceptionType(.runtimeError).value)
            m.attribute("TIMEOUT_MAX", Value(9_223_372_036.0))
            vm.defineThreads(m)
            vm.defineThreadInformation(m)
            return 0
        }
    }

    /// `allocate_lock()`.
    private func newLock() -> Value { newInstance(PyType(threading.pointee.lockType)) }

    private func fillLock(_ t: TypeBuilder) {
        t.doc("A lock object is a synchronization primitive.  To create a lock,\ncall threading.Lock().  Methods are:\n\nacquire() -- lock the lock, possibly blocking until it can be obtained\nrelease() -- unlock of the lock\nlocked() -- test whether the lock is currently locked\n\nA lock is not owned by the thread that locked it; another thread may\nunlock it.  A thread attempting to lock a lock that it has already locked\nwill block until another thread unlocks it.  Deadlocks may ensue.")
        t.defN("-acquire($self, blocking=True, timeout=-1)", "acquire(blocking=True, timeout=-1) -> bool\n(acquire_lock() is an obsolete synonym)\n\nLock the lock.  Without argument, this blocks if the lock is already\nlocked (even by the same thread), waiting for another thread to release\nthe lock, and return True once the lock is acquired.\nWith an argument, this will only block if the argument is true,\nand the return value reflects whether the lock is acquired.\nThe blocking operation is interruptible.") { vm, lock, a in
            vm.guarded { () throws(Raised) in
                try vm.acquireThenPoll(lock.cast(LockLayout.self), a)
            }
        }
        t.defN("-acquire_lock($self, blocking=True, timeout=-1)", "acquire(blocking=True, timeout=-1) -> bool\n(acquire_lock() is an obsolete synonym)\n\nLock the lock.  Without argument, this blocks if the lock is already\nlocked (even by the same thread), waiting for another thread to release\nthe lock, and return True once the lock is acquired.\nWith an argument, this will only block if the argument is true,\nand the return value reflects whether the lock is acquired.\nThe blocking operation is interruptible.") { vm, lock, a in
            vm.guarded { () throws(Raised) in
                try vm.acquireThenPoll(lock.cast(LockLayout.self), a)
            }
        }
        t.defN("-__enter__($self, blocking=True, timeout=-1)", "acquire(blocking=True, timeout=-1) -> bool\n(acquire_lock() is an obsolete synonym)\n\nLock the lock.  Without argument, this blocks if the lock is already\nlocked (even by the same thread), waiting for another thread to release\nthe lock, and return True once the lock is acquired.\nWith an argument, this will only block if the argument is true,\nand the return value reflects whether the lock is acquired.\nThe blocking operation is interruptible.") { vm, lock, a in
            vm.guarded { () throws(Raised) in
                Value(try vm.acquire(lock.cast(LockLayout.self), timeout: vm.lockTimeout(a[0], a[1])))
            }
        }
        t.def0("-release($self, /)", "release()\n(release_lock() is an obsolete synonym)\n\nRelease the lock, allowing another thread that is blocked waiting for\nthe lock to acquire the lock.  The lock must be in the locked state,\nbut it needn't be locked by the same thread that unlocks it.") { vm, lock in vm.releaseLock(lock) }
        t.def0("-release_lock($self, /)", "release()\n(release_lock() is an obsolete synonym)\n\nRelease the lock, allowing another thread that is blocked waiting for\nthe lock to acquire the lock.  The lock must be in the locked state,\nbut it needn't be locked by the same thread that unlocks it.") { vm, lock in vm.releaseLock(lock) }
        t.def0("-locked($self, /)", "locked() -> bool\n(locked_lock() is an obsolete synonym)\n\nReturn whether the lock is in the locked state.") { _, lock in Value(lock.cast(LockLayout.self).pointee.isLocked) }
        t.def0("-locked_lock($self, /)", "locked() -> bool\n(locked_lock() is an obsolete synonym)\n\nReturn whether the lock is in the locked state.") { _, lock in Value(lock.cast(LockLayout.self).pointee.isLocked) }
        t.def0("-_at_fork_reinit($self, /)", "") { vm, lock in
            vm.reinitialize(lock.cast(LockLayout.self))
            return .none
        }
        t.defV("-__exit__($self, *args)", "release()\n(release_lock() is an obsolete synonym)\n\nRelease the lock, allowing another thread that is blocked waiting for\nthe lock to acquire the lock.  The lock must be in the locked state,\nbut it needn't be locked by the same thread that unlocks it.") { vm, lock, _, _, _ in vm.releaseLock(lock) }
        t.type.slots.repr = { vm, lock in
            let state = lock.cast(LockLayout.self).pointee.isLocked ? "locked" : "unlocked"
            return vm.str("<\(state) \(vm.typeText(lock.objectType)) object at \(vm.addressText(lock))>")
        }
    }

    private func releaseLock(_ lock: Value) -> Value {
        guarded { () throws(Raised) in
            if !release(lock.cast(LockLayout.self)) { throw raise(.runtimeError, "release unlocked lock") }
            return .none
        }
    }

    private func fillRLock(_ t: TypeBuilder) {
        t.type.slots.new = { vm, cls, _, _, _ in vm.newInstance(PyType(cls)) }
        t.defN("-acquire($self, blocking=True, timeout=-1)", "acquire(blocking=True) -> bool\n\nLock the lock.  `blocking` indicates whether we should wait\nfor the lock to be available or not.  If `blocking` is False\nand another thread holds the lock, the method will return False\nimmediately.  If `blocking` is True and another thread holds\nthe lock, the method will wait for the lock to be released,\ntake it and then return True.\n(note: the blocking operation is interruptible.)\n\nIn all other cases, the method will return True immediately.\nPrecisely, if the current thread already holds the lock, its\ninternal counter is simply incremented. If nobody holds the lock,\nthe lock is taken and its internal counter initialized to 1.") { vm, lock, a in
            vm.guarded { () throws(Raised) in
                Value(try vm.acquire(lock.cast(RLockLayout.self), timeout: vm.lockTimeout(a[0], a[1])))
            }
        }
        t.defN("-__enter__($self, blocking=True, timeout=-1)", "acquire(blocking=True) -> bool\n\nLock the lock.  `blocking` indicates whether we should wait\nfor the lock to be available or not.  If `blocking` is False\nand another thread holds the lock, the method will return False\nimmediately.  If `blocking` is True and another thread holds\nthe lock, the method will wait for the lock to be released,\ntake it and then return True.\n(note: the blocking operation is interruptible.)\n\nIn all other cases, the method will return True immediately.\nPrecisely, if the current thread already holds the lock, its\ninternal counter is simply incremented. If nobody holds the lock,\nthe lock is taken and its internal counter initialized to 1.") { vm, lock, a in
            vm.guarded { () throws(Raised) in
                Value(try vm.acquire(lock.cast(RLockLayout.self), timeout: vm.lockTimeout(a[0], a[1])))
            }
        }
        t.def0("-release($self, /)", "release()\n\nRelease the lock, allowing another thread that is blocked waiting for\nthe lock to acquire the lock.  The lock must be in the locked state,\nand must be locked by the same thread that unlocks it; otherwise a\n`RuntimeError` is raised.\n\nDo note that if the lock was acquire()d several times in a row by the\ncurrent thread, release() needs to be called as many times for the lock\nto be available for other threads.") { vm, lock in
            vm.guarded { () throws(Raised) in
                try vm.release(lock.cast(RLockLayout.self))
                return .none
            }
        }
        t.defV("-__exit__($self, *args)", "release()\n\nRelease the lock, allowing another thread that is blocked waiting for\nthe lock to acquire the lock.  The lock must be in the locked state,\nand must be locked by the same thread that unlocks it; otherwise a\n`RuntimeError` is raised.\n\nDo note that if the lock was acquire()d several times in a row by the\ncurrent thread, release() needs to be called as many times for the lock\nto be available for other threads.") { vm, lock, _, _, _ in
            vm.guarded { () throws(Raised) in
                try vm.release(lock.cast(RLockLayout.self))
                return .none
            }
        }
        t.def0("-_is_owned($self, /)", "_is_owned() -> bool\n\nFor internal use by `threading.Condition`.") { vm, lock in Value(vm.isOwned(lock.cast(RLockLayout.self))) }
        t.def0("-_release_save($self, /)", "_release_save() -> tuple\n\nFor internal use by `threading.Condition`.") { vm, lock in
            vm.guarded { () throws(Raised) in
                let saved = try vm.releaseSave(lock.cast(RLockLayout.self))
                return vm.tuple(vm.int(saved.count), vm.int(Int(bitPattern: saved.owner)))
            }
        }
        t.def1("-_acquire_restore($self, state, /)", "_acquire_restore(state) -> None\n\nFor internal use by `threading.Condition`.") { vm, lock, state in
            vm.guarded { () throws(Raised) in
                if !vm.isTuple(state) { throw vm.raise(.typeError, "_acquire_restore() argument 1 must be 2-item sequence, not \(vm.argumentTypeName(state))") }
                let items = PyTuple(state)
                if items.count != 2 { throw vm.raise(.typeError, "_acquire_restore() argument 1 must be sequence of length 2, not \(items.count)") }
                let count = try vm.indexInt(items[0]), owner = try vm.indexInt(items[1])
                try vm.restore(lock.cast(RLockLayout.self), count: count, owner: UInt(bitPattern: owner))
                return .none
            }
        }
        t.def0("-_at_fork_reinit($self, /)", "") { vm, lock in
            vm.reinitialize(lock.cast(RLockLayout.self))
            return .none
        }
        t.type.slots.repr = { vm, lock in
            let layout = lock.cast(RLockLayout.self)
            return vm.str("<\(layout.pointee.count > 0 ? "locked" : "unlocked") \(vm.typeText(lock.objectType)) object owner=\(layout.pointee.owner) count=\(layout.pointee.count) at \(vm.addressText(lock))>")
        }
    }

    private func fillThreadLocal(_ t: TypeBuilder) {
        t.doc("Thread-local data")
        t.type.slots.new = { vm, cls, arguments, count, names in
            vm.guarded { () throws(Raised) in
                let type = PyType(cls)
                let named = names.isNull ? 0 : PyTuple(names).count
                if count + named > 0 && vm.isObjectInit(type) { throw vm.raise(.typeError, "Initialization arguments are not supported") }
                var keywords = Value.null
                if named > 0 {
                    let dict = vm.newDict()
                    for i in 0..<named { try dict.set(vm, PyTuple(names)[i], arguments[count + i]) }
                    keywords = dict.value
                }
                return try ThreadLocal.make(vm, type, vm.tuple(arguments, count: count), keywords).value
            }
        }
        t.type.slots.getattro = { vm, local, name in
            vm.guarded { () throws(Raised) in
                let namespace = try ThreadLocal(local).namespace(vm)
                if vm.isStr(name) && PyStr(name).equals(PyStr(vm.names.__dict__)) { return namespace }
                return try vm.getAttr(local, name, namespace: namespace)
            }
        }
        t.type.slots.setattro = { vm, local, name, value in
            vm.guardedStatus { () throws(Raised) in
                let namespace = try ThreadLocal(local).namespace(vm)
                if vm.isStr(name) && PyStr(name).equals(PyStr(vm.names.__dict__)) {
                    throw vm.raise(.attributeError, "'\(vm.typeText(local.objectType))' object attribute '__dict__' is read-only")
                }
                try vm.setAttr(local, name, value, namespace: namespace)
            }
        }
    }

    private func defineThreads(_ m: ModuleBuilder) {
        m.defV("-start_new_thread($module, function, args, kwargs)", "start_new_thread(function, args[, kwargs])\n(start_new() is an obsolete synonym)\n\nStart a new thread and return its identifier.  The thread will call the\nfunction with positional arguments from the tuple args and keyword arguments\ntaken from the optional dictionary kwargs.  The thread exits when the\nfunction returns; the return value is ignored.  The thread will also exit\nwhen the function raises an unhandled exception; a stack trace will be\nprinted unless the exception is SystemExit.\n") { vm, _, a, count, names in
            vm.guarded { () throws(Raised) in try vm.startNewThread(a, count, names) }
        }
        m.defV("-start_new($module, function, args, kwargs)", "start_new_thread(function, args[, kwargs])\n(start_new() is an obsolete synonym)\n\nStart a new thread and return its identifier.  The thread will call the\nfunction with positional arguments from the tuple args and keyword arguments\ntaken from the optional dictionary kwargs.  The thread exits when the\nfunction returns; the return value is ignored.  The thread will also exit\nwhen the function raises an unhandled exception; a stack trace will be\nprinted unless the exception is SystemExit.\n") { vm, _, a, count, names in
            vm.guarded { () throws(Raised) in try vm.startNewThread(a, count, names) }
        }
        m.def0("-allocate_lock($module, /)", "allocate_lock() -> lock object\n(allocate() is an obsolete synonym)\n\nCreate a new lock object. See help(type(threading.Lock())) for\ninformation about locks.") { vm, _ in vm.newLock() }
        m.def0("-allocate($module, /)", "allocate_lock() -> lock object\n(allocate() is an obsolete synonym)\n\nCreate a new lock object. See help(type(threading.Lock())) for\ninformation about locks.") { vm, _ in vm.newLock() }
        m.def0("-exit_thread($module, /)", "exit()\n(exit_thread() is an obsolete synonym)\n\nThis is synonymous to ``raise SystemExit''.  It will cause the current\nthread to exit silently unless the exception is caught.") { vm, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.systemExit) }
        }
        m.def0("-exit($module, /)", "exit()\n(exit_thread() is an obsolete synonym)\n\nThis is synonymous to ``raise SystemExit''.  It will cause the current\nthread to exit silently unless the exception is caught.") { vm, _ in
            vm.guarded { () throws(Raised) in throw vm.raise(.systemExit) }
        }
        m.defN("-interrupt_main(signum=2, /)", "interrupt_main(signum=signal.SIGINT, /)\n\nSimulate the arrival of the given signal in the main thread,\nwhere the corresponding signal handler will be executed.\nIf *signum* is omitted, SIGINT is assumed.\nA subthread can use this function to interrupt the main thread.\n\nNote: the default signal handler for SIGINT raises ``KeyboardInterrupt``.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if !vm.simulateSignal(a[0].isNull ? 2 : try vm.indexInt(a[0])) { throw vm.raise(.valueError, "signal number out of range") }
                // The main thread hears of it at once, as after any call.
                try vm.checkSignals()
                return .none
            }
        }
        m.def0("-_set_sentinel($module, /)", "_set_sentinel() -> lock\n\nSet a sentinel lock that will be released when the current thread\nstate is finalized (after it is untied from the interpreter).\n\nThis is a private API for the threading module.") { vm, _ in
            vm.guarded { () throws(Raised) in
                let lock = vm.newLock()
                vm.thread.pointee.threading.sentinel = try vm.newWeakRef(vm.types.weakref, lock, .none)
                return lock
            }
        }
        m.def1("-_excepthook($module, arguments, /)", "excepthook(exc_type, exc_value, exc_traceback, thread)\n\nHandle uncaught Thread.run() exception.") { vm, _, arguments in
            vm.guarded { () throws(Raised) in try vm.threadExceptHook(arguments) }
        }
    }

    private func startNewThread(_ a: UnsafeMutablePointer<Value>, _ count: Int, _ names: Value) throws(Raised) -> Value {
        if !names.isNull && PyTuple(names).count > 0 { throw raise(.typeError, "_thread.start_new_thread() takes no keyword arguments") }
        if count < 2 { throw raise(.typeError, "start_new_thread expected at least 2 arguments, got \(count)") }
        if count > 3 { throw raise(.typeError, "start_new_thread expected at most 3 arguments, got \(count)") }
        if type(of: a[0]).slots.call == nil { throw raise(.typeError, "first arg must be callable") }
        if !isTuple(a[1]) { throw raise(.typeError, "2nd arg must be a tuple") }
        if count == 3 && !isDict(a[2]) { throw raise(.typeError, "optional 3rd arg must be a dictionary") }
        let ident = try startThread(a[0], a[1], count == 3 ? PyDict(a[2]).copy(self).value : .null)
        return int(Int(bitPattern: ident))
    }

    private func defineThreadInformation(_ m: ModuleBuilder) {
        m.def0("-get_ident($module, /)", "get_ident() -> integer\n\nReturn a non-zero integer that uniquely identifies the current thread\namongst other threads that exist simultaneously.\nThis may be used to identify per-thread resources.\nEven though on some platforms threads identities may appear to be\nallocated consecutive numbers starting at 1, this behavior should not\nbe relied upon, and the number should be seen purely as a magic cookie.\nA thread's identity may be reused for another thread after it exits.") { vm, _ in vm.int(Int(bitPattern: currentThreadIdent())) }
        m.def0("-get_native_id($module, /)", "get_native_id() -> integer\n\nReturn a non-negative integer identifying the thread as reported\nby the OS (kernel). This may be used to uniquely identify a\nparticular thread within a system.") { vm, _ in vm.int(Int(truncatingIfNeeded: currentThreadNativeID())) }
        m.def0("-_count($module, /)", "_count() -> integer\n\nReturn the number of currently running Python threads, excluding\nthe main thread. The returned number comprises all threads created\nthrough `start_new_thread()` as well as `threading.Thread`, and not\nyet finished.\n\nThis function is meant for internal and specialized purposes only.\nIn most applications `threading.enumerate()` should be used instead.") { vm, _ in vm.int(vm.threading.pointee.startedThreads) }
        m.defN("-stack_size($module, size=0, /)", "stack_size([size]) -> size\n\nReturn the thread stack size used when creating new threads.  The\noptional size argument specifies the stack size (in bytes) to be used\nfor subsequently created threads, and must be 0 (use platform or\nconfigured default) or a positive integer value of at least 32,768 (32k).\nIf changing the thread stack size is unsupported, a ThreadError\nexception is raised.  If the specified size is invalid, a ValueError\nexception is raised, and the stack size is unmodified.  32k bytes\n currently the minimum supported stack size value to guarantee\nsufficient stack space for the interpreter itself.\n\nNote that some platforms may have particular restrictions on values for\nthe stack size, such as requiring a minimum stack size larger than 32 KiB or\nrequiring allocation in multiples of the system memory page size\n- platform documentation should be referred to for more information\n(4 KiB pages are common; using multiples of 4096 for the stack size is\nthe suggested approach in the absence of more specific information).") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let size = a[0].isNull ? 0 : try vm.indexInt(a[0])
                if size < 0 { throw vm.raise(.valueError, "size must be 0 or a positive value") }
                let old = vm.threading.pointee.stackSize
                if !a[0].isNull {
                    if size != 0 && size < 32768 { throw vm.raise(.valueError, "size not valid: \(size) bytes") }
                    vm.threading.pointee.stackSize = size
                }
                return vm.int(old)
            }
        }
    }
}
