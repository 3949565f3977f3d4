import Bytes
import Glibc
import JSON

/// The registry as one JSON file that any number of processes change at once.
///
/// A change reads, modifies and replaces the file under a lock beside it; a crash at any point
/// leaves the old or the new file, never half of one. A file that is no registry is never
/// overwritten.
package struct RegistryFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// What is there.
    package enum Content: Equatable, Sendable {
        case missing
        /// A file without a byte: somebody truncated it, or is about to write.
        case empty
        case registry(Registry)
    }

    /// Reads without a lock: the file is always replaced whole.
    package func read() throws(RegistryError) -> Content {
        guard let bytes = try bytes() else { return .missing }
        return bytes.isEmpty ? .empty : .registry(try parse(bytes))
    }

    /// The registry that `bytes` of this file spell.
    func parse(_ bytes: ByteString) throws(RegistryError) -> Registry {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.parse(bytes)
        } catch {
            let (line, column) = bytes.position(of: error.offset)
            throw .malformed(path: path, line: line, column: column, reason: error.reason.rawValue)
        }
        do throws(Registry.Misfit) {
            return try Registry(document)
        } catch {
            let offset = MemberPlace.offset(of: error.path, in: bytes)
            let (line, column) = bytes.position(of: offset)
            throw .malformed(path: path, line: line, column: column, reason: error.reason)
        }
    }

    /// All bytes of the file; nil if there is none.
    func bytes() throws(RegistryError) -> ByteString? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path: path, reason: lastReason())
        }
        defer { close(descriptor) }
        var buffer = ByteBuffer()
        while buffer.count <= RegistryLimits.fileBytesMax {
            var count = 0
            unsafe buffer.withRoom(64 * 1024) { room in
                count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
                return max(0, count)
            }
            guard count >= 0 else { throw .unreadable(path: path, reason: lastReason()) }
            if count == 0 { return buffer.freeze() }
        }
        throw .unreadable(path: path, reason: "larger than a registry can be")
    }

    /// Changes the registry under the lock and makes the change durable. A missing or empty file
    /// counts as a registry without anything. Nothing is written if `change` changes nothing.
    package func update<Result>(
        _ change: (inout Registry) throws(RegistryError) -> Result
    ) throws(RegistryError) -> Result {
        let lock = try RegistryLock(path)
        defer { lock.release() }
        var registry = Registry()
        if case .registry(let current) = try read() { registry = current }
        let before = registry
        let result = try change(&registry)
        if registry != before {
            registry.revision += 1
            try replace(with: registry.text)
        }
        return result
    }

    private func replace(with text: ByteString) throws(RegistryError) {
        let draft = "\(path).\(getpid()).draft"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastReason()) }
        let written = unsafe text.withBytes { bytes in
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        let isDurable = written && fsync(descriptor) == 0
        let reason = isDurable ? "" : lastReason()
        close(descriptor)
        guard isDurable, unsafe rename(draft, path) == 0 else {
            _ = unsafe unlink(draft)
            throw .unwritable(path: path, reason: isDurable ? lastReason() : reason)
        }
        syncFolder()
    }

    /// The rename itself becomes durable with its folder.
    private func syncFolder() {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    /// The folder the file is in.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

func lastReason() -> String { unsafe String(cString: strerror(errno)) }

extension ByteString {
    /// Line and column, both from 1, of the byte at `offset`.
    func position(of offset: Int) -> (line: Int, column: Int) {
        unsafe withBytes { bytes in
            var line = 1
            var column = 1
            for index in 0..<min(offset, bytes.count) {
                let isEnd = unsafe bytes[index] == ASCII.lineFeed
                line += isEnd ? 1 : 0
                column = isEnd ? 1 : column + 1
            }
            return (line, column)
        }
    }
}
