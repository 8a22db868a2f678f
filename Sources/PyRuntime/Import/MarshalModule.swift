// The module `marshal`. CPython: Python/marshal.c.
import PyBytecode

extension VM {
    func installMarshalModule() {
        registerModule("marshal") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                This module contains functions that can read and write Python values in
                a binary format. The format is specific to Python, but independent of
                machine architecture issues.

                Not all Python object types are supported; in general, only objects
                whose value is independent from a particular invocation of Python can be
                written and read by this module. The following types are supported:
                None, integers, floating point numbers, strings, bytes, bytearrays,
                tuples, lists, sets, dictionaries, and code objects, where it
                should be understood that tuples, lists and dictionaries are only
                supported as long as the values contained therein are themselves
                supported; and recursive lists and dictionaries should not be written
                (they will cause infinite loops).

                Variables:

                version -- indicates the format that the module uses. Version 0 is the
                    historical format, version 1 shares interned strings and version 2
                    uses a binary format for floating point numbers.
                    Version 3 shares common object references (New in version 3.4).

                Functions:

                dump() -- write value to a file
                load() -- read value from a file
                dumps() -- marshal value as a bytes object
                loads() -- read value from a bytes-like object
                """ as StaticString))
            m.attribute("version", vm.int(Marshal.version))
            m.defN(
                "dumps($module, value, version=version, /)",
                "Return the bytes object that would be written to a file by dump(value, file).\n\n  value\n    Must be a supported type.\n  version\n    Indicates the data format that dumps should use.\n\nRaise a ValueError exception if value has (or contains an object that has) an\nunsupported type."
            ) { vm, module, a in
                vm.guarded { () throws(Raised) in
                    let version = a[1].isNull ? Marshal.version : try vm.cIntArgument(a[1])
                    try vm.audit("marshal.dumps", vm.tuple(a[0], vm.int(version)))
                    return vm.bytesObject(try vm.marshal(a[0], version: version))
                }
            }
            m.defN(
                "dump($module, value, file, version=version, /)",
                "Write the value on the open file.\n\n  value\n    Must be a supported type.\n  file\n    Must be a writeable binary file.\n  version\n    Indicates the data format that dump should use.\n\nIf the value has (or contains an object that has) an unsupported type, a\nValueError exception is raised - but garbage data will also be written\nto the file. The object will not be properly read back by load()."
            ) { vm, module, a in
                vm.guarded { () throws(Raised) in
                    let version = a[2].isNull ? Marshal.version : try vm.indexInt(a[2])
                    try vm.audit("marshal.dumps", vm.tuple(a[0], vm.int(version)))
                    let data = vm.bytesObject(try vm.marshal(a[0], version: version))
                    return try vm.callMethod(a[1], vm.intern("write"), data)
                }
            }
            m.def1(
                "loads($module, bytes, /)",
                "Convert the bytes-like object to a value.\n\nIf no valid value is found, raise EOFError, ValueError or TypeError.  Extra\nbytes in the input are ignored."
            ) { vm, module, data in
                vm.guarded { () throws(Raised) in
                    try vm.unmarshal(buffer: data)
                }
            }
            m.def1(
                "load($module, file, /)",
                "Read one value from the open file and return it.\n\n  file\n    Must be readable binary file.\n\nIf no valid value is read (e.g. because the data has a different Python\nversion's incompatible marshal format), raise EOFError, ValueError or\nTypeError.\n\nNote: If an object containing an unsupported type was marshalled with\ndump(), load() will substitute None for the unmarshallable type."
            ) { vm, module, file in
                vm.guarded { () throws(Raised) in try vm.unmarshal(fromFile: file) }
            }
            return 0
        }
    }

    /// Reads one value from a file object and leaves the file right behind it.
    private func unmarshal(fromFile file: Value) throws(Raised) -> Value {
        try audit("marshal.load", emptyTuple)
        // Whether it is a binary file shows before it is asked for more.
        let nothing = try callMethod(file, intern("read"), Value(small: 0))
        guard isBytesObject(nothing) else {
            throw raise(.typeError, "file.read() returned not bytes but \(typeName(nothing))")
        }
        var reader = MarshalFile(self, file)
        try reader.readValue()
        var position = 0
        return try unmarshal(reader.bytes, position: &position)
    }

    /// `marshal.loads`: reads from the buffer itself, which stays exported meanwhile.
    private func unmarshal(buffer value: Value) throws(Raised) -> Value {
        var view = BufferView()
        guard let slot = type(of: value).slots.buffer else {
            throw raise(.typeError, "a bytes-like object is required, not '\(typeName(value))'")
        }
        try checkStatus(slot(self, value, &view, 0))
        defer { if view.owner.isObject, let release = type(of: view.owner).slots.releaseBuffer { release(self, view.owner, &view) } }
        let bytes = UnsafeBufferPointer(start: view.bytes?.assumingMemoryBound(to: UInt8.self), count: view.bytes == nil ? 0 : view.count)
        if !state.pointee.auditHooks.isNull { try runAuditHooks(intern("marshal.loads"), tuple(try self.bytes(bytes))) }
        var position = 0
        return try unmarshal(bytes, position: &position)
    }

    func isBytesObject(_ value: Value) -> Bool {
        value.isObject && value.objectType.flags.rawValue & TypeFlags.bytesSubclass.rawValue != 0
    }

    /// A copy of the bytes of any bytes-like object.
    /// - Throws: TypeError "a bytes-like object is required, not 'int'".
    func bytesContents(_ value: Value) throws(Raised) -> [UInt8] {
        var view = BufferView()
        guard let slot = type(of: value).slots.buffer else {
            throw raise(.typeError, "a bytes-like object is required, not '\(typeName(value))'")
        }
        try checkStatus(slot(self, value, &view, 0))
        defer { if view.owner.isObject, let release = type(of: view.owner).slots.releaseBuffer { release(self, view.owner, &view) } }
        guard let start = view.bytes, view.count > 0 else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: view.count))
    }
}
