import CSQLite
import Glibc

/// What lies in the files of a store that nobody has open.
package enum StoreBytes {
    /// All bytes of the file and its companions after a VACUUM, ASCII letters in lower case: the
    /// index keeps words so.
    package static func vacuumed(_ path: String) -> [UInt8] {
        var handle: OpaquePointer?
        precondition(sqlite3_open(path, &handle) == SQLITE_OK, "\(path) can be opened")
        precondition(sqlite3_exec(handle, "VACUUM", nil, nil, nil) == SQLITE_OK, "\(path)")
        sqlite3_close(handle)
        return ["", "-wal", "-shm", "-journal"].flatMap { bytes(path + $0) }
    }

    private static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return bytes }
            bytes += piece[..<count].map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        }
    }
}
