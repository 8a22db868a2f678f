// Libraries of the system that are looked for when they are needed, so that taipan builds and starts where they are missing.

/// A shared library, open until the process ends.
public struct DynamicLibrary: @unchecked Sendable {
    // Safe to share: the handle is never closed.
    private let handle: UnsafeMutableRawPointer

    /// The first of these that can be opened: file names as the loader knows them, on Darwin the part before the first dot
    /// with `.dylib`.
    public init?(_ names: [String]) {
        for name in names {
            #if canImport(Darwin)
            let file = String(name.prefix { $0 != "." }) + ".dylib"
            #else
            let file = name
            #endif
            if let opened = dlopen(file, RTLD_NOW | RTLD_LOCAL) {
                handle = opened
                return
            }
        }
        return nil
    }

    /// The address of a function.
    public func symbol(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }

    /// The function under `name` as a C function pointer of type `F`.
    /// - Precondition: `F` is the function's type; the library's header is what says so.
    public func function<F>(_ name: String, as type: F.Type) -> F? {
        // Safe: a C function pointer is an address.
        symbol(name).map { unsafeBitCast($0, to: type) }
    }
}
