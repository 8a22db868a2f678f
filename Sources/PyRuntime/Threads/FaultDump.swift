// Tracebacks of threads, innermost call first, straight to a descriptor: what `faulthandler` writes. It reads the frame
// records without the interpreter lock and without running Python. CPython: `_Py_DumpTracebackThreads` in Python/traceback.c.
import PyPlatform

extension VM {
    /// The thread whose native stack this is, nil if it is none of ours.
    private func callingThread() -> UnsafeMutablePointer<ThreadState>? {
        let ident = currentThreadIdent()
        var next = state.pointee.threads
        while let t = next {
            if t.pointee.threadID == ident { return t }
            next = t.pointee.next
        }
        return nil
    }

    /// The traceback of the calling thread or of all of them.
    public func faultText(allThreads: Bool) -> [UInt8] {
        var out: [UInt8] = []
        let own = callingThread()
        if !allThreads {
            put("Stack (most recent call first):\n", &out)
            if let own { appendStack(own, &out) } else { put("  <no Python frame>\n", &out) }
            return out
        }
        var next = state.pointee.threads
        var count = 0
        while let t = next {
            next = t.pointee.next
            if count > 0 { put("\n", &out) }
            if count >= 100 {
                put("...\n", &out)
                break
            }
            count += 1
            let digits = String(t.pointee.threadID, radix: 16)
            let ident = String(repeating: "0", count: max(0, 16 - digits.count)) + digits
            put("\(t == own ? "Current thread" : "Thread") 0x\(ident) (most recent call first):\n", &out)
            // `__del__` runs because of a collection, though after it.
            if t == own && (heap.pointee.isCollecting || t.pointee.threading.runsFinalizers) { put("  Garbage-collecting\n", &out) }
            appendStack(t, &out)
        }
        return out
    }

    /// A line of the native modules that were imported and are not in `sys.stdlib_module_names`; nothing if there are none.
    public func faultModules() -> [UInt8] {
        guard isDict(state.pointee.modules), state.pointee.sysDict.isObject else { return [] }
        let own = PyDict(state.pointee.sysDict).getStr(self, intern("stdlib_module_names"))
        var out: [UInt8] = []
        var count = 0, position = 0
        while let (name, _) = PyDict(state.pointee.modules).next(&position) {
            guard isStr(name), isNativeModule(name) || ["sys", "builtins"].contains(PyStr(name).string) else { continue }
            if isExactAnySet(own), (try? PySet(own).contains(self, name)) ?? false { continue }
            put(count == 0 ? "\nExtension modules: " : ", ", &out)
            appendText(name, &out)
            count += 1
        }
        if count > 0 { put(" (total: \(count))\n", &out) }
        return out
    }

    private func put(_ text: String, _ out: inout [UInt8]) { out.append(contentsOf: text.utf8) }

    private func appendStack(_ thread: UnsafeMutablePointer<ThreadState>, _ out: inout [UInt8]) {
        guard let raw = thread.pointee.frame else { return put("  <no Python frame>\n", &out) }
        let eval = raw.assumingMemoryBound(to: EvalState.self)
        var frame = eval.pointee.top
        if frame <= eval.pointee.frames { return put("  <no Python frame>\n", &out) }
        var depth = 0
        while frame > eval.pointee.frames {
            if depth >= 100 { return put("  ...\n", &out) }
            depth += 1
            appendFrame(frame, &out)
            frame -= 1
        }
    }

    private func appendFrame(_ frame: UnsafeMutablePointer<Frame>, _ out: inout [UInt8]) {
        let code = frame.pointee.code.pointee.code
        guard code.isObject else { return put("  File ???, line ??? in ???\n", &out) }
        let layout = code.cast(CodeLayout.self)
        put("  File \"", &out)
        appendText(layout.pointee.filename, &out)
        let offset = frame.pointee.code.lastOffset(frame.pointee.pc)
        let line = line(inCode: code, at: max(offset, 0))
        put("\", line \(line.map { String($0) } ?? "???") in ", &out)
        appendText(layout.pointee.name, &out)
        put("\n", &out)
    }

    /// At most 500 characters, those beyond ASCII escaped.
    private func appendText(_ text: Value, _ out: inout [UInt8]) {
        guard text.isObject, isStr(text) else { return put("???", &out) }
        let s = PyStr(text)
        for i in 0..<min(s.count, 500) {
            let c = s[i]
            if c >= 0x20 && c < 0x7F {
                out.append(UInt8(c))
            } else {
                let digits = String(c, radix: 16)
                let width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8
                put((width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: max(0, width - digits.count)) + digits, &out)
            }
        }
        if s.count > 500 { put("...", &out) }
    }
}
