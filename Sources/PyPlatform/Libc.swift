// The C library of this system, re-exported so that PyRuntime and PyModules reach it by `import PyPlatform` and no other
// target asks which system it is.
#if canImport(Glibc)
@_exported import Glibc
#elseif canImport(Musl)
@_exported import Musl
#elseif canImport(Darwin)
@_exported import Darwin
#endif
