// `_blake2`: blake2b and blake2s with their parameters. CPython: Modules/_blake2/.
import PyNumerics
import PyRuntime

private let blake2bSignature: StaticString = """
    (data=b'', /, *, digest_size=_blake2.blake2b.MAX_DIGEST_SIZE,
            key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,
            node_offset=0, node_depth=0, inner_size=0, last_node=False,
            usedforsecurity=True)
    """
private let blake2sSignature: StaticString = """
    (data=b'', /, *, digest_size=_blake2.blake2s.MAX_DIGEST_SIZE,
            key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,
            node_offset=0, node_depth=0, inner_size=0, last_node=False,
            usedforsecurity=True)
    """

extension VM {
    func registerBlake2() {
        registerModule("_blake2") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                _blake2b provides BLAKE2b for hashlib

                """ as StaticString))
            vm.blake2Type(m, "blake2b", "Return a new BLAKE2b hash object.", blake2bSignature, wide: true) { vm, cls, a in
                vm.newBlake2(cls, a, "blake2b", wide: true)
            }
            vm.blake2Type(m, "blake2s", "Return a new BLAKE2s hash object.", blake2sSignature, wide: false) { vm, cls, a in
                vm.newBlake2(cls, a, "blake2s", wide: false)
            }
            m.attribute("BLAKE2B_SALT_SIZE", vm.int(16))
            m.attribute("BLAKE2B_PERSON_SIZE", vm.int(16))
            m.attribute("BLAKE2B_MAX_KEY_SIZE", vm.int(64))
            m.attribute("BLAKE2B_MAX_DIGEST_SIZE", vm.int(64))
            m.attribute("BLAKE2S_SALT_SIZE", vm.int(8))
            m.attribute("BLAKE2S_PERSON_SIZE", vm.int(8))
            m.attribute("BLAKE2S_MAX_KEY_SIZE", vm.int(32))
            m.attribute("BLAKE2S_MAX_DIGEST_SIZE", vm.int(32))
            return 0
        }
    }

    private func blake2Type(
        _ m: ModuleBuilder, _ name: StaticString, _ doc: StaticString, _ signature: StaticString, wide: Bool, _ new: NativeBound
    ) {
        let t = makeHashType(name, module: "_blake2", flags: [])
        t.doc(doc, signature: signature)
        t.new(signature, new)
        defineHashMethods(t)
        t.def1("update($self, data, /)", "Update this hash object's state with the provided bytes-like object.") { vm, v, data in
            vm.guarded { () throws(Raised) in
                try vm.updateHash(try vm.hashState(v), data)
                return .none
            }
        }
        t.attribute("SALT_SIZE", int(wide ? 16 : 8))
        t.attribute("PERSON_SIZE", int(wide ? 16 : 8))
        t.attribute("MAX_KEY_SIZE", int(wide ? 64 : 32))
        t.attribute("MAX_DIGEST_SIZE", int(wide ? 64 : 32))
        readyType(t.type)
        m.attribute(name, t.type.value)
    }

    /// A C int argument of the parameter block.
    private func parameter(_ value: Value, _ fallback: Int) throws(Raised) -> Int {
        if value.isNull { return fallback }
        var fits = false
        let n = clampedInt(try index(value), &fits)
        if !fits { throw raise(.overflowError, "Python int too large to convert to C long") }
        if n > Int(Int32.max) { throw raise(.overflowError, "signed integer is greater than maximum") }
        if n < Int(Int32.min) { throw raise(.overflowError, "signed integer is less than minimum") }
        return n
    }

    /// An unsigned C long argument.
    private func unsigned(_ value: Value) throws(Raised) -> UInt64 {
        if value.isNull { return 0 }
        let big = bigInt(try index(value))
        if big.isNegative { throw raise(.valueError, "value must be positive") }
        guard let n = big.asUInt64 else { throw raise(.overflowError, "int too big to convert") }
        return n
    }

    private func parameterBytes(_ value: Value, _ limit: Int, _ what: StaticString) throws(Raised) -> [UInt8] {
        if value.isNull { return [] }
        if type(of: value).slots.buffer == nil { throw raise(.typeError, "a bytes-like object is required, not '\(typeName(value))'") }
        let bytes = try bufferBytes(value) ?? []
        if bytes.count > limit { throw raise(.valueError, "maximum \(what) length is \(limit) bytes") }
        return bytes
    }

    /// Arguments: data, digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth, inner_size,
    /// last_node, usedforsecurity.
    private func newBlake2(_ cls: Value, _ a: UnsafeMutablePointer<Value>, _ name: StaticString, wide: Bool) -> Value {
        guarded { () throws(Raised) in
            let limit = wide ? 64 : 32
            var p = BLAKE2Parameters()
            p.digestSize = try parameter(a[1], limit)
            let fanout = try parameter(a[5], 1), depth = try parameter(a[6], 1)
            let leaf = try unsigned(a[7]), offset = try unsigned(a[8])
            let nodeDepth = try parameter(a[9], 0), inner = try parameter(a[10], 0)
            p.lastNode = a[11].isNull ? false : try isTrue(a[11])
            if !a[12].isNull { _ = try isTrue(a[12]) }
            if p.digestSize <= 0 || p.digestSize > limit { throw raise(.valueError, "digest_size must be between 1 and \(limit) bytes") }
            p.salt = try parameterBytes(a[3], wide ? 16 : 8, "salt")
            p.person = try parameterBytes(a[4], wide ? 16 : 8, "person")
            if fanout < 0 || fanout > 255 { throw raise(.valueError, "fanout must be between 0 and 255") }
            if depth <= 0 || depth > 255 { throw raise(.valueError, "depth must be between 1 and 255") }
            guard let leafSize = UInt32(exactly: leaf) else { throw raise(.overflowError, "leaf_size is too large") }
            if !wide && offset >= 1 << 48 { throw raise(.overflowError, "node_offset is too large") }
            if nodeDepth < 0 || nodeDepth > 255 { throw raise(.valueError, "node_depth must be between 0 and 255") }
            if inner < 0 || inner > limit { throw raise(.valueError, "inner_size must be between 0 and is \(limit)") }
            p.key = try parameterBytes(a[2], limit, "key")
            p.fanout = fanout
            p.depth = depth
            p.leafSize = leafSize
            p.nodeOffset = offset
            p.nodeDepth = nodeDepth
            p.innerSize = inner
            let digest: any Digest = wide ? BLAKE2<UInt64>(p) : BLAKE2<UInt32>(p)
            let state = HashState(digest, name, blockSize: wide ? 128 : 64)
            if !a[0].isNull { try updateHash(state, a[0]) }
            return newHash(PyType(cls), state)
        }
    }
}
