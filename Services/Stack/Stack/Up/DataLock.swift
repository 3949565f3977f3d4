import CLinux
import Glibc

/// The right to run a forum on a data folder. One process has it at a time; it ends with the
/// process.
struct DataLock: ~Copyable {
    private let descriptor: Int32

    init(_ folder: DataFolder) throws(DataFolderError) {
        descriptor = unsafe open(folder.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unusable(path: folder.path, reason: lastReason())
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let pid = DataLock.holder(descriptor)
            _ = close(descriptor)
            throw .inUse(path: folder.path, pid: pid)
        }
        let pid = Array("\(getpid())\n".utf8)
        // Only for people who look: the lock itself is what counts.
        _ = ftruncate(descriptor, 0)
        _ = unsafe write(descriptor, pid, pid.count)
    }

    deinit { _ = close(descriptor) }

    /// Ends the right now. Whoever holds it until then says so with this call.
    consuming func release() {}

    private static func holder(_ descriptor: Int32) -> String {
        var room = [UInt8](repeating: 0, count: 20)
        let count = unsafe read(descriptor, &room, room.count)
        let digits = room.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "unknown" : String(decoding: digits, as: UTF8.self)
    }
}
