// Methods of `mmap.mmap`. CPython: Modules/mmapmodule.c.
import CShims
import PyNumerics
import PyPlatform
import PyRuntime

extension VM {
    func defineMmapMethods(_ t: TypeBuilder) {
        t.def0("-close()", "") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.closeMmap(v)
                return .none
            }
        }
        t.def0("-__enter__()", "") { vm, v in
            vm.guarded { () throws(Raised) in
                _ = try vm.openMmap(v)
                return v
            }
        }
        t.defV("-__exit__(*args)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in
                try vm.closeMmap(v)
                return .none
            }
        }
        t.getset("closed", get: { _, v in Value(v.cast(MmapLayout.self).pointee.address == nil) })
        t.def0("-size()", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let m = try vm.openMmap(v)
                do throws(Errno) { return vm.int(Int(try FileStatus.of(descriptor: m.pointee.descriptor).size)) } catch { throw vm.osError(error.code) }
            }
        }
        t.def0("-tell()", "") { vm, v in vm.guarded { () throws(Raised) in vm.int(try vm.openMmap(v).pointee.position) } }
        defineMmapReading(t)
        defineMmapWriting(t)
        t.defN("-find(sub, start=0, end=0, /)", "") { vm, v, a in vm.guarded { () throws(Raised) in try vm.findInMmap(v, a, backward: false) } }
        t.defN("-rfind(sub, start=0, end=0, /)", "") { vm, v, a in vm.guarded { () throws(Raised) in try vm.findInMmap(v, a, backward: true) } }
        t.defN("-seek(dist, whence=0, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let distance = try vm.cSize(a[0]), whence = try vm.cInt32(a[1], default: 0)
                let m = try vm.openMmap(v)
                let base: Int
                switch whence {
                case 0: base = 0
                case 1: base = m.pointee.position
                case 2: base = m.pointee.size
                default: throw vm.raise(.valueError, "unknown seek type")
                }
                let (place, overflow) = base.addingReportingOverflow(distance)
                if overflow || place < 0 || place > m.pointee.size { throw vm.raise(.valueError, "seek out of range") }
                m.pointee.position = place
                return .none
            }
        }
        t.defN("-flush(offset=0, size=0, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let offset = a[0].isNull ? 0 : try vm.cSize(a[0])
                let m = try vm.openMmap(v)
                let size = a[1].isNull ? m.pointee.size : try vm.cSize(a[1])
                let (end, overflow) = offset.addingReportingOverflow(size)
                if overflow || offset < 0 || size < 0 || end > m.pointee.size { throw vm.raise(.valueError, "flush values out of range") }
                if m.pointee.access == .read || m.pointee.access == .copy { return .none }
                guard let address = m.pointee.address else { return .none }
                let result = vm.unlocked { Int(msync(address + offset, size, Int32(MS_SYNC))) }
                if result.failed { throw vm.osError(result.code) }
                return .none
            }
        }
        t.defN("-madvise(option, start=0, length=0, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let option = try vm.cInt32(a[0])
                let start = a[1].isNull ? 0 : try vm.cSize(a[1])
                let m = try vm.openMmap(v)
                var length = a[2].isNull ? m.pointee.size : try vm.cSize(a[2])
                if start < 0 || start >= m.pointee.size { throw vm.raise(.valueError, "madvise start out of bounds") }
                if length < 0 { throw vm.raise(.valueError, "madvise length invalid") }
                if Int.max - start < length { throw vm.raise(.overflowError, "madvise length too large") }
                length = min(length, m.pointee.size - start)
                guard let address = m.pointee.address else { return .none }
                if madvise(address + start, length, option) != 0 { throw vm.osError(errno) }
                return .none
            }
        }
    }

    private func defineMmapReading(_ t: TypeBuilder) {
        t.def0("-read_byte()", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let m = try vm.openMmap(v)
                let at = m.pointee.position
                if at >= m.pointee.size { throw vm.raise(.valueError, "read byte out of range") }
                m.pointee.position = at + 1
                return vm.int(Int(m.bytes[at]))
            }
        }
        t.def0("-readline()", "") { vm, v in
            vm.guarded { () throws(Raised) in
                let m = try vm.openMmap(v)
                let rest = m.bytes[m.pointee.position...]
                let end = rest.firstIndex(of: 10).map { $0 + 1 } ?? rest.endIndex
                let line = UnsafeBufferPointer(rebasing: rest[..<end])
                m.pointee.position = end
                return try vm.bytes(line)
            }
        }
        t.defN("-read(n=None, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                var count = -1
                if !a[0].isNull && !a[0].isNone {
                    guard vm.hasIndex(a[0]) else { throw vm.raise(.typeError, "argument should be integer or None, not '\(vm.typeName(a[0]))'") }
                    count = try vm.cSize(a[0])
                }
                let m = try vm.openMmap(v)
                let left = m.pointee.position < m.pointee.size ? m.pointee.size - m.pointee.position : 0
                if count < 0 || count > left { count = left }
                let start = m.pointee.position
                m.pointee.position = start + count
                return try vm.bytes(UnsafeBufferPointer(rebasing: m.bytes[min(start, m.pointee.size)..<min(start, m.pointee.size) + count]))
            }
        }
    }

    private func defineMmapWriting(_ t: TypeBuilder) {
        t.def1("-write(data, /)", "") { vm, v, data in
            vm.guarded { () throws(Raised) in
                let data = try vm.bytesFromBuffer(data)
                let m = try vm.writableMmap(v)
                let view = PyBytes(data).view
                if m.pointee.position > m.pointee.size || m.pointee.size - m.pointee.position < view.count { throw vm.raise(.valueError, "data out of range") }
                if let from = view.baseAddress, let to = m.pointee.address { (to + m.pointee.position).copyMemory(from: from, byteCount: view.count) }
                m.pointee.position += view.count
                withExtendedLifetime(data) {}
                return vm.int(view.count)
            }
        }
        t.def1("-write_byte(byte, /)", "") { vm, v, byte in
            vm.guarded { () throws(Raised) in
                let n = try vm.cLong(byte)
                if n < 0 { throw vm.raise(.overflowError, "unsigned byte integer is less than minimum") }
                if n > 255 { throw vm.raise(.overflowError, "unsigned byte integer is greater than maximum") }
                let m = try vm.writableMmap(v)
                if m.pointee.position >= m.pointee.size { throw vm.raise(.valueError, "write byte out of range") }
                m.pointee.address?.storeBytes(of: UInt8(n), toByteOffset: m.pointee.position, as: UInt8.self)
                m.pointee.position += 1
                return .none
            }
        }
        t.def3("-move(dest, src, count, /)", "") { vm, v, a, b, c in
            vm.guarded { () throws(Raised) in
                let to = try vm.cSize(a), from = try vm.cSize(b), count = try vm.cSize(c)
                let m = try vm.writableMmap(v)
                let size = m.pointee.size
                if to < 0 || from < 0 || count < 0 || size - to < count || size - from < count {
                    throw vm.raise(.valueError, "source, destination, or count out of range")
                }
                if let address = m.pointee.address { memmove(address + to, address + from, count) }
                return .none
            }
        }
        t.def1("-resize(newsize, /)", "") { vm, v, size in
            vm.guarded { () throws(Raised) in
                let size = try vm.cSize(size)
                try vm.resizeMmap(v, size)
                return .none
            }
        }
    }

    private func resizeMmap(_ v: Value, _ size: Int) throws(Raised) {
        let m = try openMmap(v)
        if m.pointee.exports > 0 { collectGarbage() }
        if m.pointee.exports > 0 { throw raise(.bufferError, "mmap can't resize with extant buffers exported.") }
        if m.pointee.access == .read || m.pointee.access == .copy {
            throw raise(.typeError, "mmap can't resize a readonly or copy-on-write memory map.")
        }
        if size < 0 || Int.max - size < Int(m.pointee.offset) { throw raise(.valueError, "new size out of range") }
        if m.pointee.descriptor >= 0 {
            let descriptor = m.pointee.descriptor, end = m.pointee.offset + Int64(size)
            let result = unlocked { Int(ftruncate(descriptor, off_t(end))) }
            if result.failed { throw osError(result.code) }
        }
        guard let address = m.pointee.address else { return }
        guard let moved = taipan_remap(address, m.pointee.size, size) else { throw osError(errno) }
        m.pointee.address = moved
        m.pointee.size = size
    }

    private func findInMmap(_ v: Value, _ a: UnsafeMutablePointer<Value>, backward: Bool) throws(Raised) -> Value {
        let needle = try bytesFromBuffer(a[0])
        let m = try openMmap(v)
        let size = m.pointee.size
        func place(_ value: Value, _ fallback: Int) throws(Raised) -> Int {
            if value.isNull { return min(fallback, size) }
            let n = try cSize(value)
            return n < 0 ? max(0, n &+ size) : min(n, size)
        }
        let start = try place(a[1], m.pointee.position), end = try place(a[2], size)
        // The arguments may have closed it.
        let bytes = try openMmap(v).bytes
        let wanted = PyBytes(needle).view
        defer { withExtendedLifetime(needle) {} }
        if start > end || end - start < wanted.count || end > bytes.count { return Value(small: -1) }
        let last = end - wanted.count
        if wanted.count == 0 { return int(backward ? end : start) }
        guard let base = bytes.baseAddress, let sought = wanted.baseAddress else { return Value(small: -1) }
        var at = backward ? last : start
        while at >= start && at <= last {
            if bytes[at] == wanted[0], memcmp(base + at, sought, wanted.count) == 0 { return int(at) }
            at += backward ? -1 : 1
        }
        return Value(small: -1)
    }
}
