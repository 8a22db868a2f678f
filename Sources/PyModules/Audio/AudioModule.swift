// `audioop`: the functions that measure and search fragments, and the module. Those that make fragments are in
// Audio+Making.swift. CPython: Modules/audioop.c.
import PyRuntime

extension VM {
    public func registerAudio() {
        registerModule("audioop") { vm, module in
            vm.guardedStatus { () throws(Raised) in
                let m = ModuleBuilder(vm, module: module)
                m.attribute("__doc__", .none)
                let error = try vm.newExceptionClass("error", module: "audioop")
                m.attribute("error", error)
                module.cast(ModuleLayout.self).pointee.state = error
                vm.defineMeasures(m)
                vm.defineSearches(m)
                vm.defineMaking(m)
                vm.defineCodings(m)
            }
        }
    }

    // MARK: Arguments

    /// `audioop.error`.
    func audioError(_ module: Value, _ message: String) -> Raised {
        raise(PyType(module.cast(ModuleLayout.self).pointee.state), argsTuple: tuple(str(message)))
    }

    func sampleWidth(_ module: Value, _ value: Value) throws(Raised) -> Int {
        let width = Int(try cInt32(value))
        if width < 1 || width > 4 { throw audioError(module, "Size should be 1, 2, 3 or 4") }
        return width
    }

    /// Lends the bytes of a fragment.
    func withFragment<T>(_ value: Value, _ body: (UnsafeBufferPointer<UInt8>) throws(Raised) -> T) throws(Raised) -> T {
        var buffer = try acquireBuffer(value)
        defer { releaseBuffer(&buffer) }
        return try body(buffer.byteView)
    }

    /// The samples of `a[0]`, of the width that `a[1]` says.
    func withSamples<T>(_ module: Value, _ a: UnsafeMutablePointer<Value>, _ body: (Samples) throws(Raised) -> T) throws(Raised) -> T {
        try withFragment(a[0]) { (bytes) throws(Raised) -> T in
            let width = try self.sampleWidth(module, a[1])
            if bytes.count % width != 0 { throw self.audioError(module, "not a whole number of frames") }
            return try body(Samples(bytes: bytes, width: width))
        }
    }

    // MARK: Measuring

    private func defineMeasures(_ m: ModuleBuilder) {
        m.defN("getsample($module, fragment, width, index, /)", "Return the value of sample index from the fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    let index = try vm.cSize(a[2])
                    if index < 0 || index >= samples.count { throw vm.audioError(module, "Index out of range") }
                    return vm.int(samples[index])
                }
            }
        }
        m.defN("max($module, fragment, width, /)", "Return the maximum of the absolute value of all samples in a fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (s) throws(Raised) -> Value in vm.int((0..<s.count).reduce(0) { max($0, abs(s[$1])) }) }
            }
        }
        m.defN("minmax($module, fragment, width, /)", "Return the minimum and maximum values of all samples in the sound fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (s) throws(Raised) -> Value in
                    var low = Int(Int32.max), high = Int(Int32.min)
                    for i in 0..<s.count {
                        low = min(low, s[i])
                        high = max(high, s[i])
                    }
                    return vm.tuple(vm.int(low), vm.int(high))
                }
            }
        }
        m.defN("avg($module, fragment, width, /)", "Return the average over all samples in the fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (s) throws(Raised) -> Value in
                    if s.count == 0 { return Value(small: 0) }
                    var sum = 0.0
                    for i in 0..<s.count { sum += Double(s[i]) }
                    return vm.int(Int((sum / Double(s.count)).rounded(.down)))
                }
            }
        }
        m.defN("rms($module, fragment, width, /)", "Return the root-mean-square of the fragment, i.e. sqrt(sum(S_i^2)/n).") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (s) throws(Raised) -> Value in
                    if s.count == 0 { return Value(small: 0) }
                    var sum = 0.0
                    for i in 0..<s.count { sum += Double(s[i]) * Double(s[i]) }
                    return vm.int(Int((sum / Double(s.count)).squareRoot()))
                }
            }
        }
        m.defN("avgpp($module, fragment, width, /)", "Return the average peak-peak value over all samples in the fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var sum = 0.0, count = 0
                    peaks(samples) { difference in
                        sum += Double(difference)
                        count += 1
                    }
                    return vm.int(count == 0 ? 0 : Int(sum / Double(count)))
                }
            }
        }
        m.defN("maxpp($module, fragment, width, /)", "Return the maximum peak-peak value in the sound fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (samples) throws(Raised) -> Value in
                    var most = 0
                    peaks(samples) { most = max(most, $0) }
                    return vm.int(most)
                }
            }
        }
        m.defN("cross($module, fragment, width, /)", "Return the number of zero crossings in the fragment passed as an argument.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withSamples(module, a) { (s) throws(Raised) -> Value in
                    var count = -1
                    for i in 0..<s.count where i == 0 || (s[i] < 0) != (s[i - 1] < 0) { count += 1 }
                    return vm.int(count)
                }
            }
        }
    }

    // MARK: Searching: fragments of two bytes a sample

    private func evenSamples(_ module: Value, _ bytes: UnsafeBufferPointer<UInt8>) throws(Raised) -> Samples {
        if bytes.count % 2 != 0 { throw audioError(module, "Strings should be even-sized") }
        return Samples(bytes: bytes, width: 2)
    }

    private func withTwo(
        _ module: Value, _ a: UnsafeMutablePointer<Value>, _ body: (Samples, Samples) throws(Raised) -> Value
    ) throws(Raised) -> Value {
        try withFragment(a[0]) { (first) throws(Raised) -> Value in
            try self.withFragment(a[1]) { (second) throws(Raised) -> Value in
                try body(try self.evenSamples(module, first), try self.evenSamples(module, second))
            }
        }
    }

    private func defineSearches(_ m: ModuleBuilder) {
        m.defN("findfit($module, fragment, reference, /)", "Try to match reference as well as possible to a portion of fragment.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withTwo(module, a) { (fragment, reference) throws(Raised) -> Value in
                    if fragment.count < reference.count { throw vm.audioError(module, "First sample should be longer") }
                    let (place, factor) = bestFit(fragment, reference)
                    return vm.tuple(vm.int(place), Value(foreign: factor))
                }
            }
        }
        m.defN("findfactor($module, fragment, reference, /)", "Return a factor F such that rms(add(fragment, mul(reference, -F))) is minimal.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withTwo(module, a) { (fragment, reference) throws(Raised) -> Value in
                    if fragment.count != reference.count { throw vm.audioError(module, "Samples should be same size") }
                    return Value(foreign: product(fragment, 0, reference, 0, reference.count) / product(reference, 0, reference, 0, reference.count))
                }
            }
        }
        m.defN("findmax($module, fragment, length, /)", "Search fragment for a slice of specified number of samples with maximum energy.") { vm, module, a in
            vm.guarded { () throws(Raised) in
                try vm.withFragment(a[0]) { (bytes) throws(Raised) -> Value in
                    let length = try vm.cSize(a[1])
                    let samples = try vm.evenSamples(module, bytes)
                    if length < 0 || samples.count < length { throw vm.audioError(module, "Input sample should be longer") }
                    var energy = product(samples, 0, samples, 0, length)
                    var best = energy, place = 0
                    var i = 1
                    while i <= samples.count - length && length > 0 {
                        let gone = Double(samples[i - 1]), come = Double(samples[i + length - 1])
                        energy += come * come - gone * gone
                        if energy > best { (best, place) = (energy, i) }
                        i += 1
                    }
                    return vm.int(place)
                }
            }
        }
    }
}

/// Calls `body` with the difference of each two extremes that follow each other.
private func peaks(_ samples: Samples, _ body: (Int) -> Void) {
    if samples.count == 0 { return }
    var previous = samples[0]
    var fell: Bool?
    var extreme: Int?
    for i in 0..<samples.count {
        let sample = samples[i]
        if sample == previous { continue }
        let falls = sample < previous
        if fell == !falls {
            if let extreme { body(abs(previous - extreme)) }
            extreme = previous
        }
        previous = sample
        fell = falls
    }
}

/// The sum of the products of `count` samples.
private func product(_ a: Samples, _ i: Int, _ b: Samples, _ j: Int, _ count: Int) -> Double {
    var sum = 0.0
    for k in 0..<count { sum += Double(a[i + k]) * Double(b[j + k]) }
    return sum
}

/// Where `reference`, times the factor that goes with it, differs least from `fragment`.
private func bestFit(_ fragment: Samples, _ reference: Samples) -> (place: Int, factor: Double) {
    let count = reference.count
    let own = product(reference, 0, reference, 0, count)
    var energy = product(fragment, 0, fragment, 0, count)
    func misfit(_ i: Int) -> Double {
        let common = product(fragment, i, reference, 0, count)
        return (own * energy - common * common) / energy
    }
    var best = misfit(0), place = 0
    var i = 1
    while i <= fragment.count - count && count > 0 {
        let gone = Double(fragment[i - 1]), come = Double(fragment[i + count - 1])
        energy += come * come - gone * gone
        let result = misfit(i)
        if result < best { (best, place) = (result, i) }
        i += 1
    }
    return (place, product(fragment, place, reference, 0, count) / own)
}
