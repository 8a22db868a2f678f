extension VM {
    func installBuiltinModules() {}
}
