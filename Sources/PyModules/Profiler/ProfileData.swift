// What a profiler counts: calls, their time with and without what they called, and the same for each pair of caller and
// called. No object is known here: a function is a number. CPython: Modules/_lsprof.c (Initialize, Stop).

/// Counts of one function, or of one function as called by another.
struct CallCount {
    var calls = 0
    /// Of them while another of it was running: their time is not added to `total` a second time.
    var recursive = 0
    var total: Int64 = 0
    var inline: Int64 = 0
    /// How many are running.
    var level = 0

    mutating func add(total t: Int64, inline i: Int64) {
        level -= 1
        if level == 0 { total += t } else { recursive += 1 }
        inline += i
        calls += 1
    }
}

struct ProfiledFunction {
    var count = CallCount()
    /// By the index of what it called, in the order of their first calls.
    var called: [(index: Int, count: CallCount)] = []

    func place(of index: Int) -> Int? { called.firstIndex { $0.index == index } }
}

/// The state of one profiler.
final class ProfileData {
    private struct Running {
        var function: Int
        var start: Int64
        /// Time spent in what it called.
        var inner: Int64 = 0
    }

    private(set) var functions: [ProfiledFunction] = []
    private var indices: [UInt: Int] = [:]
    private var running: [Running] = []
    var countsCalled = false
    var countsNative = false
    var isEnabled = false
    /// Seconds that a tick of the timer lasts; 0: the timer answers in seconds.
    var unit = 0.0

    /// The number of the function that `key` stands for. - Returns: whether it is new, too.
    func index(of key: UInt) -> (index: Int, isNew: Bool) {
        if let known = indices[key] { return (known, false) }
        functions.append(ProfiledFunction())
        indices[key] = functions.count - 1
        return (functions.count - 1, true)
    }

    func knownIndex(of key: UInt) -> Int? { indices[key] }

    func enter(_ index: Int, at time: Int64) {
        functions[index].count.level += 1
        if countsCalled, let caller = running.last?.function {
            if let place = functions[caller].place(of: index) {
                functions[caller].called[place].count.level += 1
            } else {
                var count = CallCount()
                count.level = 1
                functions[caller].called.append((index, count))
            }
        }
        running.append(Running(function: index, start: time))
    }

    /// A function ended: the innermost that runs. nil: one that was not seen to begin.
    func leave(_ index: Int?, at time: Int64) {
        guard let last = running.popLast(), let index else { return }
        let total = time - last.start, inline = total - last.inner
        if !running.isEmpty { running[running.count - 1].inner += total }
        functions[index].count.add(total: total, inline: inline)
        if countsCalled, let caller = running.last?.function, let place = functions[caller].place(of: index) {
            functions[caller].called[place].count.add(total: total, inline: inline)
        }
    }

    /// Everything that still runs ends now.
    func leaveAll(at time: () -> Int64) {
        while let last = running.last { leave(last.function, at: time()) }
    }

    func clear() {
        functions = []
        indices = [:]
        running = []
    }
}
