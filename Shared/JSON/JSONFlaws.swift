/// The strings of a JSON text that are no Unicode, each with its place: all that is to be said of a
/// text whose form is right. Looked for only where reading it has failed.
struct JSONFlaws {
    /// A step of a pointer.
    private enum Step {
        case name(String)
        case index(Int)
    }

    private var path: [Step] = []
    private var complaints: [JSONComplaint] = []

    /// A complaint for each of them, at most `JSONLimits.complaintsMax`; throws what else is wrong
    /// with `bytes`.
    static func complaints(
        in bytes: UnsafeRawBufferPointer
    ) throws(JSONError) -> [JSONComplaint] {
        try unsafe JSONReader.readLeniently(bytes) { (reader) throws(JSONError) in
            var flaws = JSONFlaws()
            try flaws.look(at: reader.next(), &reader)
            _ = try reader.next()
            return flaws.complaints
        }
    }

    /// Looks through the value that starts with `token`.
    private mutating func look(
        at token: JSONToken, _ reader: inout JSONReader
    ) throws(JSONError) {
        switch token {
        case .string: note(reader.takeFlaw())
        case .beginArray: try elements(&reader)
        case .beginObject: try members(&reader)
        default: break
        }
    }

    private mutating func elements(_ reader: inout JSONReader) throws(JSONError) {
        var index = 0
        while true {
            let token = try reader.next()
            if token == .endArray { return }
            path.append(.index(index))
            try look(at: token, &reader)
            path.removeLast()
            index += 1
        }
    }

    /// A name that is no Unicode cannot be told: its object is named for it and for its value.
    private mutating func members(_ reader: inout JSONReader) throws(JSONError) {
        while case .key(let text) = try reader.next() {
            let flaw = reader.takeFlaw()
            note(flaw)
            if flaw == nil { path.append(.name(reader.text(text))) }
            try look(at: reader.next(), &reader)
            if flaw == nil { path.removeLast() }
        }
    }

    private mutating func note(_ flaw: JSONError?) {
        guard let flaw, complaints.count < JSONLimits.complaintsMax else { return }
        complaints.append(
            JSONComplaint(
                pointer: pointer, code: JSONComplaint.notUnicode, detail: flaw.reason.rawValue))
    }

    private var pointer: String {
        path.map { step in
            switch step {
            case .name(let name): "/" + JSONPointer.escape(name)
            case .index(let index): "/\(index)"
            }
        }.joined()
    }
}
