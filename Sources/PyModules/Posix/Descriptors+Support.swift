// What the descriptor functions of `posix` share: bytes in and out. CPython: Modules/posixmodule.c, Python/fileutils.c.
import CShims
import PyPlatform
import PyRuntime

extension VM {
    /// A bytes object of at most `count` bytes that `body` reads into it.
    func readBytes(_ count: Int, _ body: (UnsafeMutableRawPointer, Int) -> Int) throws(Raised) -> Value {
        let limit = min(count, 0x7FFF_F000)
        let room = try newBytes(count: limit)
        let got = try system { body(UnsafeMutableRawPointer(room.bytes), limit) }
        if got == limit { return room.value }
        return try bytes(UnsafeBufferPointer(start: UnsafePointer(room.bytes), count: min(max(got, 0), limit)))
    }

    /// Hands the bytes of a buffer to `body`; its answer as an int. A signal that came while a part was written is handled
    /// before the answer is seen, as CPython does after the instruction.
    func writeBuffer(_ data: Value, _ body: (UnsafeRawPointer, Int) -> Int) throws(Raised) -> Value {
        var view = try acquireContiguous(data)
        defer { releaseBuffer(&view) }
        let count = min(view.count, 0x7FFF_F000)
        guard let start = view.bytes else {
            var nothing: UInt8 = 0
            return int(try system { body(&nothing, 0) })
        }
        let written = try system { body(start, count) }
        try handleSignals()
        return int(written)
    }

    /// A buffer in one piece.
    func acquireContiguous(_ data: Value, writable: Bool = false) throws(Raised) -> BufferView {
        var view = try acquireBuffer(data, writable: writable)
        if !view.strides.isNull && !isContiguous(view) {
            releaseBuffer(&view)
            throw raise(.bufferError, "memoryview: underlying buffer is not C-contiguous")
        }
        return view
    }

    private func isContiguous(_ view: BufferView) -> Bool {
        guard isTuple(view.shape), isTuple(view.strides) else { return false }
        let shape = PyTuple(view.shape), strides = PyTuple(view.strides)
        var expected = view.itemSize
        for i in stride(from: min(shape.count, strides.count) - 1, through: 0, by: -1) {
            guard shape[i].isSmallInt, strides[i].isSmallInt else { return false }
            if shape[i].smallInt != 1 && strides[i].smallInt != expected { return false }
            expected = expected &* shape[i].smallInt
        }
        return true
    }

    /// Calls `body` with the buffers of a sequence.
    func vectors(_ buffers: Value, writable: Bool, _ name: StaticString, _ body: (UnsafePointer<iovec>, Int32) -> Int) throws(Raised) -> Value {
        guard isSequence(buffers) else {
            throw raise(.typeError, "\(name)() arg 2 must be a sequence")
        }
        let items = try tupleFrom(buffers)
        let count = PyTuple(items).count
        let views = UnsafeMutablePointer<BufferView>.allocate(capacity: count + 1)
        let owners = try pushStack(count + 1)
        owners.update(repeating: .null, count: count + 1)
        var acquired = 0
        defer {
            for i in 0..<acquired { releaseBuffer(&views[i]) }
            popStack(owners)
            views.deallocate()
        }
        var rows: [iovec] = []
        for i in 0..<count {
            let view = try acquireContiguous(PyTuple(items)[i], writable: writable)
            views.advanced(by: i).initialize(to: view)
            // The view lies outside the scanned stack: its owner is kept here.
            owners[i] = view.owner
            acquired += 1
            rows.append(iovec(iov_base: view.bytes, iov_len: view.count))
        }
        if rows.count > Int(Int32.max) { throw osError(EINVAL) }
        let result = rows.withUnsafeBufferPointer { p -> Result<SystemResult, Raised> in
            guard let start = p.baseAddress else { return .success(unlocked { var none = iovec(); return body(&none, 0) }) }
            do throws(Raised) { return .success(try waiting { body(start, Int32(p.count)) }) } catch { return .failure(error) }
        }
        let answer = try result.get()
        if answer.failed { throw osError(answer.code) }
        return int(answer.value)
    }

    /// Has items by number: `PySequence_Check`.
    func isSequence(_ value: Value) -> Bool {
        if isDict(value) { return false }
        return type(of: value).slots.getItem != nil
    }

    func setInheritable(_ descriptor: Int32, _ inheritable: Bool) throws(Raised) {
        let flags = Int32(try quick(taipan_fcntl(descriptor, F_GETFD, 0)))
        let wanted = inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC
        if wanted != flags { try quick(taipan_fcntl(descriptor, F_SETFD, Int(wanted))) }
    }

    typealias RangeCall = (Int32, UnsafeMutablePointer<Int64>?, Int32, UnsafeMutablePointer<Int64>?, Int, UInt32) -> Int

    /// `copy_file_range(src, dst, count, offset_src=None, offset_dst=None)` and `splice`.
    func copyRange(_ a: UnsafeMutablePointer<Value>, _ name: StaticString, flags: Value, _ body: RangeCall) throws(Raised) -> Value {
        let source = try cInt32(a[0]), target = try cInt32(a[1]), count = try cSize(a[2])
        if count < 0 { throw raise(.valueError, "negative value for 'count' not allowed") }
        var from: Int64 = 0, to: Int64 = 0
        let hasFrom = !(a[3].isNull || a[3].isNone), hasTo = !(a[4].isNull || a[4].isNone)
        if hasFrom { from = Int64(try cLong(a[3])) }
        if hasTo { to = Int64(try cLong(a[4])) }
        let options = flags.isNull ? 0 : try cFlags(flags)
        let result = try waiting {
            withUnsafeMutablePointer(to: &from) { from in
                withUnsafeMutablePointer(to: &to) { to in body(source, hasFrom ? from : nil, target, hasTo ? to : nil, count, options) }
            }
        }
        if result.failed { throw osError(result.code) }
        return int(result.value)
    }

    /// The posix_f calls answer with the error number itself.
    func adviceCall(_ body: () -> Int32) throws(Raised) {
        while true {
            let result = unlocked { Int(body()) }
            if result.value == 0 { return }
            if result.value != Int(EINTR) { throw osError(Int32(truncatingIfNeeded: result.value)) }
            try handleSignals()
        }
    }

    /// A struct sequence of two.
    func record(_ type: PyType, _ a: Value, _ b: Value) throws(Raised) -> Value {
        let items = try pushStack(2)
        defer { popStack(items) }
        items[0] = a
        items[1] = b
        return try newStructSequence(type, items, 2)
    }
}
