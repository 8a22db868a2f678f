// Work on several threads with stacks big enough for the deepest sources CPython accepts.
import Foundation

enum LabThreads {
    static let stackSize = 256 << 20

    /// Calls `body` with each index below `count`, on `jobs` threads. Returns when all are done.
    static func forEach(_ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) -> Void) {
        if jobs <= 1 || count <= 1 {
            for index in 0..<count { body(index) }
            return
        }
        let counter = Counter(count)
        let group = DispatchGroup()
        for _ in 0..<min(jobs, count) {
            group.enter()
            let thread = Thread {
                while let index = counter.next() { body(index) }
                group.leave()
            }
            thread.stackSize = stackSize
            thread.start()
        }
        group.wait()
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var index = 0
        private let count: Int
        init(_ count: Int) { self.count = count }
        func next() -> Int? {
            lock.lock()
            defer { lock.unlock() }
            guard index < count else { return nil }
            index += 1
            return index - 1
        }
    }
}
