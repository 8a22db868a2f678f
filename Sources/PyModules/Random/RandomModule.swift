// `_random`: the Mersenne Twister as a type. CPython: Modules/_randommodule.c.
import PyNumerics
import PyRuntime

/// The generator inside its object: type word, position, 624 words.
private struct RandomLayout {
    var type: PyType
    var index: Int
}

extension VM {
    private func twister(_ object: Value) -> MersenneTwister {
        let base = object.pointer
        return MersenneTwister(
            words: (base + 16).assumingMemoryBound(to: UInt32.self), index: (base + 8).assumingMemoryBound(to: Int.self))
    }

    public func registerRandom() {
        registerModule("_random") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("Module implements the Mersenne Twister random number generator." as StaticString))
            let t = vm.makeType("Random", module: "_random", size: 16 + 4 * MersenneTwister.size, trace: .leaf)
            t.doc("Random() -> create a random number generator with its own internal state.")
            m.attribute("Random", t.type.value)
            vm.fillRandom(t)
            vm.readyType(t.type)
            return 0
        }
    }

    private func fillRandom(_ t: TypeBuilder) {
        t.type.slots.new = { vm, cls, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let named = keywords.isNull ? 0 : PyTuple(keywords).count
                // Subclasses may take keywords of their own.
                if !PyType(cls).flags.contains(.heapType) && named > 0 {
                    throw vm.raise(.typeError, "Random()() takes no keyword arguments")
                }
                if count > 1 { throw vm.raise(.typeError, "Random() requires 0 or 1 argument") }
                let object = vm.newInstance(PyType(cls))
                try vm.seedRandom(object, count == 1 ? arguments[0] : .none)
                return object
            }
        }
        t.def0("random($self, /)", "random() -> x in the interval [0, 1).") { vm, a in Value(vm.twister(a).nextDouble()) }
        t.defN("seed($self, n=None, /)", """
            seed([n]) -> None.

            Defaults to use urandom and falls back to a combination
            of the current time and the process identifier.
            """) { vm, a, arguments in
            vm.guarded { () throws(Raised) in
                try vm.seedRandom(a, arguments[0].isNull ? .none : arguments[0])
                return .none
            }
        }
        t.def0("getstate($self, /)", "getstate() -> tuple containing the current state.") { vm, a in
            vm.guarded { () throws(Raised) in
                let state = try vm.newTuple(MersenneTwister.size + 1)
                let twister = vm.twister(a)
                for i in 0..<MersenneTwister.size { state[i] = Value(small: Int(twister.words[i])) }
                state[MersenneTwister.size] = Value(small: twister.index.pointee)
                return state.value
            }
        }
        t.def1("setstate($self, state, /)", "setstate(state) -> None.  Restores generator state.") { vm, a, state in
            vm.guarded { () throws(Raised) in
                try vm.setRandomState(a, state)
                return .none
            }
        }
        t.def1("getrandbits($self, k, /)", "getrandbits(k) -> x.  Generates an int with k random bits.") { vm, a, k in
            vm.guarded { () throws(Raised) in try vm.randomBits(a, k) }
        }
    }

    private func seedRandom(_ object: Value, _ seed: Value) throws(Raised) {
        var key: [UInt32] = []
        if seed.isNone {
            var system = SystemRandomNumberGenerator()
            for _ in 0..<MersenneTwister.size { key.append(system.next()) }
        } else {
            let n: BigInt
            if isInt(seed) {
                n = bigInt(seed.isSmallInt ? seed : try absolute(seed)).absolute
            } else {
                n = BigInt(UInt64(bitPattern: Int64(try hash(seed))))
            }
            for limb in n.magnitude {
                key.append(UInt32(truncatingIfNeeded: limb))
                key.append(UInt32(truncatingIfNeeded: limb >> 32))
            }
            if key.last == 0 { key.removeLast() }
            if key.isEmpty { key = [0] }
        }
        twister(object).seed(key: key)
    }

    private func setRandomState(_ object: Value, _ state: Value) throws(Raised) {
        if !isTuple(state) { throw raise(.typeError, "state vector must be a tuple") }
        let items = PyTuple(state)
        if items.count != MersenneTwister.size + 1 { throw raise(.valueError, "state vector is the wrong size") }
        var words: [UInt32] = []
        for i in 0..<MersenneTwister.size {
            if !isInt(items[i]) { throw raise(.typeError, "an integer is required") }
            let n = bigInt(items[i])
            if n.isNegative { throw raise(.overflowError, "can't convert negative value to unsigned int") }
            guard let word = n.asUInt64 else { throw raise(.overflowError, "Python int too large to convert to C unsigned long") }
            words.append(UInt32(truncatingIfNeeded: word))
        }
        let index = try indexInt(items[MersenneTwister.size])
        if index < 0 || index > MersenneTwister.size { throw raise(.valueError, "invalid state") }
        let twister = self.twister(object)
        for i in 0..<MersenneTwister.size { twister.words[i] = words[i] }
        twister.index.pointee = index
    }

    private func randomBits(_ object: Value, _ count: Value) throws(Raised) -> Value {
        var fits = false
        let k = clampedInt(try index(count), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        if k > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        if k < Int(Int32.min) { throw raise(.overflowError, "signed integer is less than minimum") }
        if k < 0 { throw raise(.valueError, "number of bits must be non-negative") }
        if k == 0 { return Value(small: 0) }
        let twister = self.twister(object)
        if k <= 32 { return Value(small: Int(twister.next() >> UInt32(32 - k))) }
        var limbs: [UInt64] = []
        limbs.reserveCapacity((k + 63) / 64)
        var left = k, word = 0
        while left > 0 {
            var r = twister.next()
            if left < 32 { r >>= UInt32(32 - left) }
            if word & 1 == 0 { limbs.append(UInt64(r)) } else { limbs[word / 2] |= UInt64(r) << 32 }
            word += 1
            left -= 32
        }
        return try int(BigInt(isNegative: false, magnitude: limbs))
    }
}
