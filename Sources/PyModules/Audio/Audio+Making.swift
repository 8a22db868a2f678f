// `audioop`: fragments made from fragments, rates changed, codings of samples. CPython: Modules/audioop.c.
import PyRuntime

extension VM {
    /// A fragment of as many samples, each made from one.
    private func mapSamples(_ module: Value, _ a: UnsafeMutablePointer<Value>, _ body: (Samples, Int) -> Int) throws(Raised) -> Value {
        try withSamples(module, a) { (samples) throws(Raised) -> Value in
            var out = SampleWriter(width: samples.width, count: samples.count)
            for i in 0..<samples.count { out.append(body(samples, i)) }
            return try self.bytes(out.bytes)
        }
    }

    func defineMaking(_ m: ModuleBuilder) {
        m.defN("mul($module, fragment, width, factor, /)", "Return a fragment that has all samples in the original fragment multiplied by the floating-point value factor.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let factor = try vm.realDouble(a[2])
                return try vm.mapSamples(module, a) { Samples.fit(Double($0[$1]) * factor, $0.width) }
            }
        }
        m.defN("bias($module, fragment, width, bias, /)", "Return a fragment that is the original fragment with a bias added to each sample.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let bias = Int(try vm.cInt32(a[2]))
                return try vm.mapSamples(module, a) { $0[$1] + bias }
            }
        }
        m.defN("reverse($module, fragment, width, /)", "Reverse the samples in a fragment and returns the modified fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.mapSamples(module, a) { $0[$0.count - 1 - $1] } }
        }
        m.defN("byteswap($module, fragment, width, /)", "Convert big-endian samples to little-endian and vice versa.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var out: [UInt8] = []
                    out.reserveCapacity(samples.bytes.count)
                    for i in 0..<samples.count { out += samples.bytes[(i * samples.width)..<((i + 1) * samples.width)].reversed() }
                    return try vm.bytes(out)
                }
            }
        }
        m.defN("add($module, fragment1, fragment2, width, /)", "Return a fragment which is the addition of the two samples passed as parameters.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.addFragments(module, a) }
        }
        m.defN("lin2lin($module, fragment, width, newwidth, /)", "Convert samples between 1-, 2-, 3- and 4-byte formats.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var out = SampleWriter(width: try vm.sampleWidth(module, a[2]), count: samples.count)
                    for i in 0..<samples.count { out.append(wide: samples.wide(i)) }
                    return try vm.bytes(out.bytes)
                }
            }
        }
        m.defN("tomono($module, fragment, width, lfactor, rfactor, /)", "Convert a stereo fragment to a mono fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let left = try vm.realDouble(a[2]), right = try vm.realDouble(a[3])
                return try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    if samples.count % 2 != 0 { throw vm.audioError(module, "not a whole number of frames") }
                    var out = SampleWriter(width: samples.width, count: samples.count / 2)
                    for i in 0..<(samples.count / 2) {
                        out.append(Samples.fit(Double(samples[2 * i]) * left + Double(samples[2 * i + 1]) * right, samples.width))
                    }
                    return try vm.bytes(out.bytes)
                }
            }
        }
        m.defN("tostereo($module, fragment, width, lfactor, rfactor, /)", "Generate a stereo fragment from a mono fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                let left = try vm.realDouble(a[2]), right = try vm.realDouble(a[3])
                return try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var out = SampleWriter(width: samples.width, count: samples.count * 2)
                    for i in 0..<samples.count {
                        out.append(Samples.fit(Double(samples[i]) * left, samples.width))
                        out.append(Samples.fit(Double(samples[i]) * right, samples.width))
                    }
                    return try vm.bytes(out.bytes)
                }
            }
        }
        m.defN("ratecv($module, fragment, width, nchannels, inrate, outrate, state,\n       weightA=1, weightB=0, /)", "Convert the frame rate of the input fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.changeRate(module, a) }
        }
    }

    private func addFragments(_ module: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try withFragment(a[0]) { (first) throws(Raised) -> Value in
            try self.withFragment(a[1]) { (second) throws(Raised) -> Value in
                let width = try self.sampleWidth(module, a[2])
                if first.count % width != 0 { throw self.audioError(module, "not a whole number of frames") }
                if first.count != second.count { throw self.audioError(module, "Lengths should be the same") }
                let x = Samples(bytes: first, width: width), y = Samples(bytes: second, width: width)
                var out = SampleWriter(width: width, count: x.count)
                for i in 0..<x.count { out.append(min(max(x[i] + y[i], Samples.smallest(width)), Samples.largest(width))) }
                return try self.bytes(out.bytes)
            }
        }
    }

    // MARK: Rates

    private func changeRate(_ module: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        try withFragment(a[0]) { (bytes) throws(Raised) -> Value in
            let width = Int(try self.cInt32(a[1])), channels = Int(try self.cInt32(a[2]))
            var inRate = Int(try self.cInt32(a[3])), outRate = Int(try self.cInt32(a[4]))
            var weightA = a[6].isNull ? 1 : Int(try self.cInt32(a[6])), weightB = a[7].isNull ? 0 : Int(try self.cInt32(a[7]))
            _ = try self.sampleWidth(module, a[1])
            if channels < 1 { throw self.audioError(module, "# of channels should be >= 1") }
            if channels > Int(Int32.max) / width { throw self.raise(.overflowError, "width * nchannels too big for a C int") }
            if weightA < 1 || weightB < 0 { throw self.audioError(module, "weightA should be >= 1, weightB should be >= 0") }
            if bytes.count % (width * channels) != 0 { throw self.audioError(module, "not a whole number of frames") }
            if inRate <= 0 || outRate <= 0 { throw self.audioError(module, "sampling rate not > 0") }
            reduce(&inRate, &outRate)
            reduce(&weightA, &weightB)
            var state = try self.rateState(module, a[5], channels, outRate)
            let samples = Samples(bytes: bytes, width: width)
            var out = SampleWriter(width: width, count: 0)
            var at = 0
            while true {
                while state.phase < 0 {
                    if at == samples.count { return try self.rateResult(out.bytes, state) }
                    for channel in 0..<channels {
                        state.previous[channel] = state.current[channel]
                        // A simple digital filter.
                        let mixed = Double(weightA) * Double(samples.wide(at)) + Double(weightB) * Double(state.previous[channel])
                        state.current[channel] = Int(mixed / Double(weightA + weightB))
                        at += 1
                    }
                    state.phase += outRate
                }
                while state.phase >= 0 {
                    for channel in 0..<channels {
                        let sum = Double(state.previous[channel]) * Double(state.phase) + Double(state.current[channel]) * Double(outRate - state.phase)
                        out.append(wide: Int(sum / Double(outRate)))
                    }
                    state.phase -= inRate
                }
            }
        }
    }

    private func rateState(_ module: Value, _ given: Value, _ channels: Int, _ outRate: Int) throws(Raised) -> RateState {
        var state = RateState(
            phase: -outRate, previous: [Int](repeating: 0, count: channels), current: [Int](repeating: 0, count: channels))
        if given.isNone { return state }
        guard isTuple(given) else { throw raise(.typeError, "state must be a tuple or None") }
        let illegal = "ratecv(): illegal state argument"
        guard PyTuple(given).count == 2, isTuple(PyTuple(given)[1]) else { throw raise(.typeError, illegal) }
        state.phase = Int(try cInt32(PyTuple(given)[0]))
        let pairs = PyTuple(PyTuple(given)[1])
        if pairs.count != channels { throw audioError(module, "illegal state argument") }
        for i in 0..<channels {
            guard isTuple(pairs[i]), PyTuple(pairs[i]).count == 2 else { throw raise(.typeError, illegal) }
            state.previous[i] = Int(try cInt32(PyTuple(pairs[i])[0]))
            state.current[i] = Int(try cInt32(PyTuple(pairs[i])[1]))
        }
        return state
    }

    private func rateResult(_ bytes: [UInt8], _ state: RateState) throws(Raised) -> Value {
        let pairs = try newTuple(state.previous.count)
        for i in 0..<pairs.count { pairs[i] = tuple(int(state.previous[i]), int(state.current[i])) }
        return tuple(try self.bytes(bytes), tuple(int(state.phase), pairs.value))
    }

    // MARK: Codings

    /// One byte a sample.
    private func encodeSamples(_ module: Value, _ a: UnsafeMutablePointer<Value>, _ encode: (Int) -> UInt8) throws(Raised) -> Value {
        try withSamples(module, a) { (samples) throws(Raised) -> Value in
            try self.bytes((0..<samples.count).map { encode(samples.wide($0)) })
        }
    }

    /// Samples of 16 bits from one byte each.
    private func decodeSamples(_ module: Value, _ a: UnsafeMutablePointer<Value>, _ decode: (UInt8) -> Int) throws(Raised) -> Value {
        try withFragment(a[0]) { (bytes) throws(Raised) -> Value in
            var out = SampleWriter(width: try self.sampleWidth(module, a[1]), count: bytes.count)
            for byte in bytes { out.append(wide: decode(byte) << 16) }
            return try self.bytes(out.bytes)
        }
    }

    func defineCodings(_ m: ModuleBuilder) {
        m.defN("lin2ulaw($module, fragment, width, /)", "Convert samples in the audio fragment to u-LAW encoding.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.encodeSamples(module, a) { ULaw.encode($0 >> 18) } }
        }
        m.defN("ulaw2lin($module, fragment, width, /)", "Convert sound fragments in u-LAW encoding to linearly encoded sound fragments.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.decodeSamples(module, a, ULaw.decode) }
        }
        m.defN("lin2alaw($module, fragment, width, /)", "Convert samples in the audio fragment to a-LAW encoding.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.encodeSamples(module, a) { ALaw.encode($0 >> 19) } }
        }
        m.defN("alaw2lin($module, fragment, width, /)", "Convert sound fragments in a-LAW encoding to linearly encoded sound fragments.") { vm, module, a in
            vm.guarded { () throws(Raised) in try vm.decodeSamples(module, a, ALaw.decode) }
        }
        m.defN("lin2adpcm($module, fragment, width, state, /)", "Convert samples to 4 bit Intel/DVI ADPCM encoding.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var coder = try vm.adpcmState(a[2], "lin2adpcm")
                    var out: [UInt8] = []
                    var high: UInt8?
                    for i in 0..<samples.count {
                        let code = coder.encode(samples.wide(i) >> 16)
                        if let first = high { out.append(first << 4 | code) }
                        high = high == nil ? code : nil
                    }
                    return vm.tuple(try vm.bytes(out), vm.tuple(vm.int(coder.value), vm.int(coder.index)))
                }
            }
        }
        m.defN("adpcm2lin($module, fragment, width, state, /)", "Decode an Intel/DVI ADPCM coded fragment to a linear fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withFragment(a[0]) { (bytes) throws(Raised) -> Value in
                    var out = SampleWriter(width: try vm.sampleWidth(module, a[1]), count: bytes.count * 2)
                    var coder = try vm.adpcmState(a[2], "adpcm2lin")
                    for byte in bytes {
                        out.append(wide: coder.decode(byte >> 4) << 16)
                        out.append(wide: coder.decode(byte & 15) << 16)
                    }
                    return vm.tuple(try vm.bytes(out.bytes), vm.tuple(vm.int(coder.value), vm.int(coder.index)))
                }
            }
        }
    }

    private func adpcmState(_ given: Value, _ function: String) throws(Raised) -> ADPCM {
        if given.isNone { return ADPCM(value: 0, index: 0) }
        guard isTuple(given) else { throw raise(.typeError, "state must be a tuple or None") }
        guard PyTuple(given).count == 2 else { throw raise(.typeError, "\(function)(): illegal state argument") }
        let state = ADPCM(value: Int(try cInt32(PyTuple(given)[0])), index: Int(try cInt32(PyTuple(given)[1])))
        if !state.isValid { throw raise(.valueError, "bad state") }
        return state
    }
}

/// Between two calls of `ratecv`.
private struct RateState {
    var phase: Int
    /// The last two samples of each channel, 32 bits.
    var previous: [Int]
    var current: [Int]
}

/// Divides both by what they have in common.
private func reduce(_ a: inout Int, _ b: inout Int) {
    var x = a, y = b
    while y > 0 { (x, y) = (y, x % y) }
    a /= x
    b /= x
}
