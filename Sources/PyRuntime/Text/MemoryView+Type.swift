// The type `memoryview`: slots, attributes, methods. CPython: Objects/memoryobject.c (PyMemoryView_Type).
import PyUnicode

extension VM {
    func installMemoryView() {
        let t = TypeBuilder(self, types.memoryview)
        t.doc("Create a new memoryview object which references the given object.", signature: "(object)")
        t.new("memoryview(object)") { vm, _, a in vm.guarded { () throws(Raised) in try vm.newMemoryView(a[0]) } }
        let s = types.memoryview.slotsPointer
        s.pointee.repr = { vm, v in
            vm.str("<\(PyMemoryView(v).isReleased ? "released " : "")memory at 0x\(String(v.bits, radix: 16))>")
        }
        s.pointee.hash = { vm, v in vm.guardedInt { () throws(Raised) in try vm.memoryHash(v) } }
        s.pointee.richcompare = { vm, a, b, op in
            guard op == CompareOp.eq.rawValue || op == CompareOp.ne.rawValue else { return .notImplemented }
            return vm.guarded { () throws(Raised) in
                let equal = try vm.memoryEquals(a, b)
                if equal == .notImplemented || op == CompareOp.eq.rawValue { return equal }
                return Value(!equal.isTrue)
            }
        }
        s.pointee.seqLength = { vm, v in
            vm.guardedInt { () throws(Raised) in
                let view = try vm.memory(v)
                return view.dimensions == 0 ? 1 : view.shape(0)
            }
        }
        s.pointee.mapLength = s.pointee.seqLength
        s.pointee.getItem = { vm, v, key in vm.guarded { () throws(Raised) in try vm.memoryGetItem(v, key) } }
        s.pointee.item = { vm, v, i in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(v)
                if view.dimensions == 1 && (i < 0 || i >= view.shape(0)) { throw vm.raise(.indexError, "index out of bounds on dimension 1") }
                return try vm.memoryGetItem(v, vm.int(i))
            }
        }
        s.pointee.setItem = { vm, v, key, item in
            vm.guardedStatus { () throws(Raised) in try vm.memorySetItem(v, key, item) }
        }
        s.pointee.iter = { vm, v in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(v)
                if view.dimensions == 0 { throw vm.raise(.typeError, "invalid indexing of 0-dim memory") }
                if view.dimensions > 1 { throw vm.raise(.notImplementedError, "multi-dimensional sub-views are not implemented") }
                return vm.newSequenceIterator(vm.types.memoryIterator, v)
            }
        }
        s.pointee.finalize = { vm, v in vm.dropExport(PyMemoryView(v)) }
        s.pointee.buffer = { vm, v, out, writable in
            vm.guardedStatus { () throws(Raised) in
                let view = try vm.memory(v)
                if writable != 0 && view.isReadOnly { throw vm.raise(.bufferError, "memoryview: underlying buffer is not writable") }
                view.ref.pointee.exports += 1
                out.pointee.owner = v
                out.pointee.bytes = view.ref.pointee.bytes
                out.pointee.count = view.itemCount * view.itemSize
                out.pointee.itemSize = view.itemSize
                out.pointee.readOnly = view.ref.pointee.readOnly
                out.pointee.format = view.ref.pointee.format
                out.pointee.shape = view.dimensions == 1 && view.isCContiguous ? .null : view.ref.pointee.shape
                out.pointee.strides = view.isCContiguous ? .null : view.ref.pointee.strides
            }
        }
        s.pointee.releaseBuffer = { _, v, _ in PyMemoryView(v).ref.pointee.exports -= 1 }
        declareMemoryViewMethods(t)
        declareMemoryViewAttributes(t)
    }

    private func declareMemoryViewMethods(_ t: TypeBuilder) {
        t.def0("release($self, /)", "Release the underlying buffer exposed by the memoryview object.") { vm, s in
            vm.guarded { () throws(Raised) in
                try vm.releaseMemoryView(s)
                return .none
            }
        }
        t.defN("tobytes($self, /, order='C')", """
            Return the data in the buffer as a byte string.

            Order can be {'C', 'F', 'A'}. When order is 'C' or 'F', the data of the
            original array is converted to C or Fortran order. For contiguous views,
            'A' returns an exact copy of the physical memory. In particular, in-memory
            Fortran order is preserved. For non-contiguous views, the data is converted
            to C first. order=None is the same as order='C'.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(s)
                var fortran = false
                if !a[0].isNull && !a[0].isNone {
                    guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "tobytes() argument 'order' must be str or None, not \(vm.argumentTypeName(a[0]))") }
                    switch try vm.checkedCString(PyStr(a[0])) {
                    case "C": break
                    case "F": fortran = true
                    case "A": fortran = view.isFContiguous && !view.isCContiguous
                    default: throw vm.raise(.valueError, "order must be 'C', 'F' or 'A'")
                    }
                }
                return try vm.memoryBytes(view, fortran: fortran)
            }
        }
        t.defN("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", """
            Return the data in the buffer as a str of hexadecimal numbers.

              sep
                An optional single character or byte to separate hex bytes.
              bytes_per_sep
                How many bytes between separators.  Positive values count from the
                right, negative values count from the left.

            Example:
            >>> value = memoryview(b'\\xb9\\x01\\xef')
            >>> value.hex()
            'b901ef'
            >>> value.hex(':')
            'b9:01:ef'
            >>> value.hex(':', 2)
            'b9:01ef'
            >>> value.hex(':', -2)
            'b901:ef'
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                let copy = try vm.memoryBytes(vm.memory(s), fortran: false)
                return try vm.bytesHex(PyBytes(copy).view, a[0], a[1])
            }
        }
        t.def0("tolist($self, /)", "Return the data in the buffer as a list of elements.") { vm, s in
            vm.guarded { () throws(Raised) in try vm.memoryToList(vm.memory(s)) }
        }
        t.defN("cast($self, /, format, shape=<unrepresentable>)", "Cast a memoryview to a new format or shape.") { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.memoryCast(s, a[0], a[1]) }
        }
        t.def0("toreadonly($self, /)", "Return a readonly version of the memoryview.") { vm, s in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(s)
                let l = view.ref.pointee
                return try vm.derive(
                    view, format: l.format, itemSize: l.itemSize, shape: l.shape, strides: l.strides, bytes: l.bytes, readOnly: true)
            }
        }
        t.def0("-__enter__()", "") { vm, s in
            vm.guarded { () throws(Raised) in try vm.memory(s).value }
        }
        t.defP("-__exit__()", "") { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.releaseMemoryView(s)
                return .none
            }
        }
    }

    private func declareMemoryViewAttributes(_ t: TypeBuilder) {
        t.getset("obj", "The underlying object of the memoryview.", get: { vm, v in
            vm.guarded { () throws(Raised) in try vm.memory(v).ref.pointee.object }
        })
        t.getset("nbytes", "The amount of space in bytes that the array would use in\n a contiguous representation.", get: { vm, v in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(v)
                return vm.int(view.itemCount * view.itemSize)
            }
        })
        t.getset("readonly", "A bool indicating whether the memory is read only.", get: { vm, v in
            vm.guarded { () throws(Raised) in Value(try vm.memory(v).isReadOnly) }
        })
        t.getset("itemsize", "The size in bytes of each element of the memoryview.", get: { vm, v in
            vm.guarded { () throws(Raised) in vm.int(try vm.memory(v).itemSize) }
        })
        t.getset("format", "A string containing the format (in struct module style)\n for each element in the view.", get: { vm, v in
            vm.guarded { () throws(Raised) in try vm.memory(v).ref.pointee.format }
        })
        t.getset("ndim", "An integer indicating how many dimensions of a multi-dimensional\n array the memory represents.", get: { vm, v in
            vm.guarded { () throws(Raised) in vm.int(try vm.memory(v).dimensions) }
        })
        t.getset("shape", "A tuple of ndim integers giving the shape of the memory\n as an N-dimensional array.", get: { vm, v in
            vm.guarded { () throws(Raised) in try vm.memory(v).ref.pointee.shape }
        })
        t.getset(
            "strides", "A tuple of ndim integers giving the size in bytes to access\n each element for each dimension of the array.",
            get: { vm, v in vm.guarded { () throws(Raised) in try vm.memory(v).ref.pointee.strides } })
        t.getset("suboffsets", "A tuple of integers used internally for PIL-style arrays.", get: { vm, v in
            vm.guarded { () throws(Raised) in
                _ = try vm.memory(v)
                return vm.emptyTuple
            }
        })
        t.getset("c_contiguous", "A bool indicating whether the memory is C contiguous.", get: { vm, v in
            vm.guarded { () throws(Raised) in Value(try vm.memory(v).isCContiguous) }
        })
        t.getset("f_contiguous", "A bool indicating whether the memory is Fortran contiguous.", get: { vm, v in
            vm.guarded { () throws(Raised) in Value(try vm.memory(v).isFContiguous) }
        })
        t.getset("contiguous", "A bool indicating whether the memory is contiguous.", get: { vm, v in
            vm.guarded { () throws(Raised) in
                let view = try vm.memory(v)
                return Value(view.isCContiguous || view.isFContiguous)
            }
        })
    }
}
