// How an interpreter ends. CPython: `Py_FinalizeEx` in Python/pylifecycle.c, `finalize_modules` in pystate.
//
//   threads joined · atexit functions · streams flushed · other threads stopped · modules emptied · finalizers · streams flushed
import CShims

extension VM {
    /// Calls what `atexit.register` got, last first; errors go to the unraisable hook.
    public func runExitFunctions() {
        let functions = threading.pointee.exitFunctions
        guard functions.isObject else { return }
        let list = PyList(functions)
        var i = list.count - 1
        while i >= 0 {
            if i < list.count, !list[i].isNone {
                let entry = PyTuple(list[i])
                do { _ = try callWithTuple(entry[0], entry[1], entry[2].isNone ? .null : entry[2]) } catch {
                    writeUnraisable(entry[0], message: str("Exception ignored in atexit callback"))
                }
            }
            i -= 1
        }
        list.clear()
    }

    /// `threading._shutdown`: waits for the threads that are not daemons.
    private func joinThreads() {
        let module = PyDict(state.pointee.modules).getStr(self, intern("threading"))
        guard module.isObject else { return }
        do { _ = try callMethod(module, intern("_shutdown")) } catch { writeUnraisable(module) }
    }

    /// Runs everything that a program may expect at its end. Afterwards only `destroy` may be called.
    /// - Returns: 0, or 120 where a standard stream could not be flushed.
    public func finalize() -> Int32 {
        guard !state.pointee.isFinalizing else { return 0 }
        joinThreads()
        runExitFunctions()
        var isFlushed = flushStreams()
        state.pointee.isFinalizing = true
        stopOtherThreads()
        if hasLastWords() {
            letGoOfModules()
            // What could not be written is complained of once.
            if isFlushed { isFlushed = flushStreams() }
        }
        return isFlushed ? 0 : 120
    }

    private func flushStreams() -> Bool {
        guard state.pointee.sysDict.isObject else { return true }
        var isFlushed = true
        for (name, isOut) in [(names.stdout, true), (names.stderr, false)] {
            let stream = PyDict(state.pointee.sysDict).getStr(self, name)
            if stream.isNull || stream.isNone { continue }
            do {
                let closed = try getAttrIfPresent(stream, intern("closed"))
                if !closed.isNull, try isTrue(closed) { continue }
                _ = try callMethod(stream, names.flush)
            } catch {
                if isOut { writeUnraisable(stream) } else { clearRaised() }
                isFlushed = false
            }
        }
        return isFlushed
    }

    /// Whether letting go of everything could be seen: something has `__del__` or a weak reference callback, a generator
    /// stands inside `try`, a coroutine was not awaited, a file is open. Mostly nothing is, and the process may just end.
    private func hasLastWords() -> Bool {
        let heap = self.heap
        if heap.pointee.hasPending || heap.pointee.stressInterval != 0 { return true }
        for i in 0..<heap.pointee.finalizable.count {
            let cell = heap.pointee.finalizable[i]
            let value = Value(bits: UInt64(cell))
            let type = value.objectType
            // What has only a native destructor ends with the process.
            if !type.flags.contains(.hasDel) || heap.pointee.wasFinalized(cell) { continue }
            if type == types.generator || type == types.coroutine || type == types.asyncGenerator {
                // One that never began has nothing to finish; a coroutine was not awaited then.
                let phase = value.cast(GeneratorLayout.self).pointee.state
                if phase == .finished || phase == .created && type != types.coroutine { continue }
            }
            if let isSettled = state.pointee.isStreamSettled, isSettled(self, value) { continue }
            return true
        }
        let importlibDict = state.pointee.importlib.isObject ? state.pointee.importlib.cast(ModuleLayout.self).pointee.dict : .null
        var found = false
        heap.pointee.weakRefs.forEach { _, first in
            var current = first
            while current != 0, !found {
                let reference = Value(bits: current).cast(WeakRefLayout.self)
                let callback = reference.pointee.callback
                // importlib's own callbacks tidy its table of locks.
                if callback.isObject, !(callback.isExactly(types.function) && callback.cast(FunctionLayout.self).pointee.globals == importlibDict) {
                    found = true
                }
                current = reference.pointee.next
            }
        }
        return found
    }

    /// `emptyModules`, out of sight of the native frames that ran the program: they need nothing any more, and stale words in them
    /// would keep what the program made.
    private func letGoOfModules() {
        withUnsafeTemporaryAllocation(of: VM.self, capacity: 1) { buffer in
            buffer[0] = self
            // Safe: the temporary lives through the call.
            taipan_call_detached(UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped)) { context, stackEnd in
                let vm = context.assumingMemoryBound(to: VM.self).pointee
                let high = vm.thread.pointee.nativeStackHigh
                vm.thread.pointee.nativeStackHigh = stackEnd
                vm.emptyModules()
                vm.thread.pointee.nativeStackHigh = high
            }
        }
    }

    /// Lets go of what modules hold, so that `__del__`, weak reference callbacks and suspended generators' `finally` get
    /// their turn: `__main__`'s names first, then the other modules, `sys` and `builtins` last.
    private func emptyModules() {
        clearModuleNames()
        guard isDict(state.pointee.modules) else { return }
        collectAndRun()
        guard let (kept, main) = clearModules() else { return }
        collectAndRun()
        if let main, referent(main.reference).isObject { emptyMain(Value(bits: ~main.complement)) }
        // What is still alive loses its globals: first the private names, then all but `__builtins__`.
        for i in stride(from: kept.count - 1, through: 0, by: -1) {
            let module = referent(PyTuple(kept[i])[1])
            if module.isObject { clearModule(module.cast(ModuleLayout.self).pointee.dict) }
        }
        collectAndRun()
    }

    /// Empties `sys.modules`. Weak references in the list show which modules something else still holds.
    /// A function of its own: what it had in hand is not found in the frame that collects.
    @inline(never) private func clearModules() -> (kept: PyList, main: (reference: Value, complement: UInt64)?)? {
        let modules = PyDict(state.pointee.modules)
        guard let kept = try? newList() else { return nil }
        var position = 0
        while let (name, module) = modules.next(&position) {
            if module.isObject && isInstance(module, ofType: types.module) && !isKernelModule(module) {
                do {
                    let reference = try newWeakRef(types.weakref, module, .none)
                    try kept.append(self, tuple(name, reference))
                } catch { clearRaised() }
            }
        }
        let main = watchMain()
        modules.clear()
        return (kept, main)
    }

    /// Puts an object into `__main__`'s namespace that nothing else refers to: while a weak reference to it answers, the
    /// namespace is alive (a caller's frame may hold it). The address is kept where no scan finds it.
    private func watchMain() -> (reference: Value, complement: UInt64)? {
        let module = PyDict(state.pointee.modules).getStr(self, names.__main__)
        guard module.isObject, isInstance(module, ofType: types.module) else { return nil }
        let dict = module.cast(ModuleLayout.self).pointee.dict
        guard dict.isObject, isDict(dict) else { return nil }
        do {
            let sentinel = newSet().value
            try PyDict(dict).set(self, intern(" alive"), sentinel)
            return (try newWeakRef(types.weakref, sentinel, .none), ~dict.bits)
        } catch {
            clearRaised()
            return nil
        }
    }

    /// `__main__`'s names go: first what is no function, class or module, so that finalizers find those.
    private func emptyMain(_ dict: Value) {
        var i = 0
        while i < PyDict(dict).used {
            let entry = PyDict(dict).entry(at: i).pointee
            i += 1
            guard !entry.key.isNull, isExactStr(entry.key), entry.value.isObject, PyStr(entry.key)[0] != 0x5F else { continue }
            if entry.value.isExactly(types.function) || isType(entry.value) || isInstance(entry.value, ofType: types.module) { continue }
            do { try PyDict(dict).set(self, entry.key, .none) } catch { clearRaised() }
        }
        collectAndRun()
        clearModule(dict)
        collectAndRun()
    }

    private func isKernelModule(_ module: Value) -> Bool { module == state.pointee.sysModule || module == state.pointee.builtinsModule }

    /// Names in `sys` and `builtins` that keep user objects alive.
    private func clearModuleNames() {
        let sys = PyDict(state.pointee.sysDict)
        for name in ["path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback", "path_hooks", "path_importer_cache", "meta_path", "__interactivehook__"] as [StaticString] {
            let key = intern(name)
            if !sys.getStr(self, key).isNull { try? sys.set(self, key, .none) }
        }
        for (name, original) in [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")] as [(StaticString, StaticString)] {
            let value = sys.getStr(self, intern(original))
            try? sys.set(self, intern(name), value.isNull ? .none : value)
        }
        if state.pointee.builtinsDict.isObject {
            let key = intern("_")
            if !PyDict(state.pointee.builtinsDict).getStr(self, key).isNull { try? PyDict(state.pointee.builtinsDict).set(self, key, .none) }
        }
    }

    /// `_PyModule_ClearDict`: names that begin with one underscore become None, then all others but `__builtins__`.
    private func clearModule(_ dict: Value) {
        guard dict.isObject, isDict(dict) else { return }
        for pass in 0..<2 {
            let names = PyDict(dict)
            var i = 0
            while i < names.used {
                let entry = names.entry(at: i).pointee
                i += 1
                guard !entry.key.isNull, isExactStr(entry.key), !entry.value.isNone else { continue }
                let key = PyStr(entry.key)
                let isPrivate = key.count > 1 && key[0] == 0x5F && key[1] != 0x5F
                if pass == 0 ? isPrivate : !(key[0] == 0x5F && key.equals(PyStr(self.names.__builtins__))) {
                    do { try names.set(self, entry.key, .none) } catch { clearRaised() }
                }
            }
        }
    }

    /// Collects and runs finalizers until nothing new dies, a bounded number of times.
    private func collectAndRun() {
        for _ in 0..<8 {
            wipeStack()
            collectGarbage()
            if !heap.pointee.hasPending { break }
            runPendingFinalizers()
        }
    }
}
