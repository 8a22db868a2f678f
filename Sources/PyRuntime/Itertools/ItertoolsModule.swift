extension VM {
    func registerItertools() {}
}
