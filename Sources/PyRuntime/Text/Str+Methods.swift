// The methods of `str`, one row each (DESIGN D8); the bodies are in the Str+*.swift files. CPython: Objects/unicodeobject.c.
import PyUnicode

extension VM {
    func declareStrMethods() {
        let t = TypeBuilder(self, types.str)
        t.defN("encode($self, /, encoding='utf-8', errors='strict')", """
            Encode the string using the codec registered for encoding.

              encoding
                The encoding in which to encode the string.
              errors
                The error handling scheme to use for encoding errors.
                The default is 'strict' meaning that encoding errors raise a
                UnicodeEncodeError.  Other possible values are 'ignore', 'replace' and
                'xmlcharrefreplace' as well as any other name registered with
                codecs.register_error that can handle UnicodeEncodeErrors.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strEncode(PyStr(s), encoding: a[0], errors: a[1], method: "encode")
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
                let old = try vm.expectStr(a[0], "replace() argument 1 must be str, not \(vm.argumentTypeName(a[0]))")
                let new = try vm.expectStr(a[1], "replace() argument 2 must be str, not \(vm.argumentTypeName(a[1]))")
                return try vm.strReplace(PyStr(s), old, new, a[2].isNull ? -1 : vm.sizeArgument(a[2]))
            }
        }
        t.defN("split($self, /, sep=None, maxsplit=-1)", """
            Return a list of the substrings in the string, using sep as the separator string.

              sep
                The separator used to split the string.

                When set to None (the default value), will split on any whitespace
                character (including \\\\n \\\\r \\\\t \\\\f and spaces) and will discard
                empty strings from the result.
              maxsplit
                Maximum number of splits (starting from the left).
                -1 (the default value) means no limit.

            Note, str.split() is mainly useful for data that has been intentionally
            delimited.  With natural text that includes punctuation, consider using
            the regular expression module.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strSplit(PyStr(s), a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]))
            }
        }
        t.defN("rsplit($self, /, sep=None, maxsplit=-1)", """
            Return a list of the substrings in the string, using sep as the separator string.

              sep
                The separator used to split the string.

                When set to None (the default value), will split on any whitespace
                character (including \\\\n \\\\r \\\\t \\\\f and spaces) and will discard
                empty strings from the result.
              maxsplit
                Maximum number of splits (starting from the left).
                -1 (the default value) means no limit.

            Splitting starts at the end of the string and works to the front.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strSplitRight(PyStr(s), a[0], a[1].isNull ? -1 : vm.sizeArgument(a[1]))
            }
        }
        t.def1("join($self, iterable, /)", """
            Concatenate any number of strings.

            The string whose method is called is inserted in between each given string.
            The result is returned as a new string.

            Example: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strJoin(PyStr(s), a) }
        }
        t.def0("capitalize($self, /)", """
            Return a capitalized version of the string.

            More specifically, make the first character have upper case and the rest lower
            case.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .capitalize) }
        }
        t.def0("casefold($self, /)", "Return a version of the string suitable for caseless comparisons.") { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .casefold) }
        }
        t.def0("title($self, /)", """
            Return a version of the string where each word is titlecased.

            More specifically, words start with uppercased characters and all remaining
            cased characters have lower case.
            """) { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .title) }
        }
        t.defN("center($self, width, fillchar=' ', /)", """
            Return a centered string of length width.

            Padding is done using the specified fill character (default is a space).
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strJustify(PyStr(s), a[0], a[1], .both) }
        }
        t.defP("-count()", """
            S.count(sub[, start[, end]]) -> int

            Return the number of non-overlapping occurrences of substring sub in
            string S[start:end].  Optional arguments start and end are
            interpreted as in slice notation.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in try vm.strCount(PyStr(s), vm.findArguments("count", a, n, k)) }
        }
        t.defN("expandtabs($self, /, tabsize=8)", """
            Return a copy where all tab characters are expanded using spaces.

            If tabsize is not given, a tab size of 8 characters is assumed.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strExpandTabs(PyStr(s), a[0].isNull ? 8 : vm.cIntArgument(a[0]))
            }
        }
        t.defP("-find()", """
            S.find(sub[, start[, end]]) -> int

            Return the lowest index in S where substring sub is found,
            such that sub is contained within S[start:end].  Optional
            arguments start and end are interpreted as in slice notation.

            Return -1 on failure.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                Value(small: try vm.strFind(PyStr(s), vm.findArguments("find", a, n, k), last: false))
            }
        }
        t.def1("partition($self, sep, /)", """
            Partition the string into three parts using the given separator.

            This will search for the separator in the string.  If the separator is found,
            returns a 3-tuple containing the part before the separator, the separator
            itself, and the part after it.

            If the separator is not found, returns a 3-tuple containing the original string
            and two empty strings.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strPartition(PyStr(s), a, last: false) }
        }
        t.defP("-index()", """
            S.index(sub[, start[, end]]) -> int

            Return the lowest index in S where substring sub is found,
            such that sub is contained within S[start:end].  Optional
            arguments start and end are interpreted as in slice notation.

            Raises ValueError when the substring is not found.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                let hit = try vm.strFind(PyStr(s), vm.findArguments("index", a, n, k), last: false)
                if hit < 0 { throw vm.raise(.valueError, "substring not found") }
                return Value(small: hit)
            }
        }
        t.defN("ljust($self, width, fillchar=' ', /)", """
            Return a left-justified string of length width.

            Padding is done using the specified fill character (default is a space).
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strJustify(PyStr(s), a[0], a[1], .left) }
        }
        t.def0("lower($self, /)", "Return a copy of the string converted to lowercase.") { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .lower) }
        }
        t.defN("lstrip($self, chars=None, /)", """
            Return a copy of the string with leading whitespace removed.

            If chars is given and not None, remove characters in chars instead.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strStrip(PyStr(s), a[0], .left, "lstrip") }
        }
        t.defP("-rfind()", """
            S.rfind(sub[, start[, end]]) -> int

            Return the highest index in S where substring sub is found,
            such that sub is contained within S[start:end].  Optional
            arguments start and end are interpreted as in slice notation.

            Return -1 on failure.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                Value(small: try vm.strFind(PyStr(s), vm.findArguments("rfind", a, n, k), last: true))
            }
        }
        t.defP("-rindex()", """
            S.rindex(sub[, start[, end]]) -> int

            Return the highest index in S where substring sub is found,
            such that sub is contained within S[start:end].  Optional
            arguments start and end are interpreted as in slice notation.

            Raises ValueError when the substring is not found.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                let hit = try vm.strFind(PyStr(s), vm.findArguments("rindex", a, n, k), last: true)
                if hit < 0 { throw vm.raise(.valueError, "substring not found") }
                return Value(small: hit)
            }
        }
        t.defN("rjust($self, width, fillchar=' ', /)", """
            Return a right-justified string of length width.

            Padding is done using the specified fill character (default is a space).
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strJustify(PyStr(s), a[0], a[1], .right) }
        }
        t.defN("rstrip($self, chars=None, /)", """
            Return a copy of the string with trailing whitespace removed.

            If chars is given and not None, remove characters in chars instead.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strStrip(PyStr(s), a[0], .right, "rstrip") }
        }
        t.def1("rpartition($self, sep, /)", """
            Partition the string into three parts using the given separator.

            This will search for the separator in the string, starting at the end. If
            the separator is found, returns a 3-tuple containing the part before the
            separator, the separator itself, and the part after it.

            If the separator is not found, returns a 3-tuple containing two empty strings
            and the original string.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strPartition(PyStr(s), a, last: true) }
        }
        t.defN("splitlines($self, /, keepends=False)", """
            Return a list of the lines in the string, breaking at line boundaries.

            Line breaks are not included in the resulting list unless keepends is given and
            true.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strSplitLines(PyStr(s), keepEnds: a[0].isNull ? false : vm.cIntArgument(a[0]) != 0)
            }
        }
        t.defN("strip($self, chars=None, /)", """
            Return a copy of the string with leading and trailing whitespace removed.

            If chars is given and not None, remove characters in chars instead.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strStrip(PyStr(s), a[0], .both, "strip") }
        }
        t.def0("swapcase($self, /)", "Convert uppercase characters to lowercase and lowercase characters to uppercase.") { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .swapcase) }
        }
        t.def1("translate($self, table, /)", """
            Replace each character in the string using the given translation table.

              table
                Translation table, which must be a mapping of Unicode ordinals to
                Unicode ordinals, strings, or None.

            The table must implement lookup/indexing via __getitem__, for instance a
            dictionary or list.  If this operation raises LookupError, the character is
            left untouched.  Characters mapped to None are deleted.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strTranslate(PyStr(s), a) }
        }
        t.def0("upper($self, /)", "Return a copy of the string converted to uppercase.") { vm, s in
            vm.guarded { () throws(Raised) in try vm.strChangeCase(PyStr(s), .upper) }
        }
        t.defP("-startswith()", """
            S.startswith(prefix[, start[, end]]) -> bool

            Return True if S starts with the specified prefix, False otherwise.
            With optional start, test S beginning at that position.
            With optional end, stop comparing S at that position.
            prefix can also be a tuple of strings to try.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.strTailMatch(PyStr(s), vm.findArguments("startswith", a, n, k), "startswith", atEnd: false)
            }
        }
        t.defP("-endswith()", """
            S.endswith(suffix[, start[, end]]) -> bool

            Return True if S ends with the specified suffix, False otherwise.
            With optional start, test S beginning at that position.
            With optional end, stop comparing S at that position.
            suffix can also be a tuple of strings to try.
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in
                try vm.strTailMatch(PyStr(s), vm.findArguments("endswith", a, n, k), "endswith", atEnd: true)
            }
        }
        t.def1("removeprefix($self, prefix, /)", """
            Return a str with the given prefix string removed if present.

            If the string starts with the prefix string, return string[len(prefix):].
            Otherwise, return a copy of the original string.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strRemoveAffix(PyStr(s), vm.expectStr(a, "removeprefix() argument must be str, not \(vm.argumentTypeName(a))"), suffix: false)
            }
        }
        t.def1("removesuffix($self, suffix, /)", """
            Return a str with the given suffix string removed if present.

            If the string ends with the suffix string and that suffix is not empty,
            return string[:-len(suffix)]. Otherwise, return a copy of the original
            string.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strRemoveAffix(PyStr(s), vm.expectStr(a, "removesuffix() argument must be str, not \(vm.argumentTypeName(a))"), suffix: true)
            }
        }
        t.def0("isascii($self, /)", """
            Return True if all characters in the string are ASCII, False otherwise.

            ASCII characters have code points in the range U+0000-U+007F.
            Empty string is ASCII too.
            """) { vm, s in
            Value(PyStr(s).isASCII)
        }
        t.def0("islower($self, /)", """
            Return True if the string is a lowercase string, False otherwise.

            A string is lowercase if all cased characters in the string are lowercase and
            there is at least one cased character in the string.
            """) { vm, s in
            vm.strIsCase(PyStr(s), upper: false)
        }
        t.def0("isupper($self, /)", """
            Return True if the string is an uppercase string, False otherwise.

            A string is uppercase if all cased characters in the string are uppercase and
            there is at least one cased character in the string.
            """) { vm, s in
            vm.strIsCase(PyStr(s), upper: true)
        }
        t.def0("istitle($self, /)", """
            Return True if the string is a title-cased string, False otherwise.

            In a title-cased string, upper- and title-case characters may only
            follow uncased characters and lowercase characters only cased ones.
            """) { vm, s in
            vm.strIsTitle(PyStr(s))
        }
        t.def0("isspace($self, /)", """
            Return True if the string is a whitespace string, False otherwise.

            A string is whitespace if all characters in the string are whitespace and there
            is at least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isSpace($0) }
        }
        t.def0("isdecimal($self, /)", """
            Return True if the string is a decimal string, False otherwise.

            A string is a decimal string if all characters in the string are decimal and
            there is at least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isDecimal($0) }
        }
        t.def0("isdigit($self, /)", """
            Return True if the string is a digit string, False otherwise.

            A string is a digit string if all characters in the string are digits and there
            is at least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isDigit($0) }
        }
        t.def0("isnumeric($self, /)", """
            Return True if the string is a numeric string, False otherwise.

            A string is numeric if all characters in the string are numeric and there is at
            least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isNumeric($0) }
        }
        t.def0("isalpha($self, /)", """
            Return True if the string is an alphabetic string, False otherwise.

            A string is alphabetic if all characters in the string are alphabetic and there
            is at least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isAlpha($0) }
        }
        t.def0("isalnum($self, /)", """
            Return True if the string is an alpha-numeric string, False otherwise.

            A string is alpha-numeric if all characters in the string are alpha-numeric and
            there is at least one character in the string.
            """) { vm, s in
            vm.strAll(PyStr(s)) { UCD.isAlnum($0) }
        }
        t.def0("isidentifier($self, /)", """
            Return True if the string is a valid Python identifier, False otherwise.

            Call keyword.iskeyword(s) to test whether string s is a reserved identifier,
            such as "def" or "class".
            """) { vm, s in
            vm.strIsIdentifier(PyStr(s))
        }
        t.def0("isprintable($self, /)", """
            Return True if the string is printable, False otherwise.

            A string is printable if all of its characters are considered printable in
            repr() or if it is empty.
            """) { vm, s in
            vm.strIsPrintable(PyStr(s))
        }
        t.def1("zfill($self, width, /)", """
            Pad a numeric string with zeros on the left, to fill a field of the given width.

            The string is never truncated.
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strZeroFill(PyStr(s), vm.sizeArgument(a)) }
        }
        t.defV("-format()", """
            S.format(*args, **kwargs) -> str

            Return a formatted version of S, using substitutions from args and kwargs.
            The substitutions are identified by braces ('{' and '}').
            """) { vm, s, a, n, k in
            vm.guarded { () throws(Raised) in try vm.strFormat(PyStr(s), a, n, k) }
        }
        t.def1("-format_map(mapping, /)", """
            S.format_map(mapping) -> str

            Return a formatted version of S, using substitutions from mapping.
            The substitutions are identified by braces ('{' and '}').
            """) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strFormatMap(PyStr(s), a) }
        }
        t.def1("__format__($self, format_spec, /)", "Return a formatted version of the string as described by format_spec.") { vm, s, a in
            vm.guarded { () throws(Raised) in
                try vm.strFormatWithSpec(PyStr(s), vm.expectStr(a, "__format__() argument must be str, not \(vm.argumentTypeName(a))"))
            }
        }
        t.defN("maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)", "Return a translation table usable for str.translate().\n\nIf there is only one argument, it must be a dictionary mapping Unicode\nordinals (integers) or characters to Unicode ordinals, strings or None.\nCharacter keys will be then converted to ordinals.\nIf there are two arguments, they must be strings of equal length, and\nin the resulting dictionary, each character in x will be mapped to the\ncharacter at the same position in y. If there is a third argument, it\nmust be a string, whose characters will be mapped to None in the result.", .staticMethod) { vm, s, a in
            vm.guarded { () throws(Raised) in try vm.strMakeTrans(a[0], a[1], a[2]) }
        }
        t.def0("__sizeof__($self, /)", "Return the size of the string in memory, in bytes.") { vm, s in
            Value(small: vm.strSizeOf(PyStr(s)))
        }
        t.def0("-__getnewargs__()", "") { vm, s in
            vm.guarded { () throws(Raised) in vm.tuple(try vm.str(PyStr(s).view)) }
        }
    }
}
