// The first of `sys.path_hooks`: stands for `zipimport.zipimporter`, which is loaded when the first archive is met.
// CPython loads it (frozen) at every start: `init_zipimport` in Python/pylifecycle.c.
import PyPlatform

extension VM {
    func installArchiveHook() throws(Raised) {
        let module = newModule(intern("zipimport"))
        let m = ModuleBuilder(self, module: module)
        m.def1("zipimporter($module, path, /)", "Makes an importer for the ZIP archive that a path leads into.") { vm, _, path in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(path), vm.leadsIntoFile(vm.encodedPath(PyStr(path).utf8)) else {
                    throw vm.raise(.importError, "not a Zip file")
                }
                let importer = try vm.getAttr(vm.importModule("zipimport"), vm.intern("zipimporter"))
                let hooks = vm.sysAttribute(vm.intern("path_hooks"))
                if !hooks.isNull, vm.isList(hooks) {
                    for i in 0..<PyList(hooks).count where PyList(hooks)[i] == vm.state.pointee.archiveHook {
                        vm.replaceItem(PyList(hooks), i, importer)
                    }
                }
                return try vm.call(importer, path)
            }
        }
        state.pointee.archiveHook = m.dict.getStr(self, intern("zipimporter"))
        let hooks = sysAttribute(intern("path_hooks"))
        if !hooks.isNull, isList(hooks) { try PyList(hooks).insert(self, at: 0, state.pointee.archiveHook) }
    }

    private func replaceItem(_ list: PyList, _ index: Int, _ value: Value) {
        do { try setItem(list.value, int(index), value) } catch { clearRaised() }
    }

    /// Whether the path, or a directory of it, is a file.
    private func leadsIntoFile(_ path: [UInt8]) -> Bool {
        var part = path
        while !part.isEmpty, !part.contains(0) {
            if let status = try? FileStatus.of(path: part) { return status.isRegularFile }
            guard let slash = part.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { return false }
            part.removeSubrange(slash...)
        }
        return false
    }
}
