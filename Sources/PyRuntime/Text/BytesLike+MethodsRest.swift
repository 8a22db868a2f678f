// The methods of `bytes` and `bytearray` from `isalnum` on: see BytesLike+Methods.swift.

extension VM {
    func declareBytesLikeRest(_ t: TypeBuilder, _ isArray: Bool) {
        t.def0("-isalnum()", """
            B.isalnum() -> bool

            Return True if all characters in B are alphanumeric
            and there is at least one character in B, False otherwise.
            """) { vm, s in
            vm.bytesAll(s) { ASCIICase.isAlnum($0) }
        }
        t.def0("-isalpha()", """
            B.isalpha() -> bool

            Return True if all characters in B are alphabetic
            and there is at least one character in B, False otherwise.
            """) { vm, s in
            vm.bytesAll(s) { ASCIICase.isAlpha($0) }
        }
        t.def0("-isascii()", """
            B.isascii() -> bool

            Return True if B is empty or all characters in B are ASCII,
            False otherwise.
            """) { vm, s in
            vm.bytesIsASCII(s)
        }
        t.def0("-isdigit()", """
            B.isdigit() -> bool

            Return True if all characters in B are digits
            and there is at least one character in B, False otherwise.
            """) { vm, s in
            vm.bytesAll(s) { ASCIICase.isDigit($0) }
        }
        t.def0("-islower()", """
            B.islower() -> bool

            Return True if all cased characters in B are lowercase and there is
            at least one cased character in B, False otherwise.
            """) { vm, s in
            vm.bytesIsCase(s, upper: false)
        }
        t.def0("-isspace()", """
            B.isspace() -> bool

            Return True if all characters in B are whitespace
            and there is at least one character in B, False otherwise.
            """) { vm, s in
            vm.bytesAll(s) { ASCIICase.isSpace($0) }
        }
        t.def0("-istitle()", """
            B.istitle() -> bool

            Return True if B is a titlecased string and there is at least one
            character in B, i.e. uppercase characters may only follow uncased
            characters and lowercase characters only cased ones. Return False
            otherwise.
            """) { vm, s in
            vm.bytesIsTitle(s)
        }
        t.def0("-isupper()", """
            B.isupper() -> bool

            Return True if all cased characters in B are uppercase and there is
            at least one cased character in B, False otherwise.
            """) { vm, s in
            vm.bytesIsCase(s, upper: true)
        }
        if isArray {
            t.def1("join($self, iterable_of_bytes, /)", """
                Concatenate any number of bytes/bytearray objects.

                The bytearray whose method is called is inserted in between each pair.

                The result is returned as a new bytearray object.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesJoin(s, a) }
            }
        } else {
            t.def1("join($self, iterable_of_bytes, /)", """
                Concatenate any number of bytes objects.

                The bytes whose method is called is inserted in between each pair.

                The result is returned as a new bytes object.

                Example: b'.'.join([b'ab', b'pq', b'rs']) -> b'ab.pq.rs'.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesJoin(s, a) }
            }
        }
        t.defN("ljust($self, width, fillchar=b' ', /)", """
            Return a left-justified string of length width.

            Padding is done using the specified fill character.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesJustify(s, a[0], a[1], .left, "ljust") }
        }
        t.def0("-lower()", """
            B.lower() -> copy of B

            Return a copy of B with all ASCII characters converted to lowercase.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.bytesChangeCase(s, .lower) }
        }
        if isArray {
            t.defN("lstrip($self, bytes=None, /)", """
                Strip leading bytes contained in the argument.

                If the argument is omitted or None, strip leading ASCII whitespace.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesStrip(s, a[0], .left) }
            }
        } else {
            t.defN("lstrip($self, bytes=None, /)", """
                Strip leading bytes contained in the argument.

                If the argument is omitted or None, strip leading  ASCII whitespace.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesStrip(s, a[0], .left) }
            }
        }
        t.def2("maketrans(frm, to, /)", "Return a translation table useable for the bytes or bytearray translate method.\n\nThe returned table will be one where each byte in frm is mapped to the byte at\nthe same position in to.\n\nThe bytes objects frm and to must be of the same length.", .staticMethod) { vm, s, a, b in
            vm.guarded { () throws(Raised) in try vm.bytesMakeTrans(a, b) }
        }
        if isArray {
            t.def1("partition($self, sep, /)", """
                Partition the bytearray into three parts using the given separator.

                This will search for the separator sep in the bytearray. If the separator is
                found, returns a 3-tuple containing the part before the separator, the
                separator itself, and the part after it as new bytearray objects.

                If the separator is not found, returns a 3-tuple containing the copy of the
                original bytearray object and two empty bytearray objects.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesPartition(s, a, last: false) }
            }
        } else {
            t.def1("partition($self, sep, /)", """
                Partition the bytes into three parts using the given separator.

                This will search for the separator sep in the bytes. If the separator is found,
                returns a 3-tuple containing the part before the separator, the separator
                itself, and the part after it.

                If the separator is not found, returns a 3-tuple containing the original bytes
                object and two empty bytes objects.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesPartition(s, a, last: false) }
            }
        }
        if isArray {
            t.defN("pop($self, index=-1, /)", """
                Remove and return a single item from B.

                  index
                    The index from where to remove the item.
                    -1 (the default value) means remove the last item.

                If no index argument is given, will pop the last item.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.byteArrayPop(PyByteArray(s), a[0]) }
            }
            t.def1("remove($self, value, /)", """
                Remove the first occurrence of a value in the bytearray.

                  value
                    The value to remove.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.byteArrayRemove(PyByteArray(s), a)
                    return .none
                }
            }
        }
        t.defN("replace($self, old, new, count=-1, /)", """
            Return a copy with all occurrences of substring old replaced by new.

              count
                Maximum number of occurrences to replace.
                -1 (the default value) means replace all occurrences.

            If the optional argument count is given, only the first count occurrences are
            replaced.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                for i in 0...1 where !vm.hasBuffer(a[i]) {
                    throw vm.raise(.typeError, "a bytes-like object is required, not '\(vm.typeName(a[i]))'")
                }
                return try vm.bytesReplace(s, a[0], a[1], a[2].isNull ? -1 : vm.sizeArgument(a[2]))
            }
        }
        if isArray {
            t.def1("removeprefix($self, prefix, /)", """
                Return a bytearray with the given prefix string removed if present.

                If the bytearray starts with the prefix string, return
                bytearray[len(prefix):].  Otherwise, return a copy of the original
                bytearray.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesRemoveAffix(s, a, suffix: false) }
            }
        } else {
            t.def1("removeprefix($self, prefix, /)", """
                Return a bytes object with the given prefix string removed if present.

                If the bytes starts with the prefix string, return bytes[len(prefix):].
                Otherwise, return a copy of the original bytes.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesRemoveAffix(s, a, suffix: false) }
            }
        }
        if isArray {
            t.def1("removesuffix($self, suffix, /)", """
                Return a bytearray with the given suffix string removed if present.

                If the bytearray ends with the suffix string and that suffix is not
                empty, return bytearray[:-len(suffix)].  Otherwise, return a copy of
                the original bytearray.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesRemoveAffix(s, a, suffix: true) }
            }
        } else {
            t.def1("removesuffix($self, suffix, /)", """
                Return a bytes object with the given suffix string removed if present.

                If the bytes ends with the suffix string and that suffix is not empty,
                return bytes[:-len(prefix)].  Otherwise, return a copy of the original
                bytes.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesRemoveAffix(s, a, suffix: true) }
            }
        }
        if isArray {
            t.def0("reverse($self, /)", "Reverse the order of the values in B in place.") { vm, s in
                vm.guarded { () throws(Raised) in
                    let view = PyByteArray(s).view
                    if let bytes = PyByteArray(s).ref.pointee.bytes {
                        for i in 0..<(view.count / 2) { (bytes[i], bytes[view.count - 1 - i]) = (bytes[view.count - 1 - i], bytes[i]) }
                    }
                    return .none
                }
            }
        }
        t.defP("-rfind()", """
            B.rfind(sub[, start[, end]]) -> int

            Return the highest index in B where subsection sub is found,
            such that sub is contained within B[start,end].  Optional
            arguments start and end are interpreted as in slice notation.

            Return -1 on failure.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                Value(small: try vm.bytesFind(s, vm.findArguments("rfind", a, n, k), last: true))
            }
        }
        t.defP("-rindex()", """
            B.rindex(sub[, start[, end]]) -> int

            Return the highest index in B where subsection sub is found,
            such that sub is contained within B[start,end].  Optional
            arguments start and end are interpreted as in slice notation.

            Raise ValueError when the subsection is not found.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in try vm.bytesIndex(s, vm.findArguments("rindex", a, n, k), last: true) }
        }
        t.defN("rjust($self, width, fillchar=b' ', /)", """
            Return a right-justified string of length width.

            Padding is done using the specified fill character.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesJustify(s, a[0], a[1], .right, "rjust") }
        }
        if isArray {
            t.def1("rpartition($self, sep, /)", """
                Partition the bytearray into three parts using the given separator.

                This will search for the separator sep in the bytearray, starting at the end.
                If the separator is found, returns a 3-tuple containing the part before the
                separator, the separator itself, and the part after it as new bytearray
                objects.

                If the separator is not found, returns a 3-tuple containing two empty bytearray
                objects and the copy of the original bytearray object.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesPartition(s, a, last: true) }
            }
        } else {
            t.def1("rpartition($self, sep, /)", """
                Partition the bytes into three parts using the given separator.

                This will search for the separator sep in the bytes, starting at the end. If
                the separator is found, returns a 3-tuple containing the part before the
                separator, the separator itself, and the part after it.

                If the separator is not found, returns a 3-tuple containing two empty bytes
                objects and the original bytes object.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in try vm.bytesPartition(s, a, last: true) }
            }
        }
        if isArray {
            t.defN("rsplit($self, /, sep=None, maxsplit=-1)", """
                Return a list of the sections in the bytearray, using sep as the delimiter.

                  sep
                    The delimiter according which to split the bytearray.
                    None (the default value) means split on ASCII whitespace characters
                    (space, tab, return, newline, formfeed, vertical tab).
                  maxsplit
                    Maximum number of splits to do.
                    -1 (the default value) means no limit.

                Splitting is done starting at the end of the bytearray and working to the front.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplit(s, a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]), fromRight: true)
                }
            }
        } else {
            t.defN("rsplit($self, /, sep=None, maxsplit=-1)", """
                Return a list of the sections in the bytes, using sep as the delimiter.

                  sep
                    The delimiter according which to split the bytes.
                    None (the default value) means split on ASCII whitespace characters
                    (space, tab, return, newline, formfeed, vertical tab).
                  maxsplit
                    Maximum number of splits to do.
                    -1 (the default value) means no limit.

                Splitting is done starting at the end of the bytes and working to the front.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplit(s, a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]), fromRight: true)
                }
            }
        }
        t.defN("rstrip($self, bytes=None, /)", """
            Strip trailing bytes contained in the argument.

            If the argument is omitted or None, strip trailing ASCII whitespace.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesStrip(s, a[0], .right) }
        }
        if isArray {
            t.defN("split($self, /, sep=None, maxsplit=-1)", """
                Return a list of the sections in the bytearray, using sep as the delimiter.

                  sep
                    The delimiter according which to split the bytearray.
                    None (the default value) means split on ASCII whitespace characters
                    (space, tab, return, newline, formfeed, vertical tab).
                  maxsplit
                    Maximum number of splits to do.
                    -1 (the default value) means no limit.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplit(s, a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]), fromRight: false)
                }
            }
        } else {
            t.defN("split($self, /, sep=None, maxsplit=-1)", """
                Return a list of the sections in the bytes, using sep as the delimiter.

                  sep
                    The delimiter according which to split the bytes.
                    None (the default value) means split on ASCII whitespace characters
                    (space, tab, return, newline, formfeed, vertical tab).
                  maxsplit
                    Maximum number of splits to do.
                    -1 (the default value) means no limit.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplit(s, a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]), fromRight: false)
                }
            }
        }
        if isArray {
            t.defN("splitlines($self, /, keepends=False)", """
                Return a list of the lines in the bytearray, breaking at line boundaries.

                Line breaks are not included in the resulting list unless keepends is given and
                true.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplitLines(s, keepEnds: a[0].isNull ? false : vm.cIntArgument(a[0]) != 0)
                }
            }
        } else {
            t.defN("splitlines($self, /, keepends=False)", """
                Return a list of the lines in the bytes, breaking at line boundaries.

                Line breaks are not included in the resulting list unless keepends is given and
                true.
                """) { vm, s, a in
                vm.guarded { () throws(Raised) in
                    try vm.bytesSplitLines(s, keepEnds: a[0].isNull ? false : vm.cIntArgument(a[0]) != 0)
                }
            }
        }
        t.defP("-startswith()", """
            B.startswith(prefix[, start[, end]]) -> bool

            Return True if B starts with the specified prefix, False otherwise.
            With optional start, test B beginning at that position.
            With optional end, stop comparing B at that position.
            prefix can also be a tuple of bytes to try.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.bytesTailMatch(s, vm.findArguments("startswith", a, n, k), "startswith", atEnd: false)
            }
        }
        t.defN("strip($self, bytes=None, /)", """
            Strip leading and trailing bytes contained in the argument.

            If the argument is omitted or None, strip leading and trailing ASCII whitespace.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesStrip(s, a[0], .both) }
        }
        t.def0("-swapcase()", """
            B.swapcase() -> copy of B

            Return a copy of B with uppercase ASCII characters converted
            to lowercase ASCII and vice versa.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.bytesChangeCase(s, .swapcase) }
        }
        t.def0("-title()", """
            B.title() -> copy of B

            Return a titlecased version of B, i.e. ASCII words start with uppercase
            characters, all remaining cased characters have lowercase.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.bytesChangeCase(s, .title) }
        }
        t.defN("translate($self, table, /, delete=b'')", """
            Return a copy with each character mapped by the given translation table.

              table
                Translation table, which must be a bytes object of length 256.

            All characters occurring in the optional argument delete are removed.
            The remaining characters are mapped through the given translation table.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesTranslate(s, a[0], a[1]) }
        }
        t.def0("-upper()", """
            B.upper() -> copy of B

            Return a copy of B with all ASCII characters converted to uppercase.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.bytesChangeCase(s, .upper) }
        }
        t.def1("zfill($self, width, /)", """
            Pad a numeric string with zeros on the left, to fill a field of the given width.

            The original string is never truncated.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.bytesZeroFill(s, vm.sizeArgument(a)) }
        }
    }
}
