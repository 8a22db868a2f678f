// What `compile()` can be told.
import PyBytecode

/// The compiler's share of `compile()`'s arguments.
public struct CompileOptions: Hashable, Sendable {
    /// 0; 1 drops asserts (`-O`); 2 drops docstrings too (`-OO`).
    public var optimize: Int
    /// `__future__` features inherited from the caller.
    public var futureFlags: CodeFlags
    /// PyCF_ALLOW_TOP_LEVEL_AWAIT.
    public var allowTopLevelAwait: Bool
    /// Fill `CodeObject.origins`, for the lab.
    public var recordOrigins: Bool
    /// The nesting that is allowed: CPython's recursion limit times three, less the frames of whoever calls `compile()`.
    public var depthLimit: Int
    /// How many bytes of native stack the compiler may use. The default suits a thread with 512 KiB; with less than some
    /// 3 MB very deep trees are refused that CPython takes.
    public var stackBudget: Int

    public init(
        optimize: Int = 0, futureFlags: CodeFlags = [], allowTopLevelAwait: Bool = false, recordOrigins: Bool = false,
        depthLimit: Int = 2990, stackBudget: Int = 400 << 10
    ) {
        self.optimize = optimize
        self.futureFlags = futureFlags
        self.allowTopLevelAwait = allowTopLevelAwait
        self.recordOrigins = recordOrigins
        self.depthLimit = depthLimit
        self.stackBudget = stackBudget
    }
}
