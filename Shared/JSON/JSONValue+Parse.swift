package import Bytes

extension JSONValue {
    /// The one value that `bytes` spell; refuses what `JSONReader` refuses and members that come
    /// twice.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
        try unsafe JSONReader.read(bytes) { (reader) throws(JSONError) in
            let value = try JSONValue(&reader, try reader.next())
            _ = try reader.next()
            return value
        }
    }

    /// The same for bytes that are kept.
    package static func parse(_ bytes: ByteString) throws(JSONError) -> JSONValue {
        try unsafe bytes.withBytes { (lent) throws(JSONError) in try unsafe parse(lent) }
    }

    /// The value that starts with `token`, which `reader` just gave.
    package init(_ reader: inout JSONReader, _ token: JSONToken) throws(JSONError) {
        switch token {
        case .string(let text): self = .string(reader.text(text))
        case .integer(let integer): self = .integer(integer)
        case .number(let place): self = .number(JSONNumber(checked: reader.text(place)))
        case .bool(let bool): self = .bool(bool)
        case .null: self = .null
        case .beginArray: self = .array(try JSONValue.elements(&reader))
        case .beginObject: self = .object(try JSONObject(&reader))
        case .key, .endObject, .endArray, .end:
            preconditionFailure("a value starts with none of these")
        }
    }

    private static func elements(_ reader: inout JSONReader) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        while true {
            let token = try reader.next()
            if token == .endArray { return elements }
            elements.append(try JSONValue(&reader, token))
        }
    }
}

extension JSONObject {
    /// The members up to the closing brace, the opening one having been read.
    fileprivate init(_ reader: inout JSONReader) throws(JSONError) {
        self.init()
        var names: Set<[UInt8]>?
        while case .key(let text) = try reader.next() {
            let start = text.place.lower - 1
            let name = reader.text(text)
            if members.isEmpty { reserveUsual() }
            guard isNew(name, &names) else { throw JSONError(.duplicateMember, at: start) }
            let value = try JSONValue(&reader, try reader.next())
            append(name, value)
        }
    }

    /// Few names are compared with each other; many are kept in a set of their bytes.
    private func isNew(_ name: String, _ names: inout Set<[UInt8]>?) -> Bool {
        if members.count < JSONLimits.namesComparedPairwiseMax {
            return !members.contains { $0.name.isSpelled(name) }
        }
        if names == nil { names = Set(members.map { Array($0.name.utf8) }) }
        return names?.insert(Array(name.utf8)).inserted ?? false
    }
}
