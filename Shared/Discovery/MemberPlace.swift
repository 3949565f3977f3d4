import Bytes
import JSON

/// Finds where in the bytes of a document a member stands, for telling a person who edits it.
enum MemberPlace {
    /// The offset of the name of the member at `path`; 0 if there is none.
    static func offset(of path: [String], in document: ByteString) -> Int {
        // The document was parsed before: what cannot be found again is only less precise.
        (try? JSONReader.read(document) { (reader) throws(JSONError) in
            var offset = 0
            for name in path {
                guard case .beginObject = try reader.next(),
                    let place = try find(name, in: &reader)
                else { return offset }
                offset = place
            }
            return offset
        }) ?? 0
    }

    /// Leaves the reader in front of the member's value.
    private static func find(
        _ name: String, in reader: inout JSONReader
    ) throws(JSONError) -> Int? {
        while case .key(let key) = try reader.next() {
            // The quote stands before the text.
            if reader.text(key) == name { return key.place.lower - 1 }
            try reader.skipValue()
        }
        return nil
    }
}
