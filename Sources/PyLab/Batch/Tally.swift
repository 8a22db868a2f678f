// What several threads report, by index.
import Foundation

final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [Int: String] = [:]

    func refuse(_ index: Int, _ text: String) {
        lock.lock()
        texts[index] = text
        lock.unlock()
    }

    var refusals: [Int: String] {
        lock.lock()
        defer { lock.unlock() }
        return texts
    }
}
