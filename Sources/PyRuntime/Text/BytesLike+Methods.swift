// The methods of `bytes` and `bytearray`, one row each (DESIGN D8), in CPython's order: most are the same row, some differ in
// what they say, some only one of the two has. From `isalnum` on: BytesLike+MethodsRest.swift. The bodies are in Bytes+*.swift and ByteArray+Type.swift.
// CPython: Objects/bytesobject.c, bytearrayobject.c, Objects/clinic.

extension VM {
    func declareBytesMethods() { declareBytesLike(TypeBuilder(self, types.bytes), isArray: false) }
    func declareByteArrayMethods() { declareBytesLike(TypeBuilder(self, types.bytearray), isArray: true) }

    private func declareBytesLike(_ t: TypeBuilder, isArray: Bool) {
        declareBytesLikeFirst(t, isArray)
        declareBytesLikeRest(t, isArray)
    }

    private func declareBytesLikeFirst(_ t: TypeBuilder, _ isArray: Bool) {
        if isArray {
            t.def0("-__alloc__()", """
                B.__alloc__() -> int

                Return the number of bytes actually allocated.
                """) { vm, s in
                Value(small: PyByteArray(s).ref.pointee.bytes == nil ? 0 : PyByteArray(s).ref.pointee.capacity &+ 1)
            }
            t.def0("__reduce__($self, /)", "Return state information for pickling.") { vm, s in
                vm.guarded { () throws(Raised) in try vm.byteArrayReduce(PyByteArray(s), 2) }
            }
            t.defN("__reduce_ex__($self, proto=0, /)", "Return state information for pickling.") { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.byteArrayReduce(PyByteArray(s), a[0].isNull ? 0 : vm.cIntArgument(a[0]))
                }
            }
            t.def0("__sizeof__($self, /)", "Returns the size of the bytearray object in memory, in bytes.") { vm, s in
                Value(small: 56 + (PyByteArray(s).ref.pointee.bytes == nil ? 0 : PyByteArray(s).ref.pointee.capacity))
            }
            t.def1("append($self, item, /)", """
                Append a single item to the end of the bytearray.

                  item
                    The item to be appended.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.byteArrayAppend(PyByteArray(s), a)
                    return .none
                }
            }
        }
        if !isArray {
            t.def0("-__getnewargs__()", "") { vm, s in
                vm.guarded { () throws(Raised) in vm.tuple(try vm.bytes(PyBytes(s).view)) }
            }
        }
        t.def0("-capitalize()", """
            B.capitalize() -> copy of B

            Return a copy of B with only its first character capitalized (ASCII)
            and the rest lower-cased.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.bytesChangeCase(s, .capitalize) }
        }
        t.defN("center($self, width, fillchar=b' ', /)", """
            Return a centered string of length width.

            Padding is done using the specified fill character.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesJustify(s, a[0], a[1], .both, "center") }
        }
        if isArray {
            t.def0("clear($self, /)", "Remove all items from the bytearray.") { vm, s in
                vm.guarded { () throws(Raised) in
                    try PyByteArray(s).resize(vm, 0)
                    return .none
                }
            }
            t.def0("copy($self, /)", "Return a copy of B.") { vm, s in
                vm.guarded { () throws(Raised) in try vm.byteArray(PyByteArray(s).view) }
            }
        }
        t.defP("-count()", """
            B.count(sub[, start[, end]]) -> int

            Return the number of non-overlapping occurrences of subsection sub in
            bytes B[start:end].  Optional arguments start and end are interpreted
            as in slice notation.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in try vm.bytesCount(s, vm.findArguments("count", a, n, k)) }
        }
        if isArray {
            t.defN("decode($self, /, encoding='utf-8', errors='strict')", """
                Decode the bytearray using the codec registered for encoding.

                  encoding
                    The encoding with which to decode the bytearray.
                  errors
                    The error handling scheme to use for the handling of decoding errors.
                    The default is 'strict' meaning that decoding errors raise a
                    UnicodeDecodeError. Other possible values are 'ignore' and 'replace'
                    as well as any other name registered with codecs.register_error that
                    can handle UnicodeDecodeErrors.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.decodeObject(s, encoding: a[0], errors: a[1], method: "decode") }
            }
        } else {
            t.defN("decode($self, /, encoding='utf-8', errors='strict')", """
                Decode the bytes using the codec registered for encoding.

                  encoding
                    The encoding with which to decode the bytes.
                  errors
                    The error handling scheme to use for the handling of decoding errors.
                    The default is 'strict' meaning that decoding errors raise a
                    UnicodeDecodeError. Other possible values are 'ignore' and 'replace'
                    as well as any other name registered with codecs.register_error that
                    can handle UnicodeDecodeErrors.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.decodeObject(s, encoding: a[0], errors: a[1], method: "decode") }
            }
        }
        t.defP("-endswith()", """
            B.endswith(suffix[, start[, end]]) -> bool

            Return True if B ends with the specified suffix, False otherwise.
            With optional start, test B beginning at that position.
            With optional end, stop comparing B at that position.
            suffix can also be a tuple of bytes to try.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.bytesTailMatch(s, vm.findArguments("endswith", a, n, k), "endswith", atEnd: true)
            }
        }
        t.defN("expandtabs($self, /, tabsize=8)", """
            Return a copy where all tab characters are expanded using spaces.

            If tabsize is not given, a tab size of 8 characters is assumed.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesExpandTabs(s, a[0].isNull ? 8 : vm.cIntArgument(a[0])) }
        }
        if isArray {
            t.def1("extend($self, iterable_of_ints, /)", """
                Append all the items from the iterator or sequence to the end of the bytearray.

                  iterable_of_ints
                    The iterable of items to append.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.byteArrayExtend(PyByteArray(s), a, concat: false)
                    return .none
                }
            }
        }
        t.defP("-find()", """
            B.find(sub[, start[, end]]) -> int

            Return the lowest index in B where subsection sub is found,
            such that sub is contained within B[start,end].  Optional
            arguments start and end are interpreted as in slice notation.

            Return -1 on failure.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                Value(small: try vm.bytesFind(s, vm.findArguments("find", a, n, k), last: false))
            }
        }
        if isArray {
            t.def1("fromhex($type, string, /)", """
                Create a bytearray object from a string of hexadecimal numbers.

                Spaces between two numbers are accepted.
                Example: bytearray.fromhex('B9 01EF') -> bytearray(b'\\\\xb9\\\\x01\\\\xef')
                """, .classMethod) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    let made = try vm.bytes(vm.bytesFromHex(a))
                    return PyType(s) == vm.types.bytearray ? try vm.byteArray(PyBytes(made).view) : try vm.call(s, made)
                }
            }
        } else {
            t.def1("fromhex($type, string, /)", """
                Create a bytes object from a string of hexadecimal numbers.

                Spaces between two numbers are accepted.
                Example: bytes.fromhex('B9 01EF') -> b'\\\\xb9\\\\x01\\\\xef'.
                """, .classMethod) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    let made = try vm.bytes(vm.bytesFromHex(a))
                    return PyType(s) == vm.types.bytes ? made : try vm.call(s, made)
                }
            }
        }
        if isArray {
            t.defN("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", """
                Create a string of hexadecimal numbers from a bytearray object.

                  sep
                    An optional single character or byte to separate hex bytes.
                  bytes_per_sep
                    How many bytes between separators.  Positive values count from the
                    right, negative values count from the left.

                Example:
                >>> value = bytearray([0xb9, 0x01, 0xef])
                >>> value.hex()
                'b901ef'
                >>> value.hex(':')
                'b9:01:ef'
                >>> value.hex(':', 2)
                'b9:01ef'
                >>> value.hex(':', -2)
                'b901:ef'
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesHex(vm.ownBytes(s), a[0], a[1]) }
            }
        } else {
            t.defN("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", """
                Create a string of hexadecimal numbers from a bytes object.

                  sep
                    An optional single character or byte to separate hex bytes.
                  bytes_per_sep
                    How many bytes between separators.  Positive values count from the
                    right, negative values count from the left.

                Example:
                >>> value = b'\\xb9\\x01\\xef'
                >>> value.hex()
                'b901ef'
                >>> value.hex(':')
                'b9:01:ef'
                >>> value.hex(':', 2)
                'b9:01ef'
                >>> value.hex(':', -2)
                'b901:ef'
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesHex(vm.ownBytes(s), a[0], a[1]) }
            }
        }
        t.defP("-index()", """
            B.index(sub[, start[, end]]) -> int

            Return the lowest index in B where subsection sub is found,
            such that sub is contained within B[start,end].  Optional
            arguments start and end are interpreted as in slice notation.

            Raises ValueError when the subsection is not found.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in try vm.bytesIndex(s, vm.findArguments("index", a, n, k), last: false) }
        }
        if isArray {
            t.def2("insert($self, index, item, /)", """
                Insert a single item into the bytearray before the given index.

                  index
                    The index where the value is to be inserted.
                  item
                    The item to be inserted.
                """) { vm, s, a, b in
                vm.guarded { () throws(Raised) in
                    try vm.byteArrayInsert(PyByteArray(s), a, b)
                    return .none
                }
            }
        }
    }
}
