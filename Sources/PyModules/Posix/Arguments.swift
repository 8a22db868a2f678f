// Numbers as C takes them, with CPython's messages. CPython: Python/getargs.c, Argument Clinic's converters.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    /// A C int.
    func cInt32(_ value: Value) throws(Raised) -> Int32 {
        var fits = false
        let n = clampedInt(try index(value), &fits)
        guard fits, let result = Int32(exactly: n) else { throw raise(.overflowError, "Python int too large to convert to C int") }
        return result
    }
    func cInt32(_ value: Value, default fallback: Int32) throws(Raised) -> Int32 { value.isNull ? fallback : try cInt32(value) }

    /// A C long, also off_t and pid_t's wider kin.
    func cLong(_ value: Value) throws(Raised) -> Int {
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        return n
    }

    /// A Py_ssize_t.
    func cSize(_ value: Value) throws(Raised) -> Int {
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C ssize_t") }
        return n
    }

    /// A C unsigned long.
    func cUnsignedLong(_ value: Value) throws(Raised) -> UInt64 {
        let n = bigInt(try index(value))
        if n.isNegative { throw raise(.overflowError, "can't convert negative value to unsigned int") }
        guard let result = n.asUInt64 else { throw raise(.overflowError, "Python int too large to convert to C unsigned long") }
        return result
    }

    /// An unsigned int taken modulo its size (flags).
    func cFlags(_ value: Value) throws(Raised) -> UInt32 {
        let n = bigInt(try index(value))
        let low = UInt32(truncatingIfNeeded: n.magnitude.first ?? 0)
        return n.isNegative ? 0 &- low : low
    }

    func cBool(_ value: Value, default fallback: Bool) throws(Raised) -> Bool { value.isNull ? fallback : try isTrue(value) }

    /// A descriptor number without `fileno()`: for paths and directories.
    func descriptorNumber(_ value: Value) throws(Raised) -> Int32 {
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if n > Int(Int32.max) { throw raise(.overflowError, "fd is greater than maximum") }
        if n < Int(Int32.min) { throw raise(.overflowError, "fd is less than minimum") }
        return Int32(n)
    }

    /// `dir_fd`: None or missing is the working directory.
    func directory(_ value: Value) throws(Raised) -> Int32 {
        if value.isNull || value.isNone { return Int32(TAIPAN_AT_FDCWD) }
        if hasIndex(value) { return try descriptorNumber(value) }
        throw raise(.typeError, "argument should be integer or None, not \(typeName(value))")
    }

    /// An int or an object with `fileno()`.
    func fileDescriptor(_ value: Value) throws(Raised) -> Int32 {
        var number = value
        if !isInt(value) {
            let method = try getAttrIfPresent(value, "fileno")
            if method.isNull { throw raise(.typeError, "argument must be an int, or have a fileno() method.") }
            number = try call(method)
            if !isInt(number) { throw raise(.typeError, "fileno() returned a non-integer") }
        }
        let n = try cInt32(number)
        if n < 0 { throw raise(.valueError, "file descriptor cannot be a negative integer (\(n))") }
        return n
    }

    /// uid_t and gid_t: -1 means "leave it".
    func ownerID(_ value: Value, _ name: StaticString) throws(Raised) -> UInt32 {
        guard hasIndex(value) else { throw raise(.typeError, "\(name) should be integer, not \(typeName(value))") }
        let number = try index(value)
        var fits = false
        let n = clampedInt(number, &fits)
        if n == -1 && fits { return .max }
        if n < 0 { throw raise(.overflowError, "\(name) is less than minimum") }
        guard fits, let result = UInt32(exactly: n) else { throw raise(.overflowError, "\(name) is \(fits ? "less than minimum" : "greater than maximum")") }
        return result
    }

    /// What uid_t and gid_t look like in Python.
    func ownerValue(_ id: UInt32) -> Value { id == .max ? Value(small: -1) : int(Int(id)) }

    /// `vm.int` for Int32.
    func int32(_ n: Int32) -> Value { Value(small: Int(n)) }

    /// A table of CShims as attributes of a module.
    func addConstants(_ m: ModuleBuilder, _ table: taipan_table) {
        var row = taipan_constants(table)
        while let name = row.pointee.name {
            m.set(intern(String(cString: name)), int(Int(row.pointee.value)))
            row += 1
        }
    }

    /// A table of CShims as a dict.
    func constantsDict(_ table: taipan_table) -> Value {
        let dict = newDict()
        var row = taipan_constants(table)
        while let name = row.pointee.name {
            do { try dict.set(self, intern(String(cString: name)), int(Int(row.pointee.value))) } catch { clearRaised() }
            row += 1
        }
        return dict.value
    }
}

extension VM {
    /// An unsigned int, range checked.
    func cUnsigned(_ value: Value) throws(Raised) -> UInt32 {
        let n = bigInt(try index(value))
        if n.isNegative { throw raise(.valueError, "value must be positive") }
        guard let wide = n.asUInt64, let result = UInt32(exactly: wide) else {
            throw raise(.overflowError, "Python int too large for C unsigned int")
        }
        return result
    }

    /// A dev_t.
    func deviceNumber(_ value: Value) throws(Raised) -> UInt64 {
        let n = bigInt(try index(value))
        if n.isNegative { throw raise(.overflowError, "can't convert negative int to unsigned") }
        guard let result = n.asUInt64 else { throw raise(.overflowError, "int too big to convert") }
        return result
    }

    /// A name of `os.sysconf_names` and the like, or its number.
    func configurationName(_ value: Value, _ table: taipan_table) throws(Raised) -> Int32 {
        if isInt(value) { return try cInt32(value) }
        guard isStr(value) else { throw raise(.typeError, "configuration names must be strings or integers") }
        let wanted = PyStr(value).string
        var row = taipan_constants(table)
        while let name = row.pointee.name {
            if wanted == String(cString: name) { return Int32(truncatingIfNeeded: row.pointee.value) }
            row += 1
        }
        throw raise(.valueError, "unrecognized configuration name")
    }
}
