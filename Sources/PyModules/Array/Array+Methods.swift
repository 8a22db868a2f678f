// The methods of `array.array`. CPython: Modules/arraymodule.c.
import PyRuntime

extension VM {
    func defineArrayMethods(_ t: TypeBuilder) {
        defineArrayGrowth(t)
        defineArraySearch(t)
        defineArrayBytes(t)
        defineArrayFiles(t)
        defineArrayCopies(t)
        t.getset("typecode", "the typecode character used to create the array") { vm, v in vm.latin1(PyArray(v).code) }
        t.getset("itemsize", "the size, in bytes, of one array item") { vm, v in vm.int(PyArray(v).itemSize) }
    }

    func extendArray(_ array: PyArray, _ source: Value) throws(Raised) {
        guard isArray(source) else { return try appendItems(array, source) }
        let other = PyArray(source)
        if other.code != array.code { throw raise(.typeError, "can only extend with array of same kind") }
        let count = array.count, added = other.count
        if added == 0 { return }
        try resize(array, count + added)
        array.address(count).copyMemory(from: other.bytes, byteCount: added * array.itemSize)
    }

    private func defineArrayGrowth(_ t: TypeBuilder) {
        t.def1("append($self, v, /)", "Append new value v to the end of the array.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                try vm.appendArrayItem(PyArray(v), item)
                return .none
            }
        }
        t.defV("extend($self, bb, /)", "Append items to the end of the array.") { vm, v, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let total = count + (keywords.isNull ? 0 : PyTuple(keywords).count)
                if total > 1 { throw vm.raise(.typeError, "extend() takes at most 1 argument (\(total) given)") }
                if count != 1 { throw vm.raise(.typeError, "extend() takes exactly 1 positional argument (0 given)") }
                try vm.extendArray(PyArray(v), a[0])
                return .none
            }
        }
        t.def2("insert($self, i, v, /)", "Insert a new item v into the array before position i.") { vm, v, index, item in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                var i = try vm.sizeArgument(index)
                let bits = try vm.arrayBits(array.code, item)
                if i < 0 { i = max(0, i + array.count) }
                i = min(i, array.count)
                try vm.makeRoom(array, i, i, 1)
                vm.storeBits(bits, array.itemSize, array.address(i))
                return .none
            }
        }
        t.defN("pop($self, i=-1, /)", "Return the i-th element and delete it from the array.\n\ni defaults to -1.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                var i = a[0].isNull ? -1 : try vm.sizeArgument(a[0])
                if array.count == 0 { throw vm.raise(.indexError, "pop from empty array") }
                if i < 0 { i += array.count }
                if i < 0 || i >= array.count { throw vm.raise(.indexError, "pop index out of range") }
                let item = try vm.arrayItem(array, i)
                try vm.makeRoom(array, i, i + 1, 0)
                return item
            }
        }
        t.def1("remove($self, v, /)", "Remove the first occurrence of v in the array.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                let i = try vm.findInArray(array, item, 0, .max)
                if i < 0 { throw vm.raise(.valueError, "array.remove(x): x not in array") }
                if i < array.count { try vm.makeRoom(array, i, i + 1, 0) }
                return .none
            }
        }
        t.def1("fromlist($self, list, /)", "Append items to array from list.") { vm, v, list in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                if !vm.isList(list) { throw vm.raise(.typeError, "arg must be list") }
                let count = array.count, added = PyList(list).count
                if added == 0 { return .none }
                try vm.resize(array, count + added)
                do {
                    for i in 0..<added {
                        if i >= PyList(list).count { throw vm.raise(.runtimeError, "list changed size during iteration") }
                        try vm.setArrayItem(array, count + i, PyList(list)[i])
                    }
                    if PyList(list).count != added { throw vm.raise(.runtimeError, "list changed size during iteration") }
                } catch {
                    // As it was: the error stays the one that happened.
                    let exception = vm.takeRaised()
                    do { if array.count > count { try vm.resize(array, count) } } catch { vm.clearRaised() }
                    throw vm.restoreRaised(exception)
                }
                return .none
            }
        }
    }

    private func defineArraySearch(_ t: TypeBuilder) {
        t.def1("count($self, v, /)", "Return number of occurrences of v in the array.") { vm, v, item in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                var n = 0, i = 0
                while i < array.count {
                    if try vm.isTrue(vm.richCompare(vm.arrayItem(array, i), item, .eq)) { n += 1 }
                    i += 1
                }
                return vm.int(n)
            }
        }
        t.defN("index($self, v, start=0, stop=sys.maxsize, /)", "Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                let start = try vm.arrayBound(a[1], array.count, 0), stop = try vm.arrayBound(a[2], array.count, .max)
                let i = try vm.findInArray(array, a[0], start, stop)
                if i < 0 { throw vm.raise(.valueError, "array.index(x): x not in array") }
                return vm.int(i)
            }
        }
        t.def0("reverse($self, /)", "Reverse the order of the items in the array.") { _, v in
            let array = PyArray(v)
            let size = array.itemSize
            var i = 0, k = array.count - 1
            while i < k {
                for byte in 0..<size { (array.address(i) + byte).swapByte(with: array.address(k) + byte) }
                i += 1
                k -= 1
            }
            return .none
        }
        t.def0("byteswap($self, /)", "Byteswap all items of the array.\n\nIf the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is\nraised.") { _, v in
            let array = PyArray(v)
            let size = array.itemSize
            for i in 0..<array.count {
                for byte in 0..<(size / 2) { (array.address(i) + byte).swapByte(with: array.address(i) + (size - 1 - byte)) }
            }
            return .none
        }
    }

    private func arrayBound(_ value: Value, _ count: Int, _ fallback: Int) throws(Raised) -> Int {
        if value.isNull { return fallback }
        if !hasIndex(value) { throw raise(.typeError, "slice indices must be integers or have an __index__ method") }
        let i = try indexInt(value, overflow: nil)
        return i < 0 ? max(0, i + count) : i
    }

    private func defineArrayBytes(_ t: TypeBuilder) {
        t.def1("frombytes($self, buffer, /)", "Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.") { vm, v, buffer in
            vm.guarded { () throws(Raised) in
                try vm.appendBytes(PyArray(v), buffer)
                return .none
            }
        }
        t.def0("tobytes($self, /)", "Convert the array to an array of machine values and return the bytes representation.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.makeBytes(PyArray(v).view) }
        }
        t.def1("fromunicode($self, ustr, /)", "Extends this array with data from the unicode string ustr.\n\nThe array must be a unicode type array; otherwise a ValueError is raised.\nUse array.frombytes(ustr.encode(...)) to append Unicode data to an array of\nsome other type.") { vm, v, text in
            vm.guarded { () throws(Raised) in
                if !vm.isStr(text) { throw vm.raise(.typeError, "fromunicode() argument must be str, not \(vm.argumentTypeName(text))") }
                if !PyArray(v).isText { throw vm.raise(.valueError, "fromunicode() may only be called on unicode type arrays") }
                try vm.appendText(PyArray(v), text)
                return .none
            }
        }
        t.def0("tounicode($self, /)", "Extends this array with data from the unicode string ustr.\n\nConvert the array to a unicode string.  The array must be a unicode type array;\notherwise a ValueError is raised.  Use array.tobytes().decode() to obtain a\nunicode string from an array of some other type.") { vm, v in
            vm.guarded { () throws(Raised) in
                if !PyArray(v).isText { throw vm.raise(.valueError, "tounicode() may only be called on unicode type arrays") }
                return try vm.arrayText(PyArray(v))
            }
        }
        t.def0("tolist($self, /)", "Convert array to an ordinary list with the same items.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.arrayList(PyArray(v)) }
        }
        t.def0("buffer_info($self, /)", "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.\n\nThe length should be multiplied by the itemsize attribute to calculate\nthe buffer length in bytes.") { vm, v in
            let array = PyArray(v)
            let address = array.ref.pointee.buffer.isNull ? 0 : Int(bitPattern: array.bytes)
            return vm.tuple(vm.int(address), vm.int(array.count))
        }
    }

    private func defineArrayFiles(_ t: TypeBuilder) {
        t.def2("fromfile($self, f, n, /)", "Read n objects from the file object f and append them to the end of the array.") { vm, v, file, n in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                let n = try vm.sizeArgument(n)
                if n < 0 { throw vm.raise(.valueError, "negative count") }
                let (wanted, overflow) = n.multipliedReportingOverflow(by: array.itemSize)
                if overflow { throw vm.raiseMemoryError() }
                let data = try vm.callMethod(file, vm.names.read, vm.int(wanted))
                guard vm.type(of: data).flags.contains(.bytesSubclass) else { throw vm.raise(.typeError, "read() didn't return bytes") }
                let isShort = PyBytes(data).view.count != wanted
                try vm.appendBytes(array, data)
                if isShort { throw vm.raise(.eofError, "read() didn't return enough bytes") }
                return .none
            }
        }
        t.def1("tofile($self, f, /)", "Write all items (as machine values) to the file object f.") { vm, v, file in
            vm.guarded { () throws(Raised) in
                let block = 64 * 1024
                var at = 0
                if PyArray(v).byteCount == 0 { _ = try vm.getAttr(file, vm.names.write) }
                while at < PyArray(v).byteCount {
                    let view = PyArray(v).view
                    let bytes = try vm.makeBytes(UnsafeRawBufferPointer(rebasing: view[at..<min(view.count, at + block)]))
                    _ = try vm.callMethod(file, vm.names.write, bytes)
                    at += block
                }
                return .none
            }
        }
    }

    private func defineArrayCopies(_ t: TypeBuilder) {
        t.def0("__copy__($self, /)", "Return a copy of the array.") { vm, v in
            vm.guarded { () throws(Raised) in try vm.slice(PyArray(v), 0, 1, PyArray(v).count) }
        }
        t.def1("__deepcopy__($self, unused, /)", "Return a copy of the array.") { vm, v, _ in
            vm.guarded { () throws(Raised) in try vm.slice(PyArray(v), 0, 1, PyArray(v).count) }
        }
        t.def0("__sizeof__($self, /)", "Size of the array in memory, in bytes.") { vm, v in
            vm.int(Int(vm.type(of: v).ref.pointee.basicSize) + 8 + PyArray(v).ref.pointee.capacity * PyArray(v).itemSize)
        }
        t.def1("__reduce_ex__($self, value, /)", "Return state information for pickling.") { vm, v, number in
            vm.guarded { () throws(Raised) in
                let array = PyArray(v)
                if !vm.isInt(number) { throw vm.raise(.typeError, "__reduce_ex__ argument should be an integer") }
                let version = try vm.indexInt(number)
                var state = try vm.getAttrIfPresent(v, vm.names.__dict__)
                if state.isNull { state = .none }
                let code = vm.latin1(array.code)
                if version < 3 {
                    return vm.tuple(vm.type(of: v).value, vm.tuple(code, try vm.arrayList(array)), state)
                }
                let function = try vm.getAttr(vm.importModule("array"), "_array_reconstructor")
                let bytes = try vm.callMethod(v, vm.intern("tobytes"))
                let arguments = vm.tuple(vm.type(of: v).value, code, vm.int(vm.machineFormat(array.code)), bytes)
                return vm.tuple(function, arguments, state)
            }
        }
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func swapByte(with other: UnsafeMutableRawPointer) {
        let mine = load(as: UInt8.self)
        storeBytes(of: other.load(as: UInt8.self), as: UInt8.self)
        other.storeBytes(of: mine, as: UInt8.self)
    }
}
