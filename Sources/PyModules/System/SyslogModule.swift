// `syslog`. CPython: Modules/syslogmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

/// What openlog was given; the system keeps the pointer, so the text must stay.
private final class SyslogState {
    var ident: UnsafeMutablePointer<CChar>?
    var isOpen = false
}

extension VM {
    public func registerSyslog() {
        registerModule("syslog") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", .none)
            vm.addConstants(m, taipan_table_syslog)
            vm.defineSyslog(m)
            return 0
        }
    }

    private var syslogState: SyslogState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["syslog"] as? SyslogState { return known }
        let made = SyslogState()
        services.table["syslog"] = made
        return made
    }

    /// The last part of `sys.argv[0]`, nil if there is none.
    private func programIdent() -> String? {
        let arguments = sysAttribute(intern("argv"))
        guard arguments.isObject, isList(arguments), PyList(arguments).count > 0, isStr(PyList(arguments)[0]) else { return nil }
        let name = PyStr(PyList(arguments)[0]).string
        let last = name.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? name
        return last.isEmpty ? nil : last
    }

    /// - Throws: UnicodeEncodeError for lone surrogates.
    private func syslogText(_ value: Value) throws(Raised) -> String {
        _ = try encodeUTF8(PyStr(value), .null)
        return PyStr(value).string
    }

    private func openSyslog(_ ident: String?, _ option: Int32, _ facility: Int32) throws(Raised) {
        try audit("syslog.openlog", tuple(ident.map { str($0) } ?? .none, int(Int(option)), int(Int(facility))))
        let state = syslogState
        let old = state.ident
        state.ident = ident.flatMap { strdup($0) }
        openlog(state.ident, option, facility)
        state.isOpen = true
        free(old)
    }

    private func defineSyslog(_ m: ModuleBuilder) {
        m.defN("-openlog(ident=None, logoption=0, facility=8)", "") { vm, _, a in
            vm.guarded { () throws(Raised) in
                var ident: String?
                if !a[0].isNull && !a[0].isNone {
                    guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "openlog() argument 1 must be str, not \(vm.argumentTypeName(a[0]))") }
                    ident = try vm.syslogText(a[0])
                }
                let option = try vm.cInt32(a[1], default: 0), facility = try vm.cInt32(a[2], default: Int32(LOG_USER))
                try vm.openSyslog(ident ?? vm.programIdent(), option, facility)
                return .none
            }
        }
        m.defP("-syslog(*args)", "") { vm, _, a, count, _ in
            vm.guarded { () throws(Raised) in
                if count < 1 || count > 2 { throw vm.raise(.typeError, "syslog.syslog() requires 1 to 2 arguments") }
                let priority = count == 2 ? try vm.cInt32(a[0]) : Int32(LOG_INFO)
                let text = a[count - 1]
                guard vm.isStr(text) else { throw vm.raise(.typeError, "[priority,] message string") }
                try vm.audit("syslog.syslog", vm.tuple(vm.int(Int(priority)), text))
                if !vm.syslogState.isOpen { try vm.openSyslog(vm.programIdent(), 0, Int32(LOG_USER)) }
                let message = try vm.syslogText(text)
                let arguments: [CVarArg] = [strdup(message)].compactMap { $0 }
                withVaList(arguments) { vsyslog(priority, "%s", $0) }
                for case let copy as UnsafeMutablePointer<CChar> in arguments { free(copy) }
                return .none
            }
        }
        m.def0("-closelog()", "") { vm, _ in
            vm.guarded { () throws(Raised) in
                try vm.audit("syslog.closelog", vm.emptyTuple)
                let state = vm.syslogState
                if state.isOpen {
                    closelog()
                    free(state.ident)
                    state.ident = nil
                    state.isOpen = false
                }
                return .none
            }
        }
        m.def1("-setlogmask(maskpri, /)", "") { vm, _, mask in
            vm.guarded { () throws(Raised) in
                let mask = try vm.cInt32(mask)
                try vm.audit("syslog.setlogmask", vm.tuple(vm.int(Int(mask))))
                return vm.int(Int(setlogmask(mask)))
            }
        }
        m.def1("-LOG_MASK(pri, /)", "") { vm, _, priority in
            vm.guarded { () throws(Raised) in
                let n = try vm.cLong(priority)
                return vm.int(n >= 0 && n < 62 ? 1 << n : 0)
            }
        }
        m.def1("-LOG_UPTO(pri, /)", "") { vm, _, priority in
            vm.guarded { () throws(Raised) in
                let n = try vm.cLong(priority)
                return vm.int(n >= 0 && n < 61 ? (1 << (n + 1)) - 1 : 0)
            }
        }
    }
}
