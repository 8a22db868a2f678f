// Terminals: raw mode for the line editor, window size.

/// True if `descriptor` is a terminal.
public func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// The terminal settings to return to after raw mode.
public struct TerminalMode {
    private var settings: termios

    /// Switches `descriptor` to reading key by key without echo; signals stay on where `keepSignals` is true.
    /// - Returns: the mode before; nil where `descriptor` is no terminal.
    public static func enterRaw(_ descriptor: Int32, keepSignals: Bool) -> TerminalMode? {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        let before = TerminalMode(settings: settings)
        settings.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
        settings.c_cflag |= tcflag_t(CS8)
        settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | (keepSignals ? 0 : ISIG))
        withUnsafeMutableBytes(of: &settings.c_cc) { controls in
            controls[Int(VMIN)] = 1
            controls[Int(VTIME)] = 0
        }
        guard tcsetattr(descriptor, TCSADRAIN, &settings) == 0 else { return nil }
        return before
    }

    /// Returns `descriptor` to this mode.
    public func restore(_ descriptor: Int32) {
        var settings = settings
        tcsetattr(descriptor, TCSADRAIN, &settings)
    }
}

/// The columns and rows of the terminal at `descriptor`, nil where it has none.
public func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
}
