// Every recorded vector gives what CPython gave.

import Foundation
import PyNumerics
import Testing

@Suite struct NumericsTests {
    /// `Tests/Golden/numerics.txt`, or the file named by TAIPAN_VECTORS.
    @Test func vectorsAgreeWithCPython() throws {
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden/numerics.txt").path
        let path = ProcessInfo.processInfo.environment["TAIPAN_VECTORS"] ?? golden
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var count = 0
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard let equals = parts.firstIndex(of: "=") else { continue }
            count += 1
            let expected = parts[(equals + 1)...].joined(separator: " ")
            let got = Vectors.evaluate(parts[0], Array(parts[1 ..< equals]))
            #expect(got == expected, "\(line.prefix(300))")
        }
        #expect(count > 1000)
    }

    @Test func divisionIdentityHoldsAtSizesAroundTheCutoffs() {
        var state: UInt64 = 88_172_645_463_325_252
        func random(_ limbs: Int) -> BigInt {
            let words = (0 ..< limbs).map { _ -> UInt64 in
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                // Runs of all ones and zeros provoke the rare corrections.
                return state % 5 == 0 ? .max : state % 7 == 0 ? 0 : state
            }
            return BigInt(isNegative: state & 1 == 0, magnitude: words)
        }
        for n in [1, 2, 3, 5, 31, 33, 59, 60, 61, 63, 90, 121, 200, 333, 800] {
            for m in [1, 2, 7, 30, 59, 60, 61, 64, 65, 120, 250, 700] {
                let a = random(n + m), b = random(n)
                guard let (q, r) = a.floorDivision(by: b) else { continue }
                #expect(q * b + r == a)
                #expect(r.absolute < b.absolute)
            }
        }
    }
}
