// `termios`. CPython: Modules/termios.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

final class TermiosState {
    let error: RootID
    init(_ error: RootID) { self.error = error }
}

extension VM {
    public func registerTermios() {
        registerModule("termios") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", vm.str("""
                This module provides an interface to the Posix calls for tty I/O control.
                For a complete description of these calls, see the Posix or Unix manual
                pages. It is only available for those Unix versions that support Posix
                termios style tty I/O control.

                All functions in this module take a file descriptor fd as their first
                argument. This can be an integer file descriptor, such as returned by
                sys.stdin.fileno(), or a file object, such as sys.stdin itself.
                """ as StaticString))
                vm.addConstants(m, taipan_table_termios)
                m.attribute("error", try vm.terminalErrorType())
                vm.defineTermios(m)
            }
        }
    }

    private func terminalErrorType() throws(Raised) -> Value {
        let services = state.pointee.services.takeUnretainedValue()
        if let known = services.table["termios"] as? TermiosState { return root(known.error) }
        let type = try newExceptionClass("error", module: "termios")
        services.table["termios"] = TermiosState(addRoot(type))
        return type
    }

    private func defineTermios(_ m: ModuleBuilder) {
        m.def1("tcgetattr($module, fd, /)", """
            Get the tty attributes for file descriptor fd.

            Returns a list [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]
            where cc is a list of the tty special characters (each a string of
            length 1, except the items with indices VMIN and VTIME, which are
            integers when these fields are defined).  The interpretation of the
            flags and the speeds as well as the indexing in the cc array must be
            done using the symbolic constants defined in this module.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.terminalAttributes(a) }
        }
        m.def3("tcsetattr($module, fd, when, attributes, /)", """
            Set the tty attributes for file descriptor fd.

            The attributes to be set are taken from the attributes argument, which
            is a list like the one returned by tcgetattr(). The when argument
            determines when the attributes are changed: termios.TCSANOW to
            change immediately, termios.TCSADRAIN to change after transmitting all
            queued output, or termios.TCSAFLUSH to change after transmitting all
            queued output and discarding all queued input.
            """) { vm, _, a, b, c in
            vm.guarded { () throws(Raised) in
                try vm.setTerminalAttributes(a, b, c)
                return .none
            }
        }
        m.def2("tcsendbreak($module, fd, duration, /)", """
            Send a break on file descriptor fd.

            A zero duration sends a break for 0.25-0.5 seconds; a nonzero duration
            has a system dependent meaning.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a), duration = try vm.cInt32(b)
                try vm.terminalCall { tcsendbreak(descriptor, duration).asInt }
                return .none
            }
        }
        m.def1("tcdrain($module, fd, /)", "Wait until all output written to file descriptor fd has been transmitted.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a)
                try vm.terminalCall { tcdrain(descriptor).asInt }
                return .none
            }
        }
        m.def2("tcflush($module, fd, queue, /)", """
            Discard queued data on file descriptor fd.

            The queue selector specifies which queue: termios.TCIFLUSH for the input
            queue, termios.TCOFLUSH for the output queue, or termios.TCIOFLUSH for
            both queues.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a), queue = try vm.cInt32(b)
                try vm.terminalCall { tcflush(descriptor, queue).asInt }
                return .none
            }
        }
        m.def2("tcflow($module, fd, action, /)", """
            Suspend or resume input or output on file descriptor fd.

            The action argument can be termios.TCOOFF to suspend output,
            termios.TCOON to restart output, termios.TCIOFF to suspend input,
            or termios.TCION to restart input.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let descriptor = try vm.fileDescriptor(a), action = try vm.cInt32(b)
                try vm.terminalCall { tcflow(descriptor, action).asInt }
                return .none
            }
        }
    }

    private func terminalError(_ code: Int32) -> Raised {
        do { return raise(PyType(try terminalErrorType()), argsTuple: tuple(int32(code), str(Errno(code).message))) } catch { return error }
    }

    func terminalCall(_ body: () -> Int) throws(Raised) {
        let result = unlocked(body)
        if result.failed { throw terminalError(result.code) }
    }

    func terminalAttributes(_ file: Value) throws(Raised) -> Value {
        let descriptor = try fileDescriptor(file)
        var attributes = taipan_termios()
        try terminalCall { taipan_tcgetattr(descriptor, &attributes).asInt }
        let characters = try newList()
        let raw = withUnsafeBytes(of: attributes.characters) { Array($0) }
        let isCanonical = attributes.numbers.3 & UInt64(ICANON) != 0
        for i in 0..<Int(attributes.character_count) {
            // Without ICANON two of the characters are counts.
            if !isCanonical && (i == Int(attributes.min_index) || i == Int(attributes.time_index)) {
                try characters.append(self, Value(small: Int(raw[i])))
            } else {
                try characters.append(self, bytes([raw[i]]))
            }
        }
        let list = try newList()
        let n = attributes.numbers
        for number in [n.0, n.1, n.2, n.3, n.4, n.5] { try list.append(self, int(unsigned: number)) }
        try list.append(self, characters.value)
        return list.value
    }

    func setTerminalAttributes(_ file: Value, _ when: Value, _ given: Value) throws(Raised) {
        let descriptor = try fileDescriptor(file), when = try cInt32(when)
        guard isList(given), PyList(given).count == 7 else { throw raise(.typeError, "tcsetattr, arg 3: must be 7 element list") }
        var attributes = taipan_termios()
        try terminalCall { taipan_tcgetattr(descriptor, &attributes).asInt }
        let list = PyList(given)
        attributes.numbers.0 = UInt64(bitPattern: Int64(try cLong(list[0])))
        attributes.numbers.1 = UInt64(bitPattern: Int64(try cLong(list[1])))
        attributes.numbers.2 = UInt64(bitPattern: Int64(try cLong(list[2])))
        attributes.numbers.3 = UInt64(bitPattern: Int64(try cLong(list[3])))
        attributes.numbers.4 = UInt64(bitPattern: Int64(try cLong(list[4])))
        attributes.numbers.5 = UInt64(bitPattern: Int64(try cLong(list[5])))
        let count = Int(attributes.character_count)
        guard list.count == 7, isList(list[6]), PyList(list[6]).count == count else {
            throw raise(.typeError, "tcsetattr: attributes[6] must be \(count) element list")
        }
        var characters = [UInt8](repeating: 0, count: count)
        for i in 0..<count {
            guard i < PyList(list[6]).count else { break }
            let item = PyList(list[6])[i]
            if isBytes(item) && PyBytes(item).count == 1 {
                characters[i] = PyBytes(item).bytes[0]
            } else if isInt(item) {
                characters[i] = UInt8(truncatingIfNeeded: try cLong(item))
            } else {
                throw raise(.typeError, "tcsetattr: elements of attributes must be characters or integers")
            }
        }
        withUnsafeMutableBytes(of: &attributes.characters) { for i in 0..<count { $0[i] = characters[i] } }
        try terminalCall { taipan_tcsetattr(descriptor, when, &attributes).asInt }
    }
}
