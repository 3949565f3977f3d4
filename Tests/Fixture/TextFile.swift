import Glibc

/// Files as tests look at them.
package enum TextFile {
    /// The text of a file; nil without one.
    package static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = Glibc.read(file, &room, room.count), count > 0 {
            bytes += room[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes the file, or replaces what is in it.
    package static func write(_ path: String, _ text: String, mode: UInt32 = 0o644) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        precondition(file >= 0, "\(path) can be written")
        defer { close(file) }
        let bytes = Array(text.utf8)
        precondition(Glibc.write(file, bytes, bytes.count) == bytes.count, "\(path) can be written")
    }

    /// The bits of its mode that say who may do what; nil without a file.
    package static func permissions(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mode & 0o777) : nil
    }
}
