// `errno`: the names of the system's error numbers. CPython: Modules/errnomodule.c.
import PyPlatform
import PyRuntime

extension VM {
    public func registerErrno() {
        registerModule("errno") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("""
                    This module makes available standard errno system symbols.

                    The value of each symbol is the corresponding integer value,
                    e.g., on most systems, errno.ENOENT equals the integer 2.

                    The dictionary errno.errorcode maps numeric codes to symbol names,
                    e.g., errno.errorcode[2] could be the string 'ENOENT'.

                    Symbols that are not relevant to the underlying system are not defined.

                    To map error codes to error messages, use the function os.strerror(),
                    e.g. os.strerror(2) could return 'No such file or directory'.
                    """ as StaticString))
                let codes = vm.newDict()
                for row in Errno.names {
                    let name = vm.intern(row.name), code = vm.int(Int(row.code))
                    m.set(name, code)
                    // Of two names for one number the common one is shown.
                    if ["EWOULDBLOCK", "EDEADLOCK", "EOPNOTSUPP"].contains(PyStr(name).string), try !codes.get(vm, code).isNull, PyStr(name).string != "EOPNOTSUPP" { continue }
                    try codes.set(vm, code, name)
                }
                m.attribute("errorcode", codes.value)
            }
        }
    }
}
