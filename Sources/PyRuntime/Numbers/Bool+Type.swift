// `bool`: True and False are immediates; everything else is int's. CPython: Objects/boolobject.c.

extension VM {
    func installBool() {
        let t = TypeBuilder(self, types.bool)
        t.doc("""
            bool(x) -> bool

            Returns True when the argument x is true, False otherwise.
            The builtins True and False are the only two instances of the class bool.
            The class bool is a subclass of the class int, and cannot be subclassed.
            """)
        t.new("(x=False, /)") { vm, _, arguments in
            vm.guarded { () throws(Raised) in
                if arguments[0].isNull { return .false }
                return Value(try vm.isTrue(arguments[0]))
            }
        }
        let slots = types.bool.slotsPointer
        slots.pointee.repr = { vm, a in vm.intern(a.isTrue ? "True" : "False") }
        slots.pointee.and = { vm, a, b in
            if a.isBool && b.isBool { return Value(a.isTrue && b.isTrue) }
            return vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.and, a, b) } : .notImplemented
        }
        slots.pointee.or = { vm, a, b in
            if a.isBool && b.isBool { return Value(a.isTrue || b.isTrue) }
            return vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.or, a, b) } : .notImplemented
        }
        slots.pointee.xor = { vm, a, b in
            if a.isBool && b.isBool { return Value(a.isTrue != b.isTrue) }
            return vm.bothInts(a, b) ? vm.guarded { () throws(Raised) in try vm.intBitwise(.xor, a, b) } : .notImplemented
        }
    }
}
