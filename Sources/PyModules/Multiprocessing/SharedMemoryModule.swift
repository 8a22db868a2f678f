// `_posixshmem`. CPython: Modules/_multiprocessing/posixshmem.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    public func registerPosixSharedMemory() {
        registerModule("_posixshmem") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("POSIX shared memory module" as StaticString))
            m.defN("shm_open($module, /, path, flags, mode=511)", "Open a shared memory object.  Returns a file descriptor (integer).") { vm, _, a in
                vm.guarded { () throws(Raised) in
                    let path = try vm.sharedMemoryPath(a[0], "shm_open")
                    let flags = try vm.cInt32(a[1]), mode = try vm.cInt32(a[2], default: 0o777)
                    let result = try vm.waiting { Int(path.withCString { taipan_shared_open($0, flags, UInt32(bitPattern: mode)) }) }
                    if result.failed { throw vm.osError(result.code, filename: a[0]) }
                    return vm.int(result.value)
                }
            }
            m.defN("shm_unlink($module, /, path)", "Remove a shared memory object (similar to unlink()).\n\nRemove a shared memory object name, and, once all processes  have  unmapped\nthe object, de-allocates and destroys the contents of the associated memory\nregion.") { vm, _, a in
                vm.guarded { () throws(Raised) in
                    let path = try vm.sharedMemoryPath(a[0], "shm_unlink")
                    let result = try vm.waiting { Int(path.withCString { taipan_shared_unlink($0) }) }
                    if result.failed { throw vm.osError(result.code, filename: a[0]) }
                    return .none
                }
            }
            return 0
        }
    }

    private func sharedMemoryPath(_ value: Value, _ function: StaticString) throws(Raised) -> String {
        guard isStr(value) else { throw raise(.typeError, "\(function)() argument 1 must be str, not \(argumentTypeName(value))") }
        let text = PyStr(value).string
        if text.utf8.contains(0) { throw raise(.valueError, "embedded null character") }
        return text
    }
}
