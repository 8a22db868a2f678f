// Tracebacks do not show importlib's own frames: chunks of them are cut out where they only stand between the importer and
// the imported. CPython: remove_importlib_frames() in Python/import.c.

extension VM {
    /// Runs `body`; what it raises comes out without importlib's frames.
    func trimmingImportFrames(_ body: () throws(Raised) -> Value) throws(Raised) -> Value {
        do { return try body() } catch {
            removeImportFrames()
            throw error
        }
    }

    private func removeImportFrames() {
        let exception = thread.pointee.raised
        guard exception.isObject, !state.pointee.isVerbose else { return }
        // ImportErrors lose them all; others only the chunks that end by running the module's code.
        let always = isInstance(exception, ofType: exceptionType(.importError))
        let layout = exception.cast(ExceptionLayout.self)
        var previous: Value = .null  // the last traceback entry kept
        var chunkStart: Value = .null  // what was kept before the chunk; NULL at the head
        var inChunk = false
        var entry = layout.pointee.traceback
        while entry.isObject, entry.isExactly(types.traceback) {
            let traceback = entry.cast(TracebackLayout.self)
            let next = traceback.pointee.next
            let code = traceback.pointee.frame.cast(FrameLayout.self).pointee.code.cast(CodeLayout.self)
            let isImportlib = isImportlibFile(code.pointee.filename)
            if isImportlib && !inChunk {
                inChunk = true
                chunkStart = previous
            }
            if !isImportlib { inChunk = false }
            let endsChunk = isImportlib && (always || text(code.pointee.name) == "_call_with_frames_removed")
            if endsChunk {
                if chunkStart.isObject {
                    chunkStart.cast(TracebackLayout.self).pointee.next = next
                } else {
                    layout.pointee.traceback = next
                }
                previous = chunkStart
            } else {
                previous = entry
            }
            entry = next
        }
    }

    private func isImportlibFile(_ filename: Value) -> Bool {
        guard isStr(filename), PyStr(filename).count > 20 else { return false }
        let name = text(filename)
        return name == "<frozen importlib._bootstrap>" || name == "<frozen importlib._bootstrap_external>"
    }
}
