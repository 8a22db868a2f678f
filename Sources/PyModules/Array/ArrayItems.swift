// What an array's type code means: item sizes, bytes to values and back, machine format codes. CPython: Modules/arraymodule.c.
import PyNumerics
import PyRuntime

struct ArrayLayout {
    var type: PyType
    /// A byte buffer cell, NULL while nothing was put in.
    var buffer: Value
    // Not values:
    var count: Int
    /// Items.
    var capacity: Int
    var exports: Int
    var itemSize: Int
    var code: UInt8
}

struct PyArray {
    let ref: UnsafeMutablePointer<ArrayLayout>
    /// - Precondition: an array or an instance of a subclass.
    init(_ value: Value) { ref = value.cast(ArrayLayout.self) }
    var value: Value { Value(ref) }
    var count: Int { ref.pointee.count }
    var itemSize: Int { ref.pointee.itemSize }
    var byteCount: Int { ref.pointee.count * ref.pointee.itemSize }
    var code: UInt8 { ref.pointee.code }
    var isText: Bool { code == UInt8(ascii: "u") }

    /// - Precondition: there is a buffer.
    var bytes: UnsafeMutableRawPointer { ref.pointee.buffer.pointer + 16 }
    func address(_ i: Int) -> UnsafeMutableRawPointer { bytes + i * itemSize }

    var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: ref.pointee.buffer.isNull ? nil : UnsafeRawPointer(bytes), count: byteCount) }

    static let codes: StaticString = "bBuhHiIlLqQfd"

    /// Bytes of an item, nil for letters that are no type code.
    static func size(of code: UInt8) -> Int? {
        switch code {
        case UInt8(ascii: "b"), UInt8(ascii: "B"): 1
        case UInt8(ascii: "h"), UInt8(ascii: "H"): 2
        case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"), UInt8(ascii: "u"): 4
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "d"): 8
        default: nil
        }
    }
}

extension VM {
    // MARK: Size

    /// - Throws: BufferError while a live memoryview looks at the array.
    func checkExports(_ array: PyArray) throws(Raised) {
        if array.ref.pointee.exports == 0 { return }
        // Views that nobody holds any more give up their exports at a collection only.
        collectGarbage()
        if array.ref.pointee.exports > 0 { throw raise(.bufferError, "cannot resize an array that is exporting buffers") }
    }

    /// Makes the array `count` items long; new ones are not cleared. May collect.
    func resize(_ array: PyArray, _ count: Int) throws(Raised) {
        if count == array.count { return }
        try checkExports(array)
        if count > array.ref.pointee.capacity || count < array.ref.pointee.capacity / 2 {
            if count == 0 {
                array.ref.pointee.buffer = .null
                array.ref.pointee.capacity = 0
                array.ref.pointee.count = 0
                return
            }
            let capacity = array.count == 0 ? count : count &+ count >> 4 &+ (count < 8 ? 3 : 7)
            let (bytes, overflow) = capacity.multipliedReportingOverflow(by: array.itemSize)
            if overflow || capacity < count { throw raiseMemoryError() }
            let buffer = try newByteBuffer(bytes)
            let kept = min(count, array.count) * array.itemSize
            if kept > 0 { (buffer.pointer + 16).copyMemory(from: array.bytes, byteCount: kept) }
            array.ref.pointee.buffer = buffer
            array.ref.pointee.capacity = capacity
        }
        array.ref.pointee.count = count
    }

    /// Replaces items start..<end by room for `count` items. May collect.
    func makeRoom(_ array: PyArray, _ start: Int, _ end: Int, _ count: Int) throws(Raised) {
        let old = array.count
        let change = count - (end - start)
        if change == 0 { return }
        if change > 0 {
            try resize(array, old + change)
            array.address(end + change).copyMemory(from: array.address(end), byteCount: (old - end) * array.itemSize)
        } else {
            try checkExports(array)
            array.address(end + change).copyMemory(from: array.address(end), byteCount: (old - end) * array.itemSize)
            try resize(array, old + change)
        }
    }

    // MARK: Items

    /// - Precondition: 0 <= i < count.
    func arrayItem(_ array: PyArray, _ i: Int) throws(Raised) -> Value {
        let p = UnsafeRawPointer(array.address(i))
        switch array.code {
        case UInt8(ascii: "b"): return Value(small: Int(p.loadUnaligned(as: Int8.self)))
        case UInt8(ascii: "B"): return Value(small: Int(p.loadUnaligned(as: UInt8.self)))
        case UInt8(ascii: "h"): return Value(small: Int(p.loadUnaligned(as: Int16.self)))
        case UInt8(ascii: "H"): return Value(small: Int(p.loadUnaligned(as: UInt16.self)))
        case UInt8(ascii: "i"): return Value(small: Int(p.loadUnaligned(as: Int32.self)))
        case UInt8(ascii: "I"): return Value(small: Int(p.loadUnaligned(as: UInt32.self)))
        case UInt8(ascii: "l"), UInt8(ascii: "q"): return int(Int(p.loadUnaligned(as: Int64.self)))
        case UInt8(ascii: "L"), UInt8(ascii: "Q"): return int(unsigned: p.loadUnaligned(as: UInt64.self))
        case UInt8(ascii: "f"): return Value(foreign: Double(p.loadUnaligned(as: Float.self)))
        case UInt8(ascii: "d"): return Value(foreign: p.loadUnaligned(as: Double.self))
        default: return try arrayCharacter(p.loadUnaligned(as: UInt32.self))
        }
    }

    private func arrayCharacter(_ c: UInt32) throws(Raised) -> Value {
        if c > 0x10FFFF { throw raise(.valueError, "character U+\(String(c, radix: 16)) is not in range [U+0000; U+10ffff]") }
        return str(codePoint: c)
    }

    /// The eight (or fewer) low bytes of an item, checked as its type code asks.
    func arrayBits(_ code: UInt8, _ value: Value) throws(Raised) -> UInt64 {
        switch code {
        case UInt8(ascii: "b"): return try signedBits(value, -128, 127, "signed char")
        case UInt8(ascii: "B"): return try signedBits(value, 0, 255, "unsigned byte integer")
        case UInt8(ascii: "h"): return try signedBits(value, -32768, 32767, "signed short integer")
        case UInt8(ascii: "H"): return try signedBits(value, 0, 65535, "unsigned short")
        case UInt8(ascii: "i"): return try signedBits(value, Int(Int32.min), Int(Int32.max), "signed integer")
        case UInt8(ascii: "l"): return try signedBits(value, .min, .max, "")
        case UInt8(ascii: "q"):
            let number = try index(value)
            guard let n = machineInt(number) else { throw raise(.overflowError, "int too big to convert") }
            return UInt64(bitPattern: Int64(n))
        case UInt8(ascii: "I"), UInt8(ascii: "L"):
            let number = try index(value)
            if isNegativeInt(number) { throw raise(.overflowError, "can't convert negative value to unsigned int") }
            guard let n = bigInt(number).asUInt64 else { throw raise(.overflowError, "Python int too large to convert to C unsigned long") }
            if code == UInt8(ascii: "I") && n > UInt64(UInt32.max) { throw raise(.overflowError, "unsigned int is greater than maximum") }
            return n
        case UInt8(ascii: "Q"):
            let number = try index(value)
            if isNegativeInt(number) { throw raise(.overflowError, "can't convert negative int to unsigned") }
            guard let n = bigInt(number).asUInt64 else { throw raise(.overflowError, "int too big to convert") }
            return n
        case UInt8(ascii: "f"): return UInt64(Float(try realDouble(value)).bitPattern)
        case UInt8(ascii: "d"): return try realDouble(value).bitPattern
        default:
            guard isStr(value), PyStr(value).count == 1 else { throw raise(.typeError, "array item must be unicode character") }
            return UInt64(PyStr(value)[0])
        }
    }

    private func signedBits(_ value: Value, _ low: Int, _ high: Int, _ name: StaticString) throws(Raised) -> UInt64 {
        let number = try index(value)
        guard let n = machineInt(number) else { throw raise(.overflowError, "Python int too large to convert to C long") }
        // 'b' goes through a C short, 'H' through an int: those complain first.
        if high == 127 && n != Int(Int16(truncatingIfNeeded: n)) {
            throw raise(.overflowError, "signed short integer is \(n < 0 ? "less than minimum" : "greater than maximum")")
        }
        if high == 65535 && n != Int(Int32(truncatingIfNeeded: n)) {
            throw raise(.overflowError, "signed integer is \(n < 0 ? "less than minimum" : "greater than maximum")")
        }
        if n < low { throw raise(.overflowError, "\(name) is less than minimum") }
        if n > high { throw raise(.overflowError, "\(name) is greater than maximum") }
        return UInt64(bitPattern: Int64(n))
    }

    /// Checks `value` first: Python code may shrink the array meanwhile, so the index is looked at again.
    func setArrayItem(_ array: PyArray, _ i: Int, _ value: Value) throws(Raised) {
        let bits = try arrayBits(array.code, value)
        if i >= array.count { throw raise(.indexError, "array assignment index out of range") }
        storeBits(bits, array.itemSize, array.address(i))
    }

    func storeBits(_ bits: UInt64, _ size: Int, _ p: UnsafeMutableRawPointer) {
        switch size {
        case 1: p.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
        case 2: p.storeBytes(of: UInt16(truncatingIfNeeded: bits), as: UInt16.self)
        case 4: p.storeBytes(of: UInt32(truncatingIfNeeded: bits), as: UInt32.self)
        default: p.storeBytes(of: bits, as: UInt64.self)
        }
    }

    func appendArrayItem(_ array: PyArray, _ value: Value) throws(Raised) {
        let bits = try arrayBits(array.code, value)
        let count = array.count
        try resize(array, count + 1)
        storeBits(bits, array.itemSize, array.address(count))
    }

    // MARK: Machine formats of pickles

    /// The number under which `_array_reconstructor` knows the items' bytes on this (little- or big-endian) machine.
    func machineFormat(_ code: UInt8) -> Int {
        let big = 1.bigEndian == 1 ? 1 : 0
        switch code {
        case UInt8(ascii: "B"): return 0
        case UInt8(ascii: "b"): return 1
        case UInt8(ascii: "H"): return 2 + big
        case UInt8(ascii: "h"): return 4 + big
        case UInt8(ascii: "I"): return 6 + big
        case UInt8(ascii: "i"): return 8 + big
        case UInt8(ascii: "L"), UInt8(ascii: "Q"): return 10 + big
        case UInt8(ascii: "l"), UInt8(ascii: "q"): return 12 + big
        case UInt8(ascii: "f"): return 14 + big
        case UInt8(ascii: "d"): return 16 + big
        default: return 20 + big
        }
    }

    /// The first type code whose items have the size and sign of an integer format; nil for other formats.
    func nativeCode(_ format: Int) -> UInt8? {
        switch format {
        case 0: UInt8(ascii: "B")
        case 1: UInt8(ascii: "b")
        case 2, 3: UInt8(ascii: "H")
        case 4, 5: UInt8(ascii: "h")
        case 6, 7: UInt8(ascii: "I")
        case 8, 9: UInt8(ascii: "i")
        case 10, 11: UInt8(ascii: "L")
        case 12, 13: UInt8(ascii: "l")
        default: nil
        }
    }

    /// The items of `bytes` in machine format `format` as values. - Precondition: 0 <= format <= 21.
    func decodeMachineItems(_ bytes: UnsafeRawBufferPointer, _ format: Int) throws(Raised) -> Value {
        if format >= 18 {
            return try call(getAttr(makeBytes(bytes), "decode"), str(format >= 20 ? (format == 20 ? "utf-32-le" : "utf-32-be") : (format == 18 ? "utf-16-le" : "utf-16-be")))
        }
        let size = format < 2 ? 1 : format < 6 ? 2 : format < 10 ? 4 : format < 14 ? 8 : format < 16 ? 4 : 8
        if bytes.count % size != 0 { throw raise(.valueError, "bytes length not a multiple of item size") }
        let isBig = format >= 2 && format & 1 == 1
        let list = try newList()
        var at = 0
        while at < bytes.count {
            var bits: UInt64 = 0
            for i in 0..<size { bits |= UInt64(bytes[at + (isBig ? size - 1 - i : i)]) << UInt64(i * 8) }
            at += size
            let item: Value
            if format >= 16 {
                item = Value(foreign: Double(bitPattern: bits))
            } else if format >= 14 {
                item = Value(foreign: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
            } else {
                // Formats come in unsigned, signed pairs of two (byte orders), after the two of one byte.
                let isSigned = format == 1 || (format >= 2 && (format - 2) / 2 % 2 == 1)
                let shift = UInt64(64 - size * 8)
                item = isSigned ? int(Int(Int64(bitPattern: bits << shift) >> Int64(shift))) : int(unsigned: bits)
            }
            try list.append(self, item)
        }
        return list.value
    }

    func makeBytes(_ bytes: UnsafeRawBufferPointer) throws(Raised) -> Value {
        try self.bytes(bytes.bindMemory(to: UInt8.self))
    }
}
