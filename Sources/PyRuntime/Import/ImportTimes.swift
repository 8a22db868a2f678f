// `-X importtime`: what each import took, itself and with what it imported. CPython: `import_find_and_load` in Python/import.c.
import PyPlatform

/// What imports have taken so far.
final class ImportTimes {
    var level = 0
    /// Nanoseconds of the imports that were done inside the running one.
    var inner: Int64 = 0
    var hasHeader = false
}

extension VM {
    /// Runs an import; under `-X importtime` a line about it goes to the standard error.
    func timingImport(_ name: Value, _ body: () throws(Raised) -> Value) throws(Raised) -> Value {
        guard let times = services.table["ImportTimes"] as? ImportTimes else { return try body() }
        let outer = times.inner
        let start = Clock.monotonic.now
        times.level += 1
        times.inner = 0
        defer {
            let total = Clock.monotonic.now - start
            times.level -= 1
            var text = times.hasHeader ? "" : "import time: self [us] | cumulative | imported package\n"
            times.hasHeader = true
            let blanks = String(repeating: " ", count: times.level * 2)
            text += "import time: \(column(total - times.inner, 9)) | \(column(total, 10)) | \(blanks)\(PyStr(name).string)\n"
            try? writeAll(2, Array(text.utf8))
            times.inner = outer + total
        }
        return try body()
    }

    /// Microseconds, rounded up, right-aligned.
    private func column(_ nanoseconds: Int64, _ width: Int) -> String {
        let text = String((nanoseconds + 999) / 1000)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
