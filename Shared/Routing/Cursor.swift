import Bytes

/// A place between two rows of a sorted, filtered list (keyset pagination): the sort key and the
/// id of the row it follows or precedes, and which list it belongs to.
///
/// A client holds it as opaque text. It grants nothing: it is not signed, only checked for damage,
/// such as by a mail program that cuts or joins lines.
package struct Cursor: Equatable, Sendable {
    /// The last value of the sort's column; `none` where the id alone sorts.
    package enum Key: Equatable, Sendable {
        case none
        case integer(Int64)
        case text(String)
    }

    /// Which order the list has, direction included: `id`, `activity`.
    package let sort: String
    /// The value the list is sorted by, of the row at the border.
    package let key: Key
    /// The id of that row, which decides between equal keys.
    package let id: Int64
    /// Where the list is and what it was filtered by, as `Cursor.hash`.
    package let filter: UInt64
    /// The newest position that page one saw: rows that moved up since are left out of later
    /// pages, so that nothing repeats. 0 for sorts whose keys never change.
    package let anchor: Int64

    /// `sort` has at most 64 bytes.
    package init(sort: String, key: Key, id: Int64, filter: UInt64, anchor: Int64 = 0) {
        precondition(sort.utf8.count <= Cursor.sortBytesMax, "a sort has a short name")
        self.sort = sort
        self.key = key
        self.id = id
        self.filter = filter
        self.anchor = anchor
    }

    private static let sortBytesMax = 64
    /// Raised when the meaning of the bytes changes: older cursors are then refused, not misread.
    private static let version: UInt8 = 1

    /// A number for a list, the same in every process: FNV-1a over its path, which has no slash at
    /// its end, and the texts of its filters.
    package static func hash(_ path: String, _ filters: [String]) -> UInt64 {
        unsafe Array(path.utf8).withUnsafeBytes { unsafe hash($0, filters) }
    }

    static func hash(_ path: UnsafeRawBufferPointer, _ filters: [String]) -> UInt64 {
        // A byte that no text has keeps ["ab"] and ["a", "b"] apart.
        var hash = ByteHash.adding(0xff, to: unsafe ByteHash.of(path))
        for filter in filters {
            for byte in filter.utf8 { hash = ByteHash.adding(byte, to: hash) }
            hash = ByteHash.adding(0xff, to: hash)
        }
        return hash
    }

    /// The cursor as a client holds it: base64url, no padding.
    package var text: String {
        var bytes = ByteBuffer(capacity: 64)
        bytes.append(Cursor.version)
        bytes.append(UInt8(sort.utf8.count))
        bytes.append(sort)
        switch key {
        case .none: bytes.append(UInt8(0))
        case .integer(let number):
            bytes.append(UInt8(1))
            Cursor.append(UInt64(bitPattern: number), to: &bytes)
        case .text(let text):
            bytes.append(UInt8(2))
            Cursor.append(UInt64(text.utf8.count), to: &bytes)
            bytes.append(text)
        }
        Cursor.append(UInt64(bitPattern: id), to: &bytes)
        Cursor.append(filter, to: &bytes)
        Cursor.append(UInt64(bitPattern: anchor), to: &bytes)
        let check = unsafe ByteHash.of(bytes.readable)
        Cursor.append(check, to: &bytes)
        return unsafe Base64URL.encode(bytes.readable)
    }

    /// The cursor that `text` spells; nil if it is damaged or of another version.
    package init?(parsing text: String) {
        guard text.utf8.count <= RoutingLimits.cursorCharactersMax,
            let bytes = Base64URL.decode(text)
        else { return nil }
        let cursor = unsafe bytes.withBytes { bytes -> Cursor? in
            guard bytes.count > Cursor.checkBytes else { return nil }
            let end = bytes.count - Cursor.checkBytes
            var reader = unsafe CursorReader(bytes, from: end)
            let checked = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<end])
            guard unsafe reader.number() == ByteHash.of(checked) else { return nil }
            return unsafe Cursor(checked)
        }
        guard let cursor else { return nil }
        self = cursor
    }

    private init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = unsafe CursorReader(bytes, from: 0)
        guard unsafe reader.byte() == Cursor.version, let sortBytes = unsafe reader.byte(),
            sortBytes <= Cursor.sortBytesMax, let sort = unsafe reader.text(Int(sortBytes)),
            let key = unsafe reader.key(), let id = unsafe reader.number(),
            let filter = unsafe reader.number(), let anchor = unsafe reader.number(),
            unsafe reader.isAtEnd
        else { return nil }
        self.init(
            sort: sort, key: key, id: Int64(bitPattern: id), filter: filter,
            anchor: Int64(bitPattern: anchor))
    }

    private static let checkBytes = 8

    private static func append(_ number: UInt64, to bytes: inout ByteBuffer) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
