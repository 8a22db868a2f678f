// How the codecs report trouble. A codec runs until it is done or meets something it cannot do, and says where; the
// caller (an error handler) appends a replacement, moves the position and calls again. So no closures and no errors
// thrown, and Python's error handlers can run between two calls.

/// What a codec could not do: the `start`, `end` and `reason` of UnicodeDecodeError or UnicodeEncodeError.
@frozen
public struct CodecFailure: Sendable {
    /// Bytes (decoding) or code points (encoding).
    public let start: Int
    public let end: Int
    public let reason: StaticString

    @inlinable
    public init(_ start: Int, _ end: Int, _ reason: StaticString) {
        (self.start, self.end, self.reason) = (start, end, reason)
    }
}

public enum ByteOrder: Sendable { case little, big }
