// `_md5 _sha1 _sha256 _sha512 _sha3`: the digests as types. CPython: Modules/md5module.c, sha1module.c, sha256module.c,
// sha512module.c, _sha3/sha3module.c. BLAKE2 is in Blake2Module.swift.
import PyRuntime

/// What a hash object owns.
final class HashState {
    var digest: any Digest
    let name: StaticString
    let blockSize: Int
    init(_ digest: any Digest, _ name: StaticString, blockSize: Int) {
        self.digest = digest
        self.name = name
        self.blockSize = blockSize
    }
}

struct HashLayout {
    var type: PyType
    var state: UnsafeMutableRawPointer?
}

private let digestDoc: StaticString = "Return the digest value as a bytes object."
private let hexDoc: StaticString = "Return the digest value as a string of hexadecimal digits."
private let copyDoc: StaticString = "Return a copy of the hash object."

extension VM {
    // MARK: Objects

    func hashState(_ object: Value) throws(Raised) -> HashState {
        guard let state = object.cast(HashLayout.self).pointee.state else { throw raise(.valueError, "uninitialized hash object") }
        return Unmanaged<HashState>.fromOpaque(state).takeUnretainedValue()
    }

    func newHash(_ type: PyType, _ state: HashState) -> Value {
        let object = newInstance(type)
        object.cast(HashLayout.self).pointee.state = Unmanaged.passRetained(state).toOpaque()
        noteNativeMemory(512)
        return object
    }

    func makeHashType(_ name: StaticString, module: StaticString, flags: TypeFlags) -> TypeBuilder {
        let t = makeType(name, module: module, size: 16, trace: .leaf, flags: flags)
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.slots.finalize = { _, v in
            let layout = v.cast(HashLayout.self)
            if let state = layout.pointee.state { Unmanaged<HashState>.fromOpaque(state).release() }
            layout.pointee.state = nil
        }
        return t
    }

    /// Feeds any bytes-like object.
    func updateHash(_ state: HashState, _ data: Value) throws(Raised) {
        if isStr(data) { throw raise(.typeError, "Strings must be encoded before hashing") }
        if type(of: data).slots.buffer == nil { throw raise(.typeError, "object supporting the buffer API required") }
        var view = try acquireBuffer(data)
        defer { releaseBuffer(&view) }
        if !view.strides.isNull { throw raise(.bufferError, "memoryview: underlying buffer is not C-contiguous") }
        state.digest.update(UnsafeRawBufferPointer(view.byteView))
    }

    func hexText(_ bytes: [UInt8]) -> Value {
        let digits: StaticString = "0123456789abcdef"
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits.utf8Start[Int(byte >> 4)])
            text.append(digits.utf8Start[Int(byte & 15)])
        }
        return str(utf8: text)
    }

    /// `copy`, `digest`, `hexdigest`, and the attributes.
    func defineHashMethods(_ t: TypeBuilder, isShake: Bool = false) {
        t.def0("copy($self, /)", copyDoc) { vm, v in
            vm.guarded { () throws(Raised) in
                let state = try vm.hashState(v)
                return vm.newHash(vm.type(of: v), HashState(state.digest, state.name, blockSize: state.blockSize))
            }
        }
        if !isShake {
            t.def0("digest($self, /)", digestDoc) { vm, v in
                vm.guarded { () throws(Raised) in try vm.bytes(vm.hashState(v).digest.digest()) }
            }
            t.def0("hexdigest($self, /)", hexDoc) { vm, v in
                vm.guarded { () throws(Raised) in vm.hexText(try vm.hashState(v).digest.digest()) }
            }
        }
        t.getset("block_size", get: { vm, v in vm.guarded { () throws(Raised) in vm.int(try vm.hashState(v).blockSize) } })
        t.getset("name", get: { vm, v in vm.guarded { () throws(Raised) in vm.str(try vm.hashState(v).name) } })
        t.getset("digest_size", get: { vm, v in vm.guarded { () throws(Raised) in vm.int(try vm.hashState(v).digest.digestSize) } })
    }

    // MARK: MD5, SHA-1, SHA-2

    @discardableResult private func simpleType(
        _ name: StaticString, _ module: StaticString, _ m: ModuleBuilder, as attribute: StaticString?
    ) -> Value {
        let t = makeHashType(name, module: module, flags: .disallowInstantiation)
        defineHashMethods(t)
        t.def1("update($self, obj, /)", "Update this hash object's state with the provided string.") { vm, v, data in
            vm.guarded { () throws(Raised) in
                try vm.updateHash(try vm.hashState(v), data)
                return .none
            }
        }
        readyType(t.type)
        if let attribute { m.attribute(attribute, t.type.value) }
        return t.type.value
    }

    private func simpleHash(
        _ module: Value, _ attribute: StaticString, _ name: StaticString, _ a: UnsafeMutablePointer<Value>, blockSize: Int,
        _ digest: any Digest
    ) throws(Raised) -> Value {
        try simpleHash(getAttr(module, attribute), name, a, blockSize: blockSize, digest)
    }

    private func simpleHash(
        _ type: Value, _ name: StaticString, _ a: UnsafeMutablePointer<Value>, blockSize: Int, _ digest: any Digest
    ) throws(Raised) -> Value {
        if !a[1].isNull { _ = try isTrue(a[1]) }
        let state = HashState(digest, name, blockSize: blockSize)
        if !a[0].isNull { try updateHash(state, a[0]) }
        return newHash(PyType(type), state)
    }

    public func registerHashes() {
        registerModule("_md5") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.simpleType("md5", "_md5", m, as: "MD5Type")
            m.defN("md5($module, /, string=b'', *, usedforsecurity=True)", "Return a new MD5 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(module, "MD5Type", "md5", a, blockSize: 64, MD5()) }
            }
            return 0
        }
        registerModule("_sha1") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.simpleType("sha1", "_sha1", m, as: "SHA1Type")
            m.defN("sha1($module, /, string=b'', *, usedforsecurity=True)", "Return a new SHA1 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(module, "SHA1Type", "sha1", a, blockSize: 64, SHA1()) }
            }
            return 0
        }
        registerModule("_sha256") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.simpleType("sha224", "_sha256", m, as: "SHA224Type")
            vm.simpleType("sha256", "_sha256", m, as: "SHA256Type")
            m.defN("sha224($module, /, string=b'', *, usedforsecurity=True)", "Return a new SHA-224 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(module, "SHA224Type", "sha224", a, blockSize: 64, SHA256(short: ())) }
            }
            m.defN("sha256($module, /, string=b'', *, usedforsecurity=True)", "Return a new SHA-256 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(module, "SHA256Type", "sha256", a, blockSize: 64, SHA256()) }
            }
            return 0
        }
        registerModule("_sha512") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            // CPython gives the second type the name of the first, too.
            let short = vm.simpleType("sha384", "_sha512", m, as: nil)
            let long = vm.simpleType("sha512", "_sha512", m, as: "SHA384Type")
            module.cast(ModuleLayout.self).pointee.state = vm.tuple(short, long)
            m.defN("sha384($module, /, string=b'', *, usedforsecurity=True)", "Return a new SHA-384 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(PyTuple(module.cast(ModuleLayout.self).pointee.state)[0], "sha384", a, blockSize: 128, SHA512(short: ())) }
            }
            m.defN("sha512($module, /, string=b'', *, usedforsecurity=True)", "Return a new SHA-512 hash object; optionally initialized with a string.") { vm, module, a in
                vm.guarded { () throws(Raised) in try vm.simpleHash(PyTuple(module.cast(ModuleLayout.self).pointee.state)[1], "sha512", a, blockSize: 128, SHA512()) }
            }
            return 0
        }
        registerSHA3()
        registerBlake2()
    }

    // MARK: SHA-3

    private func registerSHA3() {
        registerModule("_sha3") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            vm.sha3Type(m, "sha3_224", "sha3_224([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 28 bytes.") { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(digestSize: 28), "sha3_224")
            }
            vm.sha3Type(m, "sha3_256", "sha3_256([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 32 bytes.") { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(digestSize: 32), "sha3_256")
            }
            vm.sha3Type(m, "sha3_384", "sha3_384([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 48 bytes.") { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(digestSize: 48), "sha3_384")
            }
            vm.sha3Type(m, "sha3_512", "sha3_512([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of 64 bytes.") { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(digestSize: 64), "sha3_512")
            }
            vm.sha3Type(m, "shake_128", "shake_128([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash object.", isShake: true) { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(shake: 128), "shake_128")
            }
            vm.sha3Type(m, "shake_256", "shake_256([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash object.", isShake: true) { vm, cls, a in
                vm.newSHA3(cls, a, SHA3(shake: 256), "shake_256")
            }
            m.attribute("keccakopt", vm.int(64))
            m.attribute("implementation", vm.str("generic 64-bit implementation in Swift" as StaticString))
            return 0
        }
    }

    private func newSHA3(_ cls: Value, _ a: UnsafeMutablePointer<Value>, _ digest: SHA3, _ name: StaticString) -> Value {
        guarded { () throws(Raised) in
            if !a[1].isNull { _ = try isTrue(a[1]) }
            let state = HashState(digest, name, blockSize: digest.rate)
            if !a[0].isNull { try updateHash(state, a[0]) }
            return newHash(PyType(cls), state)
        }
    }

    private func sha3Type(_ m: ModuleBuilder, _ name: StaticString, _ doc: StaticString, isShake: Bool = false, _ new: NativeBound) {
        let t = makeHashType(name, module: "_sha3", flags: [])
        t.doc(doc)
        // One constructor in CPython, too.
        t.new("(data=b'', /, *, usedforsecurity=True)", called: "sha3_224", new)
        defineHashMethods(t, isShake: isShake)
        t.def1("update($self, data, /)", "Update this hash object's state with the provided bytes-like object.") { vm, v, data in
            vm.guarded { () throws(Raised) in
                try vm.updateHash(try vm.hashState(v), data)
                return .none
            }
        }
        if isShake {
            t.defN("digest($self, length, /)", digestDoc) { vm, v, a in
                vm.guarded { () throws(Raised) in try vm.bytes(vm.shakeOutput(v, a[0])) }
            }
            t.defN("hexdigest($self, length, /)", hexDoc) { vm, v, a in
                vm.guarded { () throws(Raised) in vm.hexText(try vm.shakeOutput(v, a[0])) }
            }
        }
        t.getset("_capacity_bits", get: { vm, v in vm.guarded { () throws(Raised) in vm.int(1600 - (try vm.hashState(v)).blockSize * 8) } })
        t.getset("_rate_bits", get: { vm, v in vm.guarded { () throws(Raised) in vm.int((try vm.hashState(v)).blockSize * 8) } })
        t.getset("_suffix", get: { vm, v in
            vm.guarded { () throws(Raised) in
                let state = try vm.hashState(v)
                return try vm.bytes([state.digest.digestSize == 0 ? 0x1F : 0x06])
            }
        })
        readyType(t.type)
        m.attribute(name, t.type.value)
    }

    private func shakeOutput(_ object: Value, _ length: Value) throws(Raised) -> [UInt8] {
        var fits = false
        let count = clampedInt(try index(length), &fits)
        if count < 0 { throw raise(.valueError, "value must be positive") }
        if !fits { throw raise(.overflowError, "Python int too large to convert to C unsigned long") }
        if count >= 1 << 29 { throw raise(.valueError, "length is too large") }
        guard let sponge = try hashState(object).digest as? SHA3 else { return [] }
        return sponge.digest(count: count)
    }
}
