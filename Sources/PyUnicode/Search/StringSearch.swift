// Searching in Swift strings. The standard library's own `contains(_: String)` and `replacing` come with its regular
// expressions: a megabyte of code that a static executable would carry for them.

/// Whether `text` contains `part`, byte for byte. Cost: O(text x part), for messages and names.
public func contains(_ text: String, _ part: String) -> Bool {
    let bytes = Array(text.utf8), wanted = Array(part.utf8)
    var start = 0
    while start + wanted.count <= bytes.count {
        if bytes[start..<start + wanted.count].elementsEqual(wanted) { return true }
        start += 1
    }
    return false
}
