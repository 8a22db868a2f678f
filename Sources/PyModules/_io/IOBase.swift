// `_IOBase` and `_RawIOBase`: what every stream can do with `read`, `seek` and `close` of its own.
// CPython: Modules/_io/iobase.c.
import PyRuntime

extension VM {
    func makeIOBase(_ m: ModuleBuilder) {
        let t = makeType("_IOBase", module: "_io")
        giveDict(t.type)
        t.doc("The abstract base class for all I/O classes.\n\nThis class provides dummy implementations for many methods that\nderived classes can override selectively; the default implementations\nrepresent a file that cannot be read, written or seeked.\n\nEven though IOBase does not declare read, readinto, or write because\ntheir signatures will vary, implementations and clients should\nconsider those methods part of the interface. Also, implementations\nmay raise UnsupportedOperation when operations they do not support are\ncalled.\n\nThe basic type used for binary data read from or written to a file is\nbytes. Other bytes-like objects are accepted as method arguments too.\nIn some cases (such as readinto), a writable object is required. Text\nI/O classes work with str data.\n\nNote that calling any method (except additional calls to close(),\nwhich are ignored) on a closed stream should raise a ValueError.\n\nIOBase (and its subclasses) support the iterator protocol, meaning\nthat an IOBase object can be iterated over yielding the lines in a\nstream.\n\nIOBase also supports the :keyword:`with` statement. In this example,\nfp is closed after the suite of the with statement is complete:\n\nwith open('spam.txt', 'r') as fp:\n    fp.write('Spam and eggs!')\n")
        io.pointee.ioBase = t.type.value
        defineIOBaseSlots(t)
        defineIOBasePositions(t)
        defineIOBaseChecks(t)
        defineIOBaseLines(t)
        t.type.ref.pointee.flags.insert([.hasDel, .weakrefable])
        readyType(t.type)
        m.attribute("_IOBase", t.type.value)
    }

    private func defineIOBaseSlots(_ t: TypeBuilder) {
        t.type.slots.iter = { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkNotClosed(v)
                return v
            }
        }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in
                let line = try vm.callMethod(v, vm.ioName(.readline))
                return try vm.length(line) <= 0 ? .null : line
            }
        }
        t.type.slots.del = { vm, v in
            vm.finalizeStream(v)
            return .none
        }
        t.def0("-__enter__($self, /)", "") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkNotClosed(v)
                return v
            }
        }
        t.defV("-__exit__($self, /, *args)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in try vm.callMethod(v, vm.ioName(.close)) }
        }
    }

    private func defineIOBasePositions(_ t: TypeBuilder) {
        t.defV("-seek(...)", "Change stream position.\n\nChange the stream position to the given byte offset. The offset is\ninterpreted relative to the position indicated by whence.  Values\nfor whence are:\n\n* 0 -- start of stream (the default); offset should be zero or positive\n* 1 -- current stream position; offset may be negative\n* 2 -- end of stream; offset is usually negative\n\nReturn the new absolute position.") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("seek") } }
        t.def0("tell($self, /)", "Return current stream position.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.callMethod(v, vm.ioName(.seek), Value(small: 0), Value(small: 1)) }
        }
        t.defV("-truncate(...)", "Truncate file to size bytes.\n\nFile pointer is left unchanged.  Size defaults to the current IO\nposition as reported by tell().  Returns the new size.") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("truncate") } }
        t.def0("flush($self, /)", "Flush write buffers, if applicable.\n\nThis is not implemented for read-only and non-blocking streams.") { vm, v in
            vm.guarded { () throws(Raised) in
                if try vm.isMarkedClosed(v) { throw vm.closedFileDot() }
                return .none
            }
        }
        t.def0("close($self, /)", "Flush and close the IO object.\n\nThis method has no effect if the file is already closed.") { vm, v in
            vm.guarded { () throws(Raised) in
                if try vm.isMarkedClosed(v) { return .none }
                var pending = Value.null
                do { _ = try vm.callMethod(v, vm.ioName(.flush)) } catch { pending = vm.takeRaised() }
                do { try vm.setAttr(v, vm.ioName(.closedMark), .true) } catch { throw vm.chain(pending) }
                if pending.isObject { throw vm.restoreRaised(pending) }
                return .none
            }
        }
        t.def0("seekable($self, /)", "Return whether object supports random access.\n\nIf False, seek(), tell() and truncate() will raise OSError.\nThis method may need to do a test seek().") { _, _ in .false }
        t.def0("readable($self, /)", "Return whether object was opened for reading.\n\nIf False, read() will raise OSError.") { _, _ in .false }
        t.def0("writable($self, /)", "Return whether object was opened for writing.\n\nIf False, write() will raise OSError.") { _, _ in .false }
        t.def0("fileno($self, /)", "Returns underlying file descriptor if one exists.\n\nOSError is raised if the IO object does not use a file descriptor.") { vm, _ in vm.guarded { () throws(Raised) in throw vm.unsupported("fileno") } }
        t.def0("isatty($self, /)", "Return whether this is an 'interactive' stream.\n\nReturn False if it can't be determined.") { vm, v in
            vm.guarded { () throws(Raised) in
                try vm.checkNotClosed(v)
                return .false
            }
        }
        t.getset("closed", nil, get: { vm, v in vm.guarded { () throws(Raised) in Value(try vm.isMarkedClosed(v)) } })
    }

    private func defineIOBaseChecks(_ t: TypeBuilder) {
        t.defV("-_checkClosed(...)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in
                try vm.checkNotClosed(v)
                return .none
            }
        }
        t.defV("-_checkSeekable(...)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in try vm.checkAble(v, .seekable, "File or stream is not seekable.") }
        }
        t.defV("-_checkReadable(...)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in try vm.checkAble(v, .readable, "File or stream is not readable.") }
        }
        t.defV("-_checkWritable(...)", "") { vm, v, _, _, _ in
            vm.guarded { () throws(Raised) in try vm.checkAble(v, .writable, "File or stream is not writable.") }
        }
    }

    private func defineIOBaseLines(_ t: TypeBuilder) {
        t.defN("readline($self, size=-1, /)", "Read and return a line from the stream.\n\nIf size is specified, at most size bytes will be read.\n\nThe line terminator is always b'\\n' for binary files; for text\nfiles, the newlines argument to open can be used to select the line\nterminator(s) recognized.") { vm, v, a in vm.guarded { () throws(Raised) in try vm.genericReadline(v, try vm.optionalSize(a[0])) } }
        t.defN("readlines($self, hint=-1, /)", "Return a list of lines from the stream.\n\nhint can be specified to control the number of lines read: no more\nlines will be read if the total size (in bytes/characters) of all\nlines so far exceeds hint.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let hint = try vm.optionalSize(a[0])
                let lines = try vm.newList()
                if hint <= 0 {
                    try vm.extend(lines, v)
                    return lines.value
                }
                let iterator = try vm.iter(v)
                var total = 0
                while let line = try vm.next(iterator) {
                    try lines.append(vm, line)
                    let count = try vm.length(line)
                    if count > hint - total { break }
                    total += count
                }
                return lines.value
            }
        }
        t.def1("writelines($self, lines, /)", "Write a list of lines to stream.\n\nLine separators are not added, so it is usual for each of the\nlines provided to have a line separator at the end.") { vm, v, lines in
            vm.guarded { () throws(Raised) in
                try vm.checkNotClosed(v)
                let iterator = try vm.iter(lines)
                while let line = try vm.next(iterator) { _ = try vm.callMethod(v, vm.ioName(.write), line) }
                return .none
            }
        }
    }

    // MARK: Shared

    /// Whether `_IOBase.close` was called on it: the attribute `__IOBase_closed` is there.
    func isMarkedClosed(_ v: Value) throws(Raised) -> Bool { try !getAttrIfPresent(v, ioName(.closedMark)).isNull }

    /// `stream.closed` as a truth value.
    func isClosed(_ v: Value) throws(Raised) -> Bool { try isTrue(getAttr(v, ioName(.closed))) }

    func checkNotClosed(_ v: Value) throws(Raised) {
        let closed = try getAttrIfPresent(v, ioName(.closed))
        if !closed.isNull, try isTrue(closed) { throw closedFileDot() }
    }

    func checkAble(_ v: Value, _ method: IOName, _ message: StaticString) throws(Raised) -> Value {
        let answer = try callMethod(v, ioName(method))
        if !answer.isTrue { throw unsupported(message) }
        return answer
    }

    /// The exception on its way gets `earlier` as its context (`_PyErr_ChainExceptions`); thrown on.
    func chain(_ earlier: Value) -> Raised {
        let later = takeRaised()
        if !earlier.isObject { return restoreRaised(later) }
        if !later.isObject { return restoreRaised(earlier) }
        if later != earlier { later.cast(ExceptionLayout.self).pointee.context = earlier }
        return restoreRaised(later)
    }

    /// `__del__`: closes a stream that nobody closed. Errors are dropped, as CPython does outside development mode.
    func finalizeStream(_ v: Value) {
        let earlier = takeRaised()
        defer { thread.pointee.raised = earlier }
        do {
            let closed = try getAttrIfPresent(v, ioName(.closed))
            if closed.isNull { return }
            if try isTrue(closed) { return }
        } catch {
            clearRaised()
            return
        }
        do { try setAttr(v, ioName(.finalizing), .true) } catch { clearRaised() }
        do { _ = try callMethod(v, ioName(.close)) } catch { clearRaised() }
    }

    /// `readline` by `read` and, where there is one, `peek`.
    func genericReadline(_ v: Value, _ limit: Int) throws(Raised) -> Value {
        let hasPeek = try hasAttr(v, ioName(.peek))
        let line = newByteArray()
        while limit < 0 || line.count < limit {
            var wanted = 1
            if hasPeek {
                let ahead = try callMethod(v, ioName(.peek), Value(small: 1))
                if !isBytes(ahead) {
                    throw raise(.osError, "peek() should have returned a bytes object, not '\(typeName(ahead))'")
                }
                let view = PyBytes(ahead).view
                if view.count > 0 {
                    var n = 0
                    while n < view.count && (limit < 0 || n < limit - line.count) {
                        n += 1
                        if view[n - 1] == 10 { break }
                    }
                    wanted = n
                }
            }
            let piece = try callMethod(v, ioName(.read), int(wanted))
            if !isBytes(piece) { throw raise(.osError, "read() should have returned a bytes object, not '\(typeName(piece))'") }
            let view = PyBytes(piece).view
            if view.count == 0 { break }
            let old = line.count
            try line.resize(self, old + view.count)
            if let target = line.ref.pointee.bytes, let source = view.baseAddress { (target + old).update(from: source, count: view.count) }
            if view[view.count - 1] == 10 { break }
        }
        return try bytes(line.view)
    }

    // MARK: _RawIOBase

    func makeRawIOBase(_ m: ModuleBuilder) {
        let t = makeType("_RawIOBase", module: "_io", base: PyType(io.pointee.ioBase))
        t.doc("Base class for raw binary I/O.")
        io.pointee.rawIOBase = t.type.value
        t.defN("read($self, size=-1, /)", "") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let size = a[0].isNull ? -1 : try vm.indexInt(a[0])
                if size < 0 { return try vm.callMethod(v, vm.ioName(.readall)) }
                let buffer = vm.newByteArray()
                try buffer.resize(vm, size)
                if let start = buffer.ref.pointee.bytes { start.update(repeating: 0, count: size) }
                let answer = try vm.callMethod(v, vm.ioName(.readinto), buffer.value)
                if answer.isNone { return answer }
                let count = try vm.indexInt(answer, overflow: .valueError)
                if count < 0 || count > buffer.count {
                    throw vm.raise(.valueError, "readinto returned \(count) outside buffer size \(buffer.count)")
                }
                return try vm.bytes(UnsafeBufferPointer(rebasing: buffer.view[0..<count]))
            }
        }
        t.def0("readall($self, /)", "Read until EOF, using multiple read() call.") { vm, v in vm.guarded { () throws(Raised) in try vm.rawReadall(v) } }
        t.defV("-readinto(...)", "") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.raise(.notImplementedError) } }
        t.defV("-write(...)", "") { vm, _, _, _, _ in vm.guarded { () throws(Raised) in throw vm.raise(.notImplementedError) } }
        readyType(t.type)
        m.attribute("_RawIOBase", t.type.value)
    }

    /// `read(8192)` until it gives nothing.
    private func rawReadall(_ v: Value) throws(Raised) -> Value {
        let all = newByteArray()
        var any = false
        while true {
            let piece = try callMethod(v, ioName(.read), Value(small: defaultBufferSize))
            if piece.isNone {
                if !any { return piece }
                break
            }
            if !isBytes(piece) { throw raise(.typeError, "read() should return bytes") }
            let view = PyBytes(piece).view
            guard view.count > 0, let source = view.baseAddress else { break }
            any = true
            let old = all.count
            try all.resize(self, old + view.count)
            if let target = all.ref.pointee.bytes { (target + old).update(from: source, count: view.count) }
        }
        return try bytes(all.view)
    }
}

/// `io.DEFAULT_BUFFER_SIZE`.
var defaultBufferSize: Int { 8192 }
