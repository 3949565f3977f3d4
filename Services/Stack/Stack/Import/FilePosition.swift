/// A place in a file as people and programs name it: all three are right for any editor.
struct FilePosition: Equatable, Sendable, CustomStringConvertible {
    /// Bytes before it.
    var offset = 0
    /// Counted from 1.
    var line = 1
    /// Bytes before it in its line, plus 1.
    var column = 1

    var description: String { "line \(line), column \(column) (byte \(offset))" }
}
