// `_multiprocessing`: semaphores that processes share. CPython: Modules/_multiprocessing/semaphore.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

struct SemLockLayout {
    var type: PyType
    var handle: Value
    var kind: Value
    var maxValue: Value
    var name: Value
    /// The system's; nil when closed.
    var semaphore: UnsafeMutableRawPointer?
    /// The thread of this process that acquired it last.
    var owner: UInt
    /// How often this process has it.
    var count: Int
    static var size: Int { 64 }

    static let recursiveMutex = 0, semaphoreKind = 1
}

extension VM {
    public func registerMultiprocessing() {
        registerModule("_multiprocessing") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", .none)
                m.def1("sem_unlink($module, name, /)", "") { vm, _, name in
                    vm.guarded { () throws(Raised) in
                        let text = try vm.semaphoreName(name, "sem_unlink() argument")
                        if text.withCString({ taipan_semaphore_unlink($0) }) < 0 { throw vm.osError(errno) }
                        return .none
                    }
                }
                let flags = vm.newDict()
                try flags.set(vm, vm.intern("HAVE_SEM_OPEN"), Value(small: 1))
                try flags.set(vm, vm.intern("HAVE_SEM_TIMEDWAIT"), Value(small: 1))
                m.attribute("flags", flags.value)
                let t = vm.makeType("SemLock", module: "_multiprocessing", size: SemLockLayout.size, trace: .words, fieldsEnd: 40, flags: [.baseType])
                vm.fillSemLock(t)
                m.attribute("SemLock", t.type.value)
            }
        }
    }

    private func semaphoreName(_ value: Value, _ what: StaticString) throws(Raised) -> String {
        guard isStr(value) else { throw raise(.typeError, "\(what) must be str, not \(typeName(value))") }
        let text = PyStr(value).string
        if text.utf8.contains(0) { throw raise(.valueError, "embedded null character") }
        return text
    }

    private func newSemLock(_ cls: Value, _ semaphore: UnsafeMutableRawPointer, kind: Int, maxValue: Int, name: Value) -> Value {
        let object = newInstance(PyType(cls))
        let layout = object.cast(SemLockLayout.self)
        layout.pointee.semaphore = semaphore
        layout.pointee.handle = int(Int(bitPattern: semaphore))
        layout.pointee.kind = int(kind)
        layout.pointee.maxValue = int(maxValue)
        layout.pointee.name = name
        return object
    }

    private func semaphore(_ v: Value) throws(Raised) -> UnsafeMutableRawPointer {
        guard let semaphore = v.cast(SemLockLayout.self).pointee.semaphore else { throw raise(.valueError, "semaphore is closed") }
        return semaphore
    }

    private func isMine(_ v: Value) -> Bool {
        let layout = v.cast(SemLockLayout.self)
        return layout.pointee.count > 0 && layout.pointee.owner == currentThreadIdent()
    }

    private func isRecursive(_ v: Value) -> Bool { v.cast(SemLockLayout.self).pointee.kind == Value(small: SemLockLayout.recursiveMutex) }

    private func semaphoreValue(_ v: Value) throws(Raised) -> Int {
        let value = taipan_semaphore_value(try semaphore(v))
        if value < 0 { throw osError(errno) }
        return Int(value)
    }

    /// - Parameter timeout: NULL and None wait for ever.
    private func acquire(_ v: Value, blocking: Bool, _ timeout: Value) throws(Raised) -> Value {
        let layout = v.cast(SemLockLayout.self)
        if isRecursive(v) && isMine(v) {
            layout.pointee.count += 1
            return .true
        }
        var deadline: Int64 = -1
        if !timeout.isNull && !timeout.isNone {
            let seconds = max(0, try toDouble(timeout))
            deadline = Clock.monotonic.now &+ Int64(min(seconds, 4e9) * 1e9)
        }
        let s = try semaphore(v)
        if taipan_semaphore_try(s) < 0 {
            if errno != EAGAIN { throw osError(errno) }
            if !blocking { return .false }
            var result = SystemResult(value: -1, code: ETIMEDOUT)
            while true {
                let until = idleDeadline(deadline)
                result = try waiting { Int(taipan_semaphore_wait(s, until < 0 ? -1 : max(0, until - Clock.monotonic.now))) }
                if until == deadline || !result.failed || result.code != ETIMEDOUT { break }
                collectAndFinalizeWhenIdle()
            }
            if result.failed {
                if result.code == EAGAIN || result.code == ETIMEDOUT { return .false }
                throw osError(result.code)
            }
        }
        layout.pointee.count += 1
        layout.pointee.owner = currentThreadIdent()
        return .true
    }

    private func release(_ v: Value) throws(Raised) -> Value {
        let layout = v.cast(SemLockLayout.self)
        if isRecursive(v) {
            if !isMine(v) { throw raise(.assertionError, "attempt to release recursive lock not owned by thread") }
            if layout.pointee.count > 1 {
                layout.pointee.count -= 1
                return .none
            }
        } else if try semaphoreValue(v) >= indexInt(layout.pointee.maxValue) {
            throw raise(.valueError, "semaphore or lock released too many times")
        }
        if taipan_semaphore_post(try semaphore(v)) < 0 { throw osError(errno) }
        layout.pointee.count -= 1
        return .none
    }

    private func fillSemLock(_ t: TypeBuilder) {
        t.doc("Semaphore/Mutex type")
        t.new("-SemLock(kind, value, maxvalue, name, unlink)") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let kind = try vm.cInt32(a[0]), value = try vm.cInt32(a[1]), most = try vm.cInt32(a[2])
                let name = try vm.semaphoreName(a[3], "SemLock() argument 4")
                let unlinks = try vm.isTrue(a[4])
                if kind != 0 && kind != 1 { throw vm.raise(.valueError, "unrecognized kind") }
                guard let made = name.withCString({ taipan_semaphore_create($0, UInt32(bitPattern: value)) }) else { throw vm.osError(errno) }
                if unlinks, name.withCString({ taipan_semaphore_unlink($0) }) < 0 {
                    let code = errno
                    _ = taipan_semaphore_close(made)
                    throw vm.osError(code)
                }
                return vm.newSemLock(cls, made, kind: Int(kind), maxValue: Int(most), name: unlinks ? .none : a[3])
            }
        }
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(SemLockLayout.self)
            if let semaphore = layout.pointee.semaphore { _ = taipan_semaphore_close(semaphore) }
            layout.pointee.semaphore = nil
        }
        t.defN("acquire($self, /, block=True, timeout=None)", "Acquire the semaphore/lock.") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.acquire(v, blocking: a[0].isNull ? true : vm.isTrue(a[0]), a[1]) }
        }
        t.def0("release($self, /)", "Release the semaphore/lock.") { vm, v in vm.guarded { () throws(Raised) in try vm.release(v) } }
        t.def0("__enter__($self, /)", "Enter the semaphore/lock.") { vm, v in vm.guarded { () throws(Raised) in try vm.acquire(v, blocking: true, .null) } }
        t.defN("__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", "Exit the semaphore/lock.") { vm, v, _ in
            vm.guarded { () throws(Raised) in try vm.release(v) }
        }
        t.def0("_count($self, /)", "Num of `acquire()`s minus num of `release()`s for this process.") { vm, v in vm.int(v.cast(SemLockLayout.self).pointee.count) }
        t.def0("_is_mine($self, /)", "Whether the lock is owned by this thread.") { vm, v in Value(vm.isMine(v)) }
        t.def0("_get_value($self, /)", "Get the value of the semaphore.") { vm, v in vm.guarded { () throws(Raised) in vm.int(try vm.semaphoreValue(v)) } }
        t.def0("_is_zero($self, /)", "Return whether semaphore has value zero.") { vm, v in vm.guarded { () throws(Raised) in Value(try vm.semaphoreValue(v) == 0) } }
        t.defN("_rebuild($type, handle, kind, maxvalue, name, /)", "", .classMethod) { vm, cls, a in
            vm.guarded { () throws(Raised) in
                let kind = try vm.cInt32(a[1]), most = try vm.cInt32(a[2])
                if a[3].isNone {
                    // A handle without a name is this process's own address, kept through fork.
                    guard let address = UnsafeMutableRawPointer(bitPattern: try vm.cLong(a[0])) else { throw vm.raise(.valueError, "semaphore is closed") }
                    return vm.newSemLock(cls, address, kind: Int(kind), maxValue: Int(most), name: .none)
                }
                let name = try vm.semaphoreName(a[3], "_rebuild() argument 4")
                guard let opened = name.withCString({ taipan_semaphore_open($0) }) else { throw vm.osError(errno) }
                return vm.newSemLock(cls, opened, kind: Int(kind), maxValue: Int(most), name: a[3])
            }
        }
        t.def0("_after_fork($self, /)", "Rezero the net acquisition count after fork().") { _, v in
            v.cast(SemLockLayout.self).pointee.count = 0
            return .none
        }
        t.member("handle", offset: 8)
        t.member("kind", offset: 16)
        t.member("maxvalue", offset: 24)
        t.member("name", offset: 32)
        t.attribute("SEM_VALUE_MAX", int(Int(Int32.max)))
        readyType(t.type)
    }
}
