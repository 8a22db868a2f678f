// swift-tools-version: 6.1
// Taipan: Python 3.10 in Swift. The target graph is DESIGN section 2: an arrow may only point downwards.
import PackageDescription

/// Each target folder explains itself in one.
let readme = ["README.md"]

let package = Package(
    name: "taipan",
    platforms: [.macOS(.v14), .iOS(.v17)],
    products: [
        .library(name: "Taipan", targets: ["Taipan"]),
        .executable(name: "taipan", targets: ["taipan-cli"]),
        .executable(name: "dissect", targets: ["dissect"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        // Leaves: no Python objects.
        .target(name: "CShims", exclude: readme),
        .target(name: "PyNumerics", exclude: readme),
        .target(name: "PyUnicode", dependencies: ["CShims"], exclude: readme),
        .target(name: "PyPlatform", dependencies: ["CShims"], exclude: readme),

        // Front end: source text to code objects.
        .target(name: "PySyntax", dependencies: ["PyNumerics", "PyUnicode"], exclude: readme),
        .target(name: "PyBytecode", dependencies: ["PyNumerics", "PyUnicode"], exclude: readme),
        .target(name: "PyCompiler", dependencies: ["PySyntax", "PyBytecode", "PyNumerics", "PyUnicode"], exclude: readme),

        // Runtime: meets the front end only at PyBytecode.
        .target(name: "PyRuntime", dependencies: ["PyBytecode", "PyPlatform", "PyNumerics", "PyUnicode", "CShims"], exclude: readme + ["Eval/README.md"]),
        .target(name: "PyModules", dependencies: ["PyRuntime", "PyPlatform", "PyNumerics", "PyUnicode", "CShims"], exclude: readme),
        .target(name: "PyReflection", dependencies: ["PyRuntime", "PyCompiler", "PySyntax"], exclude: readme),

        // The embedding library and what stands on it.
        .target(name: "Taipan", dependencies: ["PyPlatform", "PyRuntime", "PyModules", "PyReflection", "PyCompiler", "PySyntax", "PyBytecode"], exclude: readme),
        .target(name: "PyREPL", dependencies: ["Taipan", "PyPlatform"], exclude: readme),
        .target(name: "PyCLI", dependencies: ["Taipan", "PyREPL", "PyPlatform"], exclude: readme),
        .target(
            name: "PyLab",
            dependencies: [
                "PySyntax", "PyBytecode", "PyCompiler",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: readme),
        .executableTarget(name: "taipan-cli", dependencies: ["PyCLI"], path: "Sources/taipan"),
        .executableTarget(name: "dissect", dependencies: ["PyLab"]),
        .executableTarget(name: "fuzz-frontend", dependencies: ["PyCompiler", "PySyntax", "PyBytecode"], path: "Fuzz/Frontend"),

        // Tests: one line per target.
        .testTarget(name: "PyNumericsTests", dependencies: ["PyNumerics"]),
        .testTarget(name: "PySyntaxTests", dependencies: ["PySyntax"]),
        .testTarget(name: "PyUnicodeTests", dependencies: ["PyUnicode"]),
        .testTarget(name: "PyBytecodeTests", dependencies: ["PyBytecode", "PyNumerics", "PyUnicode"]),
        .testTarget(name: "PyCompilerTests", dependencies: ["PyCompiler", "PyBytecode", "PySyntax", "PyUnicode"]),
        .testTarget(name: "PyLabTests", dependencies: ["PyLab"]),
        .testTarget(name: "TaipanTests", dependencies: ["Taipan"]),
    ]
)
