// `_crypt`: the system's crypt(3), found at run time. CPython: Modules/_cryptmodule.c.
import PyPlatform
import PyRuntime

private typealias CryptFunction = @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>) -> UnsafePointer<CChar>?

/// nil where the system has no libcrypt.
private let systemCrypt = DynamicLibrary(["libcrypt.so.1", "libcrypt.so.2", "libSystem.B"])?.function("crypt", as: CryptFunction.self)

extension VM {
    public func registerCrypt() {
        registerModule("_crypt") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                if systemCrypt == nil { throw vm.raise(.importError, "_crypt: the system's library libcrypt.so.1 was not found") }
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", .none)
                m.def2("crypt($module, word, salt, /)", "Hash a *word* with the given *salt* and return the hashed password.\n\n*word* will usually be a user's password.  *salt* (either a random 2 or 16\ncharacter string, possibly prefixed with $digit$ to indicate the method)\nwill be used to perturb the encryption algorithm and produce distinct\nresults for a given *word*.") { vm, _, word, salt in
                    vm.guarded { () throws(Raised) in
                        let key = try vm.cryptText(word, 1), setting = try vm.cryptText(salt, 2)
                        guard let made = systemCrypt?(cString(key), cString(setting)) else { throw vm.osError(Errno.current.code) }
                        return vm.str(String(cString: made))
                    }
                }
            }
        }
    }

    private func cryptText(_ value: Value, _ number: Int) throws(Raised) -> Value {
        guard isStr(value) else { throw raise(.typeError, "crypt() argument \(number) must be str, not \(argumentTypeName(value))") }
        let text = try encodeUTF8(PyStr(value))
        if PyBytes(text).view.contains(0) { throw raise(.valueError, "embedded null character") }
        return text
    }
}
