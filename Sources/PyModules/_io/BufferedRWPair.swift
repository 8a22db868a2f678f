// `BufferedRWPair`: a reader and a writer seen as one stream. CPython: Modules/_io/bufferedio.c.
import PyRuntime

struct BufferedPairLayout {
    var type: PyType
    var reader: Value
    var writer: Value
}

extension VM {
    func makeBufferedRWPair(_ m: ModuleBuilder) {
        let t = makeType(
            "BufferedRWPair", module: "_io", base: PyType(io.pointee.bufferedIOBase), size: MemoryLayout<BufferedPairLayout>.size, trace: .words,
            fieldsEnd: 24)
        giveDict(t.type)
        t.type.ref.pointee.extraStart = t.type.ref.pointee.basicSize
        t.doc("A buffered reader and writer object together.\n\nA buffered reader object and buffered writer object put together to\nform a sequential IO object that can read and write. This is typically\nused with a socket or two-way pipe.\n\nreader and writer are RawIOBase objects that are readable and\nwriteable respectively. If the buffer_size is omitted it defaults to\nDEFAULT_BUFFER_SIZE.", signature: "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)")
        io.pointee.bufferedRWPair = t.type.value
        t.type.slots.new = { vm, type, _, _, _ in vm.newInstance(PyType(type)) }
        t.initialize("(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let pair = v.cast(BufferedPairLayout.self)
                let size = a[2].isNull ? Value(small: defaultBufferSize) : vm.int(try vm.sizeArgument(a[2]))
                _ = try vm.checkAble(a[0], .readable, "File or stream is not readable.")
                _ = try vm.checkAble(a[1], .writable, "File or stream is not writable.")
                let reader = try vm.call(vm.io.pointee.bufferedReader, a[0], size)
                let writer = try vm.call(vm.io.pointee.bufferedWriter, a[1], size)
                pair.pointee.reader = reader
                pair.pointee.writer = writer
                return .none
            }
        }
        t.defV("-read(...)", "") { vm, v, a, count, _ in vm.forward(v, .read, a, count, toWriter: false) }
        t.defV("-peek(...)", "") { vm, v, a, count, _ in vm.forward(v, .peek, a, count, toWriter: false) }
        t.defV("-read1(...)", "") { vm, v, a, count, _ in vm.forward(v, .read1, a, count, toWriter: false) }
        t.defV("-readinto(...)", "") { vm, v, a, count, _ in vm.forward(v, .readinto, a, count, toWriter: false) }
        t.defV("-readinto1(...)", "") { vm, v, a, count, _ in vm.forward(v, .readinto1, a, count, toWriter: false) }
        t.defV("-write(...)", "") { vm, v, a, count, _ in vm.forward(v, .write, a, count, toWriter: true) }
        t.defV("-flush(...)", "") { vm, v, a, count, _ in vm.forward(v, .flush, a, count, toWriter: true) }
        t.defV("-readable(...)", "") { vm, v, a, count, _ in vm.forward(v, .readable, a, count, toWriter: false) }
        t.defV("-writable(...)", "") { vm, v, a, count, _ in vm.forward(v, .writable, a, count, toWriter: true) }
        t.defV("-close(...)", "") { vm, v, a, count, _ in
            vm.guarded { () throws(Raised) in
                var pending = Value.null
                if vm.forward(v, .close, a, count, toWriter: true).isNull { pending = vm.takeRaised() }
                let answer = vm.forward(v, .close, a, count, toWriter: false)
                if answer.isNull { throw vm.chain(pending) }
                if pending.isObject { throw vm.restoreRaised(pending) }
                return answer
            }
        }
        t.defV("-isatty(...)", "") { vm, v, a, count, _ in
            let answer = vm.forward(v, .isatty, a, count, toWriter: true)
            return answer.isFalse ? vm.forward(v, .isatty, a, count, toWriter: false) : answer
        }
        t.getset("closed", nil, get: { vm, v in
            vm.guarded { () throws(Raised) in
                let writer = v.cast(BufferedPairLayout.self).pointee.writer
                if writer.isNull { throw vm.raise(.runtimeError, "the BufferedRWPair object is being garbage-collected") }
                return try vm.getAttr(writer, vm.ioName(.closed))
            }
        })
        readyType(t.type)
        m.attribute("BufferedRWPair", t.type.value)
    }

    private func forward(_ v: Value, _ name: IOName, _ a: UnsafeMutablePointer<Value>, _ count: Int, toWriter: Bool) -> Value {
        guarded { () throws(Raised) in
            let pair = v.cast(BufferedPairLayout.self).pointee
            let target = toWriter ? pair.writer : pair.reader
            if target.isNull { throw raise(.valueError, "I/O operation on uninitialized object") }
            return try call(getAttr(target, ioName(name)), a, count)
        }
    }
}
