/// What stands before each log line of a process: its name, padded so that lines align, in a colour
/// of its own on a terminal.
struct LogPrefix: Equatable, Sendable {
    let text: String

    /// Terminal colours that are readable on black and on white.
    private static let colours = [36, 32, 33, 35, 34, 31]

    /// `width` is the length of the longest name; `index` picks the colour.
    init(_ name: String, width: Int, index: Int, isColourful: Bool) {
        let padded = name + String(repeating: " ", count: max(0, width - name.count))
        let plain = "\(padded) |"
        guard isColourful else {
            text = plain + " "
            return
        }
        let colour = LogPrefix.colours[index % LogPrefix.colours.count]
        text = "\u{1b}[\(colour)m\(plain)\u{1b}[0m "
    }
}
