import Bytes
import JSON

/// One object of a section, found in lent bytes.
struct LabRecord: Equatable, Sendable {
    /// Where it lies in the bytes that were looked at, braces included.
    let place: Slice
    /// Whether it has members at all.
    let isEmpty: Bool
    /// Whether it says itself who it is, so that its place in the file need not.
    let hasIdentity: Bool

    /// Reads the object at the front of `bytes`, every byte checked; answers nil if the value there
    /// is something else than an object, after passing it.
    static func read(
        _ bytes: UnsafeRawBufferPointer, from start: Int
    ) throws(JSONError) -> (record: LabRecord?, end: Int) {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
        return try unsafe JSONReader.read(rest) { (reader) throws(JSONError) in
            guard case .beginObject = try reader.next() else {
                while reader.depth > 0 { _ = try reader.next() }
                return (nil, start + reader.offset)
            }
            var isEmpty = true
            var hasIdentity = false
            while true {
                let token = try reader.next()
                if case .key(let name) = token {
                    isEmpty = false
                    if reader.depth == 1, isIdentity(name, reader) { hasIdentity = true }
                } else if token == .endObject, reader.depth == 0 {
                    let place = Slice(offset: start, count: reader.offset)
                    let record = LabRecord(
                        place: place, isEmpty: isEmpty, hasIdentity: hasIdentity)
                    return (record, start + reader.offset)
                }
            }
        }
    }

    private static func isIdentity(_ name: JSONText, _ reader: borrowing JSONReader) -> Bool {
        let count = name.place.count
        if count != 2 && count != 5 && !name.hasEscapes { return false }
        return reader.spells(name, "id") || reader.spells(name, "place")
    }
}
