import Glibc

/// Files as tests look at them.
package enum TextFile {
    /// The text of a file; nil without one.
    package static func read(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a file; nil without one.
    package static func bytes(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = Glibc.read(file, &room, room.count), count > 0 {
            bytes += room[..<count]
        }
        return bytes
    }

    /// Makes the file, or replaces what is in it. Without a mode a new file has 0644, another one
    /// that which it had.
    package static func write(_ path: String, _ text: String, mode: UInt32? = nil) {
        write(path, bytes: Array(text.utf8), mode: mode)
    }

    /// The same of bytes that need not be text.
    package static func write(_ path: String, bytes: [UInt8], mode: UInt32? = nil) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode ?? 0o644)
        precondition(file >= 0, "\(path) can be written")
        defer { close(file) }
        if let mode { precondition(fchmod(file, mode) == 0, "\(path) has its mode") }
        precondition(Glibc.write(file, bytes, bytes.count) == bytes.count, "\(path) can be written")
    }

    /// The bits of its mode that say who may do what; nil without a file.
    package static func permissions(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mode & 0o777) : nil
    }
}
