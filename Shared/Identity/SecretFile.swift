import Glibc

/// A secret kept in a file of mode 0600.
package struct SecretFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// The secret in the file; refuses a file that others may read.
    package func read() throws(SecretError) -> Secret {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastReason()) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: lastReason())
        }
        guard status.st_mode & 0o077 == 0 else { throw .exposed(path: path) }
        var room = [UInt8](repeating: 0, count: Secret.charactersMax + 2)
        let count = unsafe Glibc.read(descriptor, &room, room.count)
        guard count >= 0 else { throw .unreadable(path: path, reason: lastReason()) }
        let line = room[..<count].prefix { $0 != UInt8(ascii: "\n") }
        guard let secret = Secret(String(decoding: line, as: UTF8.self)) else {
            throw .malformed(path: path)
        }
        return secret
    }

    /// The secret in the file, or a new one if there is no file. Two processes that start at once
    /// end up with the same: the file appears whole or not at all.
    package func readOrCreate() throws(SecretError) -> Secret {
        if unsafe access(path, F_OK) == 0 { return try read() }
        let secret = try Secret.random()
        let draft = "\(path).\(UInt64.random(in: 0 ... .max))"
        try write(secret, to: draft)
        defer { _ = unsafe unlink(draft) }
        if unsafe link(draft, path) == 0 || errno == EEXIST { return try read() }
        throw .unwritable(path: path, reason: lastReason())
    }

    private func write(_ secret: Secret, to draft: String) throws(SecretError) {
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastReason()) }
        defer { close(descriptor) }
        let bytes = Array((secret.text + "\n").utf8)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else {
            throw .unwritable(path: path, reason: lastReason())
        }
    }

    private func lastReason() -> String { unsafe String(cString: strerror(errno)) }
}
