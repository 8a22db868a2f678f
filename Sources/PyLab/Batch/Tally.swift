// What several threads report, by index.
import Foundation
import PySyntax

final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [Int: String] = [:]
    private var sourceErrors: [Int: SourceError] = [:]
    private var written: [Int: (header: [UInt8], count: Int)] = [:]

    func refuse(_ index: Int, _ text: String, _ error: SourceError? = nil) {
        lock.lock()
        texts[index] = text
        sourceErrors[index] = error
        lock.unlock()
    }

    /// - Parameters: header: a `.pyc` file's first 16 bytes; count: how many it has.
    func wrote(_ index: Int, header: [UInt8], count: Int) {
        lock.lock()
        written[index] = (header, count)
        lock.unlock()
    }

    var refusals: [Int: String] { locked { texts } }
    var errors: [Int: SourceError] { locked { sourceErrors } }
    var files: [Int: (header: [UInt8], count: Int)] { locked { written } }

    private func locked<T>(_ body: () -> T) -> T {
        lock.lock()
        defer { lock.unlock() }
        return body()
    }
}
