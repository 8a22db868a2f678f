// The functions of `builtins` that are not about code and frames (those: Functions/ExecutionBuiltins.swift).
// CPython: Python/bltinmodule.c.

extension VM {
    func defineBuiltins(_ m: ModuleBuilder) {
        defineObjectBuiltins(m)
        defineNumberBuiltins(m)
        defineIterationBuiltins(m)
        defineAttributeBuiltins(m)
        definePrint(m)
    }

    private func defineObjectBuiltins(_ m: ModuleBuilder) {
        m.def1("len(obj, /)", "Return the number of items in a container.") { vm, _, v in
            vm.guarded { () throws(Raised) in vm.int(try vm.length(v)) }
        }
        m.def1("repr(obj, /)", "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval(repr(obj)) == obj.") { vm, _, v in
            vm.guarded { () throws(Raised) in try vm.repr(v) }
        }
        m.def1("ascii(obj, /)", "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable representation of an\nobject, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, \\\\u or \\\\U escapes. This generates a string similar\nto that returned by repr() in Python 2.") { vm, _, v in
            vm.guarded { () throws(Raised) in try vm.ascii(v) }
        }
        m.def1("hash(obj, /)", "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.") { vm, _, v in
            vm.guarded { () throws(Raised) in vm.int(try vm.hash(v)) }
        }
        m.def1("id(obj, /)", "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)") { vm, _, v in
            let identity = vm.identity(v)
            if vm.state.pointee.auditHooks.isNull { return identity }
            return vm.guarded { () throws(Raised) in
                try vm.audit("builtins.id", vm.tuple(identity))
                return identity
            }
        }
        m.def1("callable(obj, /)", "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method.") { vm, _, v in
            Value(vm.type(of: v).slots.call != nil)
        }
        m.def2("isinstance(obj, class_or_tuple, /)", "Return whether an object is an instance of a class or of a subclass thereof.\n\nA tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)\nor ...`` etc.") { vm, _, v, cls in
            vm.guarded { () throws(Raised) in Value(try vm.isInstance(v, cls)) }
        }
        m.def2("issubclass(cls, class_or_tuple, /)", "Return whether 'cls' is derived from another class or is the same class.\n\nA tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)\nor ...``.") { vm, _, derived, cls in
            vm.guarded { () throws(Raised) in Value(try vm.isSubclass(derived, cls)) }
        }
        m.defN("format(value, format_spec='', /)", "Return value.__format__(format_spec)\n\nformat_spec defaults to the empty string.\nSee the Format Specification Mini-Language section of help('FORMATTING') for\ndetails.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                if !a[1].isNull && !vm.isStr(a[1]) { throw vm.raise(.typeError, "format() argument 2 must be str, not \(vm.argumentTypeName(a[1]))") }
                return try vm.format(a[0], a[1])
            }
        }
        m.def1("chr(i, /)", "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                if !vm.hasIndex(v) { throw vm.raise(.typeError, "'\(vm.typeName(v))' object cannot be interpreted as an integer") }
                var fits = false
                let n = vm.clampedInt(try vm.index(v), &fits)
                if n > Int(Int32.max) || n < Int(Int32.min) { throw vm.raise(.overflowError, "Python int too large to convert to C int") }
                if n < 0 || n > 0x10FFFF { throw vm.raise(.valueError, "chr() arg not in range(0x110000)") }
                return vm.str(codePoint: UInt32(n))
            }
        }
        m.def1("ord(c, /)", "Return the Unicode code point for a one-character string.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                if vm.isStr(v) {
                    if PyStr(v).count == 1 { return vm.int(Int(PyStr(v)[0])) }
                    throw vm.raise(.typeError, "ord() expected a character, but string of length \(PyStr(v).count) found")
                }
                if vm.isInstance(v, ofType: vm.types.bytes) || vm.isInstance(v, ofType: vm.types.bytearray) {
                    let n = try vm.length(v)
                    if n == 1 { return try vm.getItem(v, Value(small: 0)) }
                    throw vm.raise(.typeError, "ord() expected a character, but string of length \(n) found")
                }
                throw vm.raise(.typeError, "ord() expected string of length 1, but \(vm.typeName(v)) found")
            }
        }
    }

    /// `id(value)`: an address for objects; immediates get values no address has.
    public func identity(_ v: Value) -> Value {
        if v.isObject { return int(unsigned: v.bits) }
        if v.isSmallInt { return int((v.smallInt &<< 5) | 0x1F) }
        return int(Int(truncatingIfNeeded: v.bits >> 1 & 0x3FFF_FFFF_FFFF_FFFF) | 7)
    }

    private func defineNumberBuiltins(_ m: ModuleBuilder) {
        m.def1("abs(x, /)", "Return the absolute value of the argument.") { vm, _, v in vm.guarded { () throws(Raised) in try vm.absolute(v) } }
        m.def2("divmod(x, y, /)", "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.") { vm, _, a, b in
            vm.guarded { () throws(Raised) in try vm.binary(.divmod, a, b) }
        }
        m.defN("pow(base, exp, mod=None)", "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.power(a[0], a[1], a[2].isNull ? .none : a[2]) }
        }
        m.defN("round(number, ndigits=None)", "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                var unbound = false
                let method = try vm.lookupSpecial(a[0], vm.names.__round__, &unbound)
                if method.isNull { throw vm.raise(.typeError, "type \(vm.typeName(a[0])) doesn't define __round__ method") }
                if a[1].isNull || a[1].isNone { return try unbound ? vm.call(method, a[0]) : vm.call(method) }
                return try unbound ? vm.call(method, a[0], a[1]) : vm.call(method, a[1])
            }
        }
        m.def1("bin(number, /)", "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'") { vm, _, v in vm.radixText(v, "#b") }
        m.def1("oct(number, /)", "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'") { vm, _, v in vm.radixText(v, "#o") }
        m.def1("hex(number, /)", "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'") { vm, _, v in vm.radixText(v, "#x") }
        m.defN("sum(iterable, /, start=0)", "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types.") { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.sum(a[0], a[1]) }
        }
    }

    private func radixText(_ v: Value, _ spec: StaticString) -> Value {
        guarded { () throws(Raised) in
            let number = try index(v)
            if number.isSmallInt { return smallRadixText(number.smallInt, spec) }
            // The exact int's text, whatever a subclass's __format__ says.
            let plain = number.isBool ? Value(small: number.isTrue ? 1 : 0) : number
            let method = lookup(types.int, names.__format__)
            return try call(method, plain, intern(spec))
        }
    }

    /// `spec` is "#b", "#o" or "#x".
    private func smallRadixText(_ n: Int, _ spec: StaticString) -> Value {
        let letter = spec.utf8Start[1]
        let shift: UInt = letter == UInt8(ascii: "x") ? 4 : letter == UInt8(ascii: "o") ? 3 : 1
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 72) { out in
            var at = 72, left = n.magnitude
            repeat {
                at -= 1
                let digit = UInt8(truncatingIfNeeded: left & ((1 << shift) - 1))
                out[at] = digit < 10 ? digit + 48 : digit + 87
                left >>= shift
            } while left != 0
            out[at - 1] = letter
            out[at - 2] = 48
            at -= 2
            if n < 0 {
                at -= 1
                out[at] = UInt8(ascii: "-")
            }
            return str(utf8: UnsafeBufferPointer(rebasing: out[at..<72]))
        }
    }

    private func sum(_ iterable: Value, _ start: Value) throws(Raised) -> Value {
        var total = start.isNull ? Value(small: 0) : start
        let iterator = try iter(iterable)
        if isStr(total) { throw raise(.typeError, "sum() can't sum strings [use ''.join(seq) instead]") }
        if isInstance(total, ofType: types.bytes) { throw raise(.typeError, "sum() can't sum bytes [use b''.join(seq) instead]") }
        if isInstance(total, ofType: types.bytearray) { throw raise(.typeError, "sum() can't sum bytearray [use b''.join(seq) instead]") }
        let isGenerator = iterator.isExactly(types.generator)
        while true {
            let item = isGenerator ? try drain(iterator, &total, VM.sumSink) : try nextRaw(iterator)
            if item.isNull { break }
            if Value.bothSmallInts(total, item) {
                total = int(total.smallInt + item.smallInt)
            } else if total.isDouble && item.isDouble {
                total = Value(total.double + item.double)
            } else if total.isDouble && item.isSmallInt {
                total = Value(total.double + Double(item.smallInt))
            } else {
                total = try binary(.add, total, item)
            }
        }
        return total
    }

    private func defineIterationBuiltins(_ m: ModuleBuilder) {
        m.defV("-iter(...)", "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.  In the first form, the argument must\nsupply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.noKeywords("iter", keywords)
                if count == 1 { return try vm.iter(a[0]) }
                if count != 2 { throw vm.raise(.typeError, "iter expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)") }
                if vm.type(of: a[0]).slots.call == nil { throw vm.raise(.typeError, "iter(v, w): v must be callable") }
                return vm.newFields(vm.types.callableIterator, a[0], a[1])
            }
        }
        m.defV("-next(...)", "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.noKeywords("next", keywords)
                if count < 1 || count > 2 { throw vm.raise(.typeError, "next expected at \(count < 1 ? "least 1 argument" : "most 2 arguments"), got \(count)") }
                guard let slot = vm.type(of: a[0]).slots.iternext else { throw vm.raise(.typeError, "'\(vm.typeName(a[0]))' object is not an iterator") }
                let item = slot(vm, a[0])
                if !item.isNull { return item }
                if count == 2 {
                    if vm.hasRaised {
                        if !vm.raisedMatches(.stopIteration) { throw Raised() }
                        vm.clearRaised()
                    }
                    return a[1]
                }
                if vm.hasRaised { throw Raised() }
                throw vm.raise(.stopIteration)
            }
        }
        m.def1("all(iterable, /)", "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.iter(v)
                var unused = 0
                while true {
                    let item = try vm.drain(iterator, &unused, VM.trueSink)
                    if item.isNull { return .true }
                    if try !vm.isTrue(item) { return .false }
                }
            }
        }
        m.def1("any(iterable, /)", "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                let iterator = try vm.iter(v)
                var unused = 0
                while true {
                    let item = try vm.drain(iterator, &unused, VM.falseSink)
                    if item.isNull { return .false }
                    if try vm.isTrue(item) { return .true }
                }
            }
        }
        m.defV("sorted(iterable, /, *, key=None, reverse=False)", "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                if count != 1 { throw vm.raise(.typeError, "sorted expected 1 argument, got \(count)") }
                let list = try vm.listFrom(a[0])
                var key = Value.null, reverse = false
                let names = keywords.isNull ? 0 : PyTuple(keywords).count
                for i in 0..<names {
                    let name = PyStr(PyTuple(keywords)[i]).string, value = a[1 + i]
                    switch name {
                    case "key": key = value.isNone ? .null : value
                    case "reverse": reverse = try vm.indexInt(vm.index(value)) != 0
                    default: throw vm.raise(.typeError, "'\(name)' is an invalid keyword argument for sort()")
                    }
                }
                try vm.sort(list, key: key, reverse: reverse)
                return list.value
            }
        }
        m.defV("-max(...)", "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the largest argument.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in try vm.extreme("max", .gt, a, count, keywords) }
        }
        m.defV("-min(...)", "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the smallest argument.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in try vm.extreme("min", .lt, a, count, keywords) }
        }
        m.def1("aiter(async_iterable, /)", "Return an AsyncIterator for an AsyncIterable object.") { vm, _, v in
            vm.guarded { () throws(Raised) in
                guard let slot = vm.type(of: v).slots.aiter else { throw vm.raise(.typeError, "'\(vm.typeName(v))' object is not an async iterable") }
                let result = try vm.check(slot(vm, v))
                if vm.type(of: result).slots.anext == nil { throw vm.raise(.typeError, "aiter() returned not an async iterator of type '\(vm.typeName(result))'") }
                return result
            }
        }
        m.defN("anext(aiterator, default=<unrepresentable>, /)", "Return the next item from the async iterator.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard let slot = vm.type(of: a[0]).slots.anext else { throw vm.raise(.typeError, "'\(vm.typeName(a[0]))' object is not an async iterator") }
                let awaitable = try vm.check(slot(vm, a[0]))
                if a[1].isNull { return awaitable }
                return vm.newAnextAwaitable(awaitable, a[1])
            }
        }
    }

    func noKeywords(_ name: StaticString, _ keywords: Value) throws(Raised) {
        if !keywords.isNull && PyTuple(keywords).count > 0 { throw raise(.typeError, "\(name)() takes no keyword arguments") }
    }

    private func extreme(_ name: StaticString, _ op: CompareOp, _ a: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        var key = Value.null, fallback = Value.null
        if count == 0 { throw raise(.typeError, "\(name) expected at least 1 argument, got 0") }
        if !keywords.isNull {
            let names = PyTuple(keywords)
            for i in 0..<names.count {
                switch PyStr(names[i]).string {
                case "key": key = a[count + i].isNone ? .null : a[count + i]
                case "default": fallback = a[count + i]
                default: throw raise(.typeError, value: message("'", names[i], "' is an invalid keyword argument for \(name)()"))
                }
            }
        }
        if count > 1 && !fallback.isNull {
            throw raise(.typeError, "Cannot specify a default for \(name)() with multiple positional arguments")
        }
        let iterator = count == 1 ? try iter(a[0]) : Value.null
        var best = Value.null, bestKey = Value.null
        var i = 0
        let drains = count == 1 && key.isNull && iterator.isExactly(types.generator)
        while true {
            let item: Value
            if drains {
                item = try drain(iterator, &best, op == .gt ? VM.maxSink : VM.minSink)
                bestKey = best
                if item.isNull { break }
            } else if count == 1 {
                item = try nextRaw(iterator)
                if item.isNull { break }
            } else {
                if i == count { break }
                item = a[i]
                i += 1
            }
            let itemKey = key.isNull ? item : try call(key, item)
            if best.isNull {
                best = item
                bestKey = itemKey
            } else if try Value.bothSmallInts(itemKey, bestKey) ? compare(itemKey.smallInt, bestKey.smallInt, op) : isTrue(richCompare(itemKey, bestKey, op)) {
                best = item
                bestKey = itemKey
            }
        }
        if !best.isNull { return best }
        if !fallback.isNull { return fallback }
        throw raise(.valueError, "\(name)() arg is an empty sequence")
    }

    private func attributeName(_ v: Value, _ function: StaticString) throws(Raised) -> Value {
        if !isStr(v) { throw raise(.typeError, "\(function)(): attribute name must be string") }
        return isExactStr(v) ? internValue(v) : try internedCopy(v)
    }

    private func defineAttributeBuiltins(_ m: ModuleBuilder) {
        m.defV("-getattr(...)", "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.noKeywords("getattr", keywords)
                if count < 2 || count > 3 { throw vm.raise(.typeError, "getattr expected at \(count < 2 ? "least 2" : "most 3") arguments, got \(count)") }
                let name = try vm.attributeName(a[1], "getattr")
                if count == 2 { return try vm.getAttr(a[0], name) }
                let found = try vm.getAttrIfPresent(a[0], name)
                return found.isNull ? a[2] : found
            }
        }
        m.def2("hasattr(obj, name, /)", "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError.") { vm, _, v, name in
            vm.guarded { () throws(Raised) in Value(try !vm.getAttrIfPresent(v, vm.attributeName(name, "hasattr")).isNull) }
        }
        m.def3("setattr(obj, name, value, /)", "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v''") { vm, _, v, name, value in
            vm.guarded { () throws(Raised) in
                try vm.setAttr(v, name, value)
                return .none
            }
        }
        m.def2("delattr(obj, name, /)", "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y''") { vm, _, v, name in
            vm.guarded { () throws(Raised) in
                try vm.setAttr(v, name, .null)
                return .none
            }
        }
        m.defV("-dir(...)", "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the current scope.\nElse, return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes reachable from it.\nIf the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() logic is used and returns:\n  for a module object: the module's attributes.\n  for a class object:  its attributes, and recursively the attributes\n    of its bases.\n  for any other object: its attributes, its class's attributes, and\n    recursively the attributes of its class's base classes.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.noKeywords("dir", keywords)
                if count > 1 { throw vm.raise(.typeError, "dir expected at most 1 argument, got \(count)") }
                let list: PyList
                if count == 0 {
                    list = try vm.listFrom(vm.callMethod(vm.currentLocals(), vm.names.keys))
                } else {
                    let result = try vm.callSpecial(a[0], vm.names.__dir__)
                    if result.isNull { throw vm.raise(.typeError, "object does not provide __dir__") }
                    list = try vm.listFrom(result)
                }
                try vm.sort(list)
                return list.value
            }
        }
        m.defV("-vars(...)", "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                try vm.noKeywords("vars", keywords)
                if count > 1 { throw vm.raise(.typeError, "vars expected at most 1 argument, got \(count)") }
                if count == 0 { return try vm.currentLocals() }
                let dict = try vm.getAttrIfPresent(a[0], vm.names.__dict__)
                if dict.isNull { throw vm.raise(.typeError, "vars() argument must have __dict__ attribute") }
                return dict
            }
        }
        m.defN("-__import__(name, globals=None, locals=None, fromlist=(), level=0)", "__import__(name, globals=None, locals=None, fromlist=(), level=0) -> module\n\nImport a module. Because this function is meant for use by the Python\ninterpreter and not for general use, it is better to use\nimportlib.import_module() to programmatically import a module.\n\nThe globals argument is only used to determine the context;\nthey are not modified.  The locals argument is unused.  The fromlist\nshould be a list of names to emulate ``from name import ...'', or an\nempty list to emulate ``import name''.\nWhen importing a module from a package, note that __import__('A.B', ...)\nreturns package A when fromlist is empty, but its submodule B when\nfromlist is not empty.  The level argument is used to determine whether to\nperform absolute or relative imports: 0 is absolute, while a positive number\nis the number of parent directories to search relative to the current module.") { vm, _, a in
            vm.guarded { () throws(Raised) in
                let level = a[4].isNull ? 0 : try vm.indexInt(a[4])
                return try vm.importModule(a[0], globals: a[1], fromList: a[3].isNull ? vm.emptyTuple : a[3], level: level)
            }
        }
        m.defV("-breakpoint(...)", "breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws).  sys.breakpointhook() must accept\nwhatever arguments are passed.\n\nBy default, this drops you into the pdb debugger.") { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let hook = vm.state.pointee.sysDict.isObject ? PyDict(vm.state.pointee.sysDict).getStr(vm, vm.intern("breakpointhook")) : .null
                if hook.isNull { throw vm.raise(.runtimeError, "lost sys.breakpointhook") }
                try vm.audit("builtins.breakpoint", vm.tuple(hook))
                return try vm.call(hook, a, count, keywords: keywords)
            }
        }
    }
}
