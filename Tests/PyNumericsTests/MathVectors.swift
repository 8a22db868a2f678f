// The functions of `math` and `cmath` in vector files.

import PyNumerics

enum MathVectors {
    static func evaluate(_ name: Substring, _ a: [Substring]) -> String? {
        nil
    }
}
