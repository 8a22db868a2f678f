// Colour on a terminal, none elsewhere.
import ArgumentParser
import Foundation

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    /// NO_COLOR (any value) turns it off, FORCE_COLOR on; a terminal that is not `dumb` has it.
    var isOn: Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            let environment = ProcessInfo.processInfo.environment
            if let no = environment["NO_COLOR"], !no.isEmpty { return false }
            if let force = environment["FORCE_COLOR"], !force.isEmpty { return true }
            return isatty(1) == 1 && environment["TERM"] != "dumb"
        }
    }
}

struct ColorOption: ParsableArguments {
    @Option(help: "auto, always or never; NO_COLOR is honoured.")
    var color: ColorChoice = .auto

    var style: Style { Style(isOn: color.isOn) }
}

/// Wraps text in escape sequences, or not.
struct Style {
    var isOn: Bool

    private func paint(_ text: String, _ code: String) -> String { isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

    func name(_ text: String) -> String { paint(text, "1") }
    func operation(_ text: String) -> String { paint(text, "36") }
    func constant(_ text: String) -> String { paint(text, "32") }
    func source(_ text: String) -> String { paint(text, "33") }
    func faint(_ text: String) -> String { paint(text, "2") }
}
