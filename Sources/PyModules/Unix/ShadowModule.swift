// `spwd`: the shadow password database, where the system has one. CPython: Modules/spwdmodule.c.
import CShims
import PyPlatform
import PyRuntime

private final class ShadowType {
    let type: PyType
    init(_ type: PyType) { self.type = type }
}

extension VM {
    public func registerShadow() {
        if taipan_shadow_exists() == 0 { return }
        registerModule("spwd") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("This module provides access to the Unix shadow password database.\nIt is available on various Unix versions.\n\nShadow password database entries are reported as 9-tuples of type struct_spwd,\ncontaining the following items from the password database (see `<shadow.h>'):\nsp_namp, sp_pwdp, sp_lstchg, sp_min, sp_max, sp_warn, sp_inact, sp_expire, sp_flag.\nThe sp_namp and sp_pwdp are strings, the rest are integers.\nAn exception is raised if the entry asked for cannot be found.\nYou have to be root to be able to use this module." as StaticString))
            let type = vm.makeStructSequence(
                "struct_spwd", module: "spwd",
                doc: "spwd.struct_spwd: Results from getsp*() routines.\n\nThis object may be accessed either as a 9-tuple of\n  (sp_namp,sp_pwdp,sp_lstchg,sp_min,sp_max,sp_warn,sp_inact,sp_expire,sp_flag)\nor via the object attributes as named in the above tuple.",
                fields: [
                    ("sp_namp", "login name"), ("sp_pwdp", "encrypted password"), ("sp_lstchg", "date of last change"),
                    ("sp_min", "min #days between changes"), ("sp_max", "max #days between changes"),
                    ("sp_warn", "#days before pw expires to warn user about it"), ("sp_inact", "#days after pw expires until account is disabled"),
                    ("sp_expire", "#days since 1970-01-01 when account expires"), ("sp_flag", "reserved"),
                    ("sp_nam", "login name; deprecated"), ("sp_pwd", "encrypted password; deprecated"),
                ], visible: 9)
            vm.state.pointee.services.takeUnretainedValue().table["spwd"] = ShadowType(type)
            m.attribute("struct_spwd", type.value)
            vm.defineShadow(m)
            return 0
        }
    }

    private func defineShadow(_ m: ModuleBuilder) {
        m.def1("getspnam($module, arg, /)", "Return the shadow password database entry for the given user name.\n\nSee `help(spwd)` for more on shadow password database entries.") { vm, _, name in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(name) else { throw vm.raise(.typeError, "getspnam() argument must be str, not \(vm.argumentTypeName(name))") }
                let text = try vm.fileSystemBytes(name)
                var row = taipan_shadow()
                switch taipan_shadow_named(cString(text), &row) {
                case 1: return try vm.shadowRecord(row)
                case 0: throw vm.raise(.keyError, "getspnam(): name not found")
                default: throw vm.osError(Errno.current.code)
                }
            }
        }
        m.def0("getspall($module, /)", "Return a list of all available shadow password database entries, in arbitrary order.\n\nSee `help(spwd)` for more on shadow password database entries.") { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                taipan_shadow_begin()
                defer { taipan_shadow_end() }
                var row = taipan_shadow()
                while taipan_shadow_next(&row) == 1 { try list.append(vm, vm.shadowRecord(row)) }
                return list.value
            }
        }
    }

    private func shadowRecord(_ row: taipan_shadow) throws(Raised) -> Value {
        let items = try newTuple(11)
        items[0] = try row.name.map { (text) throws(Raised) in try fileSystemText(c: text) } ?? .none
        items[1] = try row.password.map { (text) throws(Raised) in try fileSystemText(c: text) } ?? .none
        let numbers = [row.changed, row.least, row.most, row.warning, row.inactive, row.expires, row.flag]
        for (i, n) in numbers.enumerated() { items[2 + i] = int(Int(n)) }
        items[9] = items[0]
        items[10] = items[1]
        guard let type = state.pointee.services.takeUnretainedValue().table["spwd"] as? ShadowType else { return items.value }
        return try newStructSequence(type.type, items.items, 11)
    }
}
