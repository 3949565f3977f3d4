/// A place in a file as people and programs name it: all three are right for any editor.
package struct FilePosition: Equatable, Sendable, CustomStringConvertible {
    /// Bytes before it.
    package var offset = 0
    /// Counted from 1.
    package var line = 1
    /// Bytes before it in its line, plus 1.
    package var column = 1

    package var description: String { "line \(line), column \(column) (byte \(offset))" }
}
