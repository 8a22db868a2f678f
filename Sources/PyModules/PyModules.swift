// The native modules outside the runtime, by name. One line per module; see README.md.
import PyRuntime

extension VM {
    /// Makes every module of this target importable. Nothing is run before the first import.
    public func registerNativeModules() {
        registerMath()
        registerCMath()
        registerRandom()
        registerStruct()
        registerSRE()
        registerUnicodeData()
        registerBinascii()
        registerHashes()
        registerJSON()
        registerCSV()
        registerDateTime()
        registerOpcode()
        registerIO()
        registerThread()
        registerPosix()
        registerErrno()
        registerStat()
        registerTime()
        registerHeapq()
        registerBisect()
        registerArray()
        registerStatistics()
        registerSelect()
        registerPosixSubprocess()
        registerFcntl()
        registerAccounts()
        registerResource()
        registerSignal()
        registerAtExit()
        registerContextVars()
        registerQueue()
        registerSocket()
        registerTermios()
        registerLocale()
        registerFaultHandler()
    }
}
