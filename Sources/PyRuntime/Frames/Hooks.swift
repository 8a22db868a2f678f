// What the kernel asks the evaluator about the running frame. CPython: `super_init_without_args`, `PyEval_GetGlobals`.

extension VM {
    func installHooks() {
        state.pointee.hooks.currentGlobals = { vm in vm.currentGlobals() }
        state.pointee.hooks.currentLocals = { vm in vm.guarded { () throws(Raised) in try vm.currentLocals() } }
        state.pointee.hooks.superArguments = { vm, out in
            vm.guardedStatus { () throws(Raised) in try vm.findSuperArguments(out) }
        }
    }

    /// `super()`: out[0] = the class in the `__class__` cell, out[1] = the first argument.
    private func findSuperArguments(_ out: UnsafeMutablePointer<Value>) throws(Raised) {
        let frame = eval.pointee.top
        if frame == eval.pointee.frames { throw raise(.runtimeError, "super(): no current frame") }
        let exec = frame.pointee.code
        let base = frame.pointee.base
        if exec.pointee.argumentCount == 0 { throw raise(.runtimeError, "super(): no arguments") }
        let first = Int(exec.pointee.localCount)
        var object = base[0]
        if object.isNull {
            // The first parameter is a cell variable.
            for i in 0..<Int(exec.pointee.cellCount) where exec.pointee.cellParameters[i] == 0 {
                object = base[first + i].cast(CellLayout.self).pointee.contents
            }
        }
        if object.isNull { throw raise(.runtimeError, "super(): arg[0] deleted") }
        let free = PyTuple(exec.pointee.code.cast(CodeLayout.self).pointee.freevars)
        for i in 0..<free.count where free[i] == names.__class__ || PyStr(free[i]).equals(PyStr(names.__class__)) {
            let cell = base[first + Int(exec.pointee.cellCount) + i]
            guard cell.isExactly(types.cell) else { throw raise(.runtimeError, "super(): bad __class__ cell") }
            let cls = cell.cast(CellLayout.self).pointee.contents
            if cls.isNull { throw raise(.runtimeError, "super(): empty __class__ cell") }
            guard isType(cls) else { throw raise(.runtimeError, "super(): __class__ is not a type (\(typeName(cls)))") }
            out[0] = cls
            out[1] = object
            return
        }
        throw raise(.runtimeError, "super(): __class__ cell not found")
    }
}
