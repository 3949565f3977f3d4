package import JSON

extension TextDiff {
    /// Writes the diff as `[["=",5],["-","x"],["+","y"]]`.
    package func write(into writer: inout JSONWriter) {
        writer.beginArray()
        for step in steps {
            writer.beginArray()
            switch step {
            case .keep(let count):
                writer.string("=")
                writer.integer(count)
            case .remove(let text):
                writer.string("-")
                writer.string(text)
            case .insert(let text):
                writer.string("+")
                writer.string(text)
            }
            writer.endArray()
        }
        writer.endArray()
    }
}
