import Bytes
import Glibc

/// A file that only its owner may read and write (mode 0600), there whole or not at all.
struct PrivateFile: Sendable {
    /// What went wrong; whoever knows what the file is for says it with the path.
    enum Fault: Error {
        case unreadable(reason: String)
        case unwritable(reason: String)
        /// Others than the owner may read it.
        case exposed
    }

    let path: String

    init(_ path: String) { self.path = path }

    /// The bytes; nil if there is no file. Of a file longer than `bytesMax` one byte more than that
    /// comes back, so that the caller sees it.
    func read(bytesMax: Int) throws(Fault) -> ByteString? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(reason: PrivateFile.lastReason())
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(reason: PrivateFile.lastReason())
        }
        guard status.st_mode & 0o077 == 0 else { throw .exposed }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: bytesMax + 1)
        while bytes.count <= bytesMax {
            let count = unsafe Glibc.read(descriptor, &room, bytesMax + 1 - bytes.count)
            guard count >= 0 else { throw .unreadable(reason: PrivateFile.lastReason()) }
            if count == 0 { break }
            bytes += room[..<count]
        }
        return ByteString(bytes)
    }

    /// Makes the file; false if there is one already, which stays as it is. Of several that try at
    /// once one succeeds.
    func create(_ bytes: ByteString) throws(Fault) -> Bool {
        let draft = try write(bytes)
        defer { _ = unsafe unlink(draft) }
        if unsafe link(draft, path) == 0 {
            syncFolder()
            return true
        }
        if errno == EEXIST { return false }
        throw .unwritable(reason: PrivateFile.lastReason())
    }

    /// Puts the file in the place of the one that may be there.
    func replace(with bytes: ByteString) throws(Fault) {
        let draft = try write(bytes)
        guard unsafe rename(draft, path) == 0 else {
            let reason = PrivateFile.lastReason()
            _ = unsafe unlink(draft)
            throw .unwritable(reason: reason)
        }
        syncFolder()
    }

    /// Writes a file beside it and makes it durable; answers its path.
    private func write(_ bytes: ByteString) throws(Fault) -> String {
        let draft = "\(path).\(UInt64.random(in: 0 ... .max)).draft"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(reason: PrivateFile.lastReason()) }
        let isWritten = unsafe bytes.withBytes { bytes in
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        let isDurable = isWritten && fsync(descriptor) == 0
        let reason = isDurable ? "" : PrivateFile.lastReason()
        close(descriptor)
        if isDurable { return draft }
        _ = unsafe unlink(draft)
        throw .unwritable(reason: reason)
    }

    /// The name becomes durable with its folder. Where a folder cannot be synced, the file is
    /// there all the same.
    private func syncFolder() {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func lastReason() -> String { reason(errno) }

    static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
