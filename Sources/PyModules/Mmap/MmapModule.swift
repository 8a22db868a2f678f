// `mmap`: the module, the constructor and the slots of `mmap.mmap`. Methods: Mmap+Methods.swift. CPython: Modules/mmapmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

/// What may be done with a mapping.
enum MmapAccess: Int32 {
    case byProtection, read, write, copy
    var name: StaticString {
        switch self {
        case .byProtection: "ACCESS_DEFAULT"
        case .read: "ACCESS_READ"
        case .write: "ACCESS_WRITE"
        case .copy: "ACCESS_COPY"
        }
    }
}

struct MmapLayout {
    var type: PyType
    /// nil: closed.
    var address: UnsafeMutableRawPointer?
    var size: Int
    var position: Int
    var offset: Int64
    var exports: Int
    var descriptor: Int32
    var access: MmapAccess
    static var size: Int { 56 }
}

extension UnsafeMutablePointer<MmapLayout> {
    /// The mapped bytes.
    var bytes: UnsafeBufferPointer<UInt8> {
        guard let address = pointee.address else { return UnsafeBufferPointer(start: nil, count: 0) }
        // Safe: `size` bytes are mapped at `address` until it is closed or resized, which nobody does meanwhile.
        return UnsafeBufferPointer(start: UnsafePointer(address.assumingMemoryBound(to: UInt8.self)), count: pointee.size)
    }
}

extension VM {
    public func registerMmap() {
        registerModule("mmap") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", .none)
            m.attribute("error", vm.exceptionType(.osError).value)
            vm.addConstants(m, taipan_table_mmap)
            let page = vm.int(Int(sysconf(Int32(_SC_PAGESIZE))))
            m.attribute("PAGESIZE", page)
            m.attribute("ALLOCATIONGRANULARITY", page)
            for access in [MmapAccess.byProtection, .read, .write, .copy] { m.attribute(access.name, vm.int(Int(access.rawValue))) }
            let t = vm.makeType("mmap", module: "mmap", size: MmapLayout.size, trace: .leaf, flags: [.baseType, .weakrefable])
            vm.fillMmap(t)
            m.attribute("mmap", t.type.value)
            return 0
        }
    }

    /// - Throws: ValueError if it was closed.
    func openMmap(_ v: Value) throws(Raised) -> UnsafeMutablePointer<MmapLayout> {
        let layout = v.cast(MmapLayout.self)
        if layout.pointee.address == nil { throw raise(.valueError, "mmap closed or invalid") }
        return layout
    }

    /// - Throws: TypeError if it is for reading only.
    func writableMmap(_ v: Value) throws(Raised) -> UnsafeMutablePointer<MmapLayout> {
        let layout = try openMmap(v)
        if layout.pointee.access == .read { throw raise(.typeError, "mmap can't modify a readonly memory map.") }
        return layout
    }

    func closeMmap(_ v: Value) throws(Raised) {
        let layout = v.cast(MmapLayout.self)
        // A dropped memoryview gives its export back only when it is collected.
        if layout.pointee.exports > 0 { collectGarbage() }
        if layout.pointee.exports > 0 { throw raise(.bufferError, "cannot close exported pointers exist") }
        releaseMmap(layout)
    }

    private func releaseMmap(_ layout: UnsafeMutablePointer<MmapLayout>) {
        if let address = layout.pointee.address {
            layout.pointee.address = nil
            munmap(address, layout.pointee.size)
            if layout.pointee.descriptor >= 0 { _ = close(layout.pointee.descriptor) }
            layout.pointee.descriptor = -1
        }
    }

    /// The position and name of a rejected combination are CPython's.
    private func newMmap(_ cls: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let descriptor = try cInt32(a[0])
        var size = try cSize(a[1])
        var flags = try cInt32(a[2], default: Int32(MAP_SHARED))
        var protection = try cInt32(a[3], default: Int32(PROT_READ | PROT_WRITE))
        let number = try cInt32(a[4], default: 0)
        let offset = a[5].isNull ? 0 : try cLong(a[5])
        if size < 0 { throw raise(.overflowError, "memory mapped length must be positive") }
        if offset < 0 { throw raise(.overflowError, "memory mapped offset must be positive") }
        if number != 0, flags != Int32(MAP_SHARED) || protection != Int32(PROT_READ | PROT_WRITE) {
            throw raise(.valueError, "mmap can't specify both access and flags, prot.")
        }
        guard var access = MmapAccess(rawValue: number) else { throw raise(.valueError, "mmap invalid access parameter.") }
        switch access {
        case .read: protection = Int32(PROT_READ)
        case .write: break
        case .copy: flags = Int32(MAP_PRIVATE)
        case .byProtection:
            let reads = protection & Int32(PROT_READ) != 0, writes = protection & Int32(PROT_WRITE) != 0
            if !(reads && writes) { access = writes ? .write : .read }
        }
        try audit("mmap.__new__", tuple(int32(descriptor), int(size), int32(number), int(offset)))
        if descriptor != -1 {
            let status: FileStatus
            do throws(Errno) { status = try FileStatus.of(descriptor: descriptor) } catch { throw osError(error.code) }
            if status.isRegularFile {
                let length = Int(status.size)
                if size == 0 {
                    if length == 0 { throw raise(.valueError, "cannot mmap an empty file") }
                    if offset >= length { throw raise(.valueError, "mmap offset is greater than file size") }
                    size = length - offset
                } else if offset > length || length - offset < size {
                    throw raise(.valueError, "mmap length is greater than file size")
                }
            }
        }
        let object = newInstance(PyType(cls))
        let layout = object.cast(MmapLayout.self)
        layout.pointee.descriptor = -1
        if descriptor != -1 {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            if copy < 0 { throw osError(errno) }
            layout.pointee.descriptor = copy
        }
        guard let address = taipan_map(size, protection, flags, descriptor, Int64(offset)) else {
            let code = errno
            if layout.pointee.descriptor >= 0 { _ = close(layout.pointee.descriptor) }
            throw osError(code)
        }
        layout.pointee.address = address
        layout.pointee.size = size
        layout.pointee.offset = Int64(offset)
        layout.pointee.access = access
        return object
    }

    private func fillMmap(_ t: TypeBuilder) {
        t.doc("Windows: mmap(fileno, length[, tagname[, access[, offset]]])\n\nMaps length bytes from the file specified by the file handle fileno,\nand returns a mmap object.  If length is larger than the current size\nof the file, the file is extended to contain length bytes.  If length\nis 0, the maximum length of the map is the current size of the file,\nexcept that if the file is empty Windows raises an exception (you cannot\ncreate an empty mapping on Windows).\n\nUnix: mmap(fileno, length[, flags[, prot[, access[, offset]]]])\n\nMaps length bytes from the file specified by the file descriptor fileno,\nand returns a mmap object.  If length is 0, the maximum length of the map\nwill be the current size of the file when mmap is called.\nflags specifies the nature of the mapping. MAP_PRIVATE creates a\nprivate copy-on-write mapping, so changes to the contents of the mmap\nobject will be private to this process, and MAP_SHARED creates a mapping\nthat's shared with all other processes mapping the same areas of the file.\nThe default value is MAP_SHARED.\n\nTo map anonymous memory, pass -1 as the fileno (both versions).")
        t.new("-(fileno, length, flags=1, prot=3, access=0, offset=0)") { vm, cls, a in vm.guarded { () throws(Raised) in try vm.newMmap(cls, a) } }
        t.type.ref.pointee.flags.insert(.hasFinalize)
        let s = t.type.slotsPointer
        s.pointee.finalize = { vm, v in vm.releaseMmap(v.cast(MmapLayout.self)) }
        s.pointee.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let m = v.cast(MmapLayout.self), name = vm.typeText(vm.type(of: v))
                if m.pointee.address == nil { return vm.str("<\(name) closed=True>") }
                return vm.str("<\(name) closed=False, access=\(m.pointee.access.name), length=\(m.pointee.size), pos=\(m.pointee.position), offset=\(m.pointee.offset)>")
            }
        }
        s.pointee.seqLength = { vm, v in vm.guardedInt { () throws(Raised) in try vm.openMmap(v).pointee.size } }
        s.pointee.item = { vm, v, i in
            vm.guarded { () throws(Raised) in
                let m = try vm.openMmap(v)
                if i < 0 || i >= m.pointee.size { throw vm.raise(.indexError, "mmap index out of range") }
                return try vm.bytes([m.bytes[i]])
            }
        }
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.mmapItem(v, key) } }
        s.pointee.setItem = { vm, v, key, value in vm.guardedStatus { () throws(Raised) in try vm.setMmapItem(v, key, value) } }
        s.pointee.buffer = { vm, v, view, writable in
            vm.guardedStatus { () throws(Raised) in
                let m = try vm.openMmap(v)
                if writable != 0 && m.pointee.access == .read { throw vm.raise(.bufferError, "Object is not writable.") }
                m.pointee.exports += 1
                view.pointee.owner = v
                view.pointee.bytes = m.pointee.address
                view.pointee.count = m.pointee.size
                view.pointee.itemSize = 1
                view.pointee.readOnly = m.pointee.access == .read ? 1 : 0
            }
        }
        s.pointee.releaseBuffer = { _, v, _ in v.cast(MmapLayout.self).pointee.exports -= 1 }
        defineMmapMethods(t)
        readyType(t.type)
    }

    private func mmapIndex(_ m: UnsafeMutablePointer<MmapLayout>, _ key: Value) throws(Raised) -> Int {
        var i = try indexInt(key, overflow: .indexError)
        if i < 0 { i &+= m.pointee.size }
        if i < 0 || i >= m.pointee.size || m.pointee.address == nil { throw raise(.indexError, "mmap index out of range") }
        return i
    }

    private func mmapItem(_ v: Value, _ key: Value) throws(Raised) -> Value {
        let m = try openMmap(v)
        if hasIndex(key) {
            let i = try mmapIndex(m, key)
            return int(Int(m.bytes[i]))
        }
        guard key.isExactly(types.slice) else { throw raise(.typeError, "mmap indices must be integers") }
        let (start, _, step, count) = try sliceIndices(key, length: m.pointee.size)
        let source = try openMmap(v).bytes
        if count <= 0 || start < 0 || start + (count - 1) * step >= source.count { return state.pointee.emptyBytes }
        if step == 1 { return try bytes(UnsafeBufferPointer(rebasing: source[start..<start + count])) }
        let result = try newBytes(count: count)
        for i in 0..<count { result.bytes[i] = source[start + i * step] }
        return result.value
    }

    private func setMmapItem(_ v: Value, _ key: Value, _ value: Value) throws(Raised) {
        let m = try writableMmap(v)
        if hasIndex(key) {
            let i = try mmapIndex(m, key)
            if value.isNull { throw raise(.typeError, "mmap doesn't support item deletion") }
            guard hasIndex(value) else { throw raise(.typeError, "mmap item value must be an int") }
            let n = try indexInt(value, overflow: .valueError)
            if n < 0 || n > 255 { throw raise(.valueError, "mmap item value must be in range(0, 256)") }
            // `__index__` of the value may have closed or resized it.
            let target = try openMmap(v)
            if i >= target.pointee.size { throw raise(.indexError, "mmap index out of range") }
            target.pointee.address?.storeBytes(of: UInt8(n), toByteOffset: i, as: UInt8.self)
            return
        }
        guard key.isExactly(types.slice) else { throw raise(.typeError, "mmap indices must be integer") }
        let (start, _, step, count) = try sliceIndices(key, length: m.pointee.size)
        if value.isNull { throw raise(.typeError, "mmap object doesn't support slice deletion") }
        let data = try bytesFromBuffer(value)
        let view = PyBytes(data).view
        if view.count != count { throw raise(.indexError, "mmap slice assignment is wrong size") }
        let target = try openMmap(v)
        if count == 0 || start < 0 || start + (count - 1) * step >= target.pointee.size { return }
        for i in 0..<count { target.pointee.address?.storeBytes(of: view[i], toByteOffset: start + i * step, as: UInt8.self) }
        withExtendedLifetime(data) {}
    }
}
