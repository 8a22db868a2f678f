// `pwd` and `grp`: users and groups. CPython: Modules/pwdmodule.c, Modules/grpmodule.c.
import PyPlatform
import PyRuntime

final class AccountsState {
    let password: PyType
    let group: PyType
    init(password: PyType, group: PyType) {
        self.password = password
        self.group = group
    }
}

extension VM {
    public func registerAccounts() {
        registerModule("pwd") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module provides access to the Unix password database.
                It is available on all Unix versions.

                Password database entries are reported as 7-tuples containing the following
                items from the password database (see `<pwd.h>'), in order:
                pw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.
                The uid and gid items are integers, all others are strings. An
                exception is raised if the entry asked for cannot be found.
                """ as StaticString))
            m.attribute("struct_passwd", vm.accountsState().password.value)
            vm.definePasswords(m)
            return 0
        }
        registerModule("grp") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                Access to the Unix group database.

                Group entries are reported as 4-tuples containing the following fields
                from the group database, in order:

                  gr_name   - name of the group
                  gr_passwd - group password (encrypted); often empty
                  gr_gid    - numeric ID of the group
                  gr_mem    - list of members

                The gid is an integer, name and password are strings.  (Note that most
                users are not explicitly listed as members of the groups they are in
                according to the password database.  Check both databases to get
                complete membership information.)
                """ as StaticString))
            m.attribute("struct_group", vm.accountsState().group.value)
            vm.defineGroups(m)
            return 0
        }
    }

    func accountsState() -> AccountsState {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["pwd"] as? AccountsState { return known }
        let password = makeStructSequence(
            "struct_passwd", module: "pwd",
            doc: """
                pwd.struct_passwd: Results from getpw*() routines.

                This object may be accessed either as a tuple of
                  (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)
                or via the object attributes as named in the above tuple.
                """,
            fields: [
                ("pw_name", "user name"), ("pw_passwd", "password"), ("pw_uid", "user id"), ("pw_gid", "group id"), ("pw_gecos", "real name"),
                ("pw_dir", "home directory"), ("pw_shell", "shell program"),
            ])
        let group = makeStructSequence(
            "struct_group", module: "grp",
            doc: """
                grp.struct_group: Results from getgr*() routines.

                This object may be accessed either as a tuple of
                  (gr_name,gr_passwd,gr_gid,gr_mem)
                or via the object attributes as named in the above tuple.

                """,
            fields: [("gr_name", "group name"), ("gr_passwd", "password"), ("gr_gid", "group id"), ("gr_mem", "group members")])
        let made = AccountsState(password: password, group: group)
        services.table["pwd"] = made
        return made
    }

    private func definePasswords(_ m: ModuleBuilder) {
        m.def1("getpwuid($module, uidobj, /)", """
            Return the password database entry for the given numeric user ID.

            See `help(pwd)` for more on password database entries.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id: UInt32
                do throws(Raised) { id = try vm.ownerID(a, "uid") } catch {
                    if vm.raisedMatches(.overflowError) {
                        vm.clearRaised()
                        throw vm.raise(.keyError, "getpwuid(): uid not found")
                    }
                    throw error
                }
                guard let found = try vm.passwordEntry({ entry, buffer, size, result in getpwuid_r(id, entry, buffer, size, result) }) else {
                    throw vm.raise(.keyError, "getpwuid(): uid not found: \(id == .max ? "-1" : String(id))")
                }
                return found
            }
        }
        m.def1("getpwnam($module, name, /)", """
            Return the password database entry for the given user name.

            See `help(pwd)` for more on password database entries.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(a) else { throw vm.raise(.typeError, "getpwnam() argument must be str, not \(vm.argumentTypeName(a))") }
                let name = try vm.fileSystemBytes(a)
                guard let found = try vm.passwordEntry({ entry, buffer, size, result in getpwnam_r(cString(name), entry, buffer, size, result) }) else {
                    throw vm.raise(.keyError, "getpwnam(): name not found: \(try vm.reprText(a))")
                }
                return found
            }
        }
        m.def0("getpwall($module, /)", """
            Return a list of all available password database entries, in arbitrary order.

            See help(pwd) for more on password database entries.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                setpwent()
                defer { endpwent() }
                while let entry = getpwent() { try list.append(vm, vm.passwordRecord(entry.pointee)) }
                return list.value
            }
        }
    }

    private func defineGroups(_ m: ModuleBuilder) {
        m.defN("getgrgid($module, /, id)", """
            Return the group database entry for the given numeric group ID.

            If id is not valid, raise KeyError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let id = try vm.ownerID(a[0], "gid")
                guard let found = try vm.groupEntry({ entry, buffer, size, result in getgrgid_r(id, entry, buffer, size, result) }) else {
                    throw vm.raise(.keyError, "getgrgid(): gid not found: \(id == .max ? "-1" : String(id))")
                }
                return found
            }
        }
        m.defN("getgrnam($module, /, name)", """
            Return the group database entry for the given group name.

            If name is not valid, raise KeyError.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "getgrnam() argument 'name' must be str, not \(vm.argumentTypeName(a[0]))") }
                let name = try vm.fileSystemBytes(a[0])
                guard let found = try vm.groupEntry({ entry, buffer, size, result in getgrnam_r(cString(name), entry, buffer, size, result) }) else {
                    throw vm.raise(.keyError, "getgrnam(): name not found: \(try vm.reprText(a[0]))")
                }
                return found
            }
        }
        m.def0("getgrall($module, /)", """
            Return a list of all available group entries, in arbitrary order.

            An entry whose name starts with '+' or '-' represents an instruction
            to use YP/NIS and may not be accessible via getgrnam or getgrgid.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in
                let list = try vm.newList()
                setgrent()
                defer { endgrent() }
                while let entry = getgrent() { try list.append(vm, vm.groupRecord(entry.pointee)) }
                return list.value
            }
        }
    }

    private func accountText(_ text: UnsafeMutablePointer<CChar>?) throws(Raised) -> Value {
        guard let text else { return .none }
        return try fileSystemText(c: text)
    }

    func passwordRecord(_ entry: passwd) throws(Raised) -> Value {
        let items = try pushStack(7)
        defer { popStack(items) }
        items.update(repeating: .none, count: 7)
        items[0] = try accountText(entry.pw_name)
        items[1] = try accountText(entry.pw_passwd)
        items[2] = ownerValue(entry.pw_uid)
        items[3] = ownerValue(entry.pw_gid)
        items[4] = try accountText(entry.pw_gecos)
        items[5] = try accountText(entry.pw_dir)
        items[6] = try accountText(entry.pw_shell)
        return try newStructSequence(accountsState().password, items, 7)
    }

    func groupRecord(_ entry: group) throws(Raised) -> Value {
        let members = try newList()
        var next = entry.gr_mem
        while let pointer = next, let name = pointer.pointee {
            try members.append(self, fileSystemText(c: name))
            next = pointer + 1
        }
        let items = try pushStack(4)
        defer { popStack(items) }
        items.update(repeating: .none, count: 4)
        items[0] = try accountText(entry.gr_name)
        items[1] = try accountText(entry.gr_passwd)
        items[2] = ownerValue(entry.gr_gid)
        items[3] = members.value
        return try newStructSequence(accountsState().group, items, 4)
    }

    typealias PasswordCall = (UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>) -> Int32
    typealias GroupCall = (UnsafeMutablePointer<group>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<group>?>) -> Int32

    /// Asks with a buffer that grows; nil: there is no such entry.
    func passwordEntry(_ body: PasswordCall) throws(Raised) -> Value? {
        var size = 1024
        while size <= 1 << 20 {
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = body(&entry, buffer, size, &found)
            if code == 0 { return found == nil ? nil : try passwordRecord(entry) }
            if code != ERANGE { return nil }
            size *= 2
        }
        throw raiseMemoryError()
    }

    func groupEntry(_ body: GroupCall) throws(Raised) -> Value? {
        var size = 1024
        while size <= 1 << 20 {
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            var entry = group()
            var found: UnsafeMutablePointer<group>?
            let code = body(&entry, buffer, size, &found)
            if code == 0 { return found == nil ? nil : try groupRecord(entry) }
            if code != ERANGE { return nil }
            size *= 2
        }
        throw raiseMemoryError()
    }
}
