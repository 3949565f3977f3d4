import Bytes
import Glibc
import JSON

/// Where the forum that runs on a data folder is reached: written once it is healthy, removed when
/// it has ended, so that other commands find it.
struct RunFile: Equatable, Sendable {
    /// `http://127.0.0.1:8080`.
    let url: String
    /// The gateway's operator port; nil for the monolith.
    let admin: String?
    let pid: Int

    /// What the file says; nil without one, or with one that is not ours.
    static func read(_ folder: DataFolder) -> RunFile? {
        guard let stream = unsafe fopen(folder.runFile, "r") else { return nil }
        defer { unsafe fclose(stream) }
        var room = [UInt8](repeating: 0, count: bytesMax)
        let count = unsafe fread(&room, 1, room.count, stream)
        // A broken file is as good as none: the caller says how to do without.
        guard let value = try? JSONValue.parse(ByteString(Array(room[..<count]))),
            case .string(let url)? = value["url"], case .integer(let pid)? = value["pid"]
        else { return nil }
        if case .string(let admin)? = value["admin"] {
            return RunFile(url: url, admin: admin, pid: Int(pid))
        }
        return RunFile(url: url, admin: nil, pid: Int(pid))
    }

    /// Replaces the file in one step.
    func write(_ folder: DataFolder) throws(DataFolderError) {
        let draft = "\(folder.runFile).draft"
        try DataFolder.write(text, to: draft, mode: 0o600)
        guard unsafe rename(draft, folder.runFile) == 0 else {
            throw .unusable(path: folder.path, reason: lastReason())
        }
    }

    /// Removes the file, if there is one.
    static func remove(_ folder: DataFolder) { _ = unsafe unlink(folder.runFile) }

    /// Two addresses and a number.
    private static let bytesMax = 4096

    private var text: ByteString {
        var json = JSONWriter()
        json.beginObject()
        json.key("url")
        json.string(url)
        if let admin {
            json.key("admin")
            json.string(admin)
        }
        json.key("pid")
        json.integer(pid)
        json.endObject()
        json.endLine()
        return json.finish()
    }
}

extension DataFolder {
    /// Writes a whole file.
    static func write(
        _ text: ByteString, to path: String, mode: mode_t
    ) throws(DataFolderError) {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let descriptor = unsafe open(path, flags, mode)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: lastReason()) }
        defer { _ = close(descriptor) }
        let written = unsafe text.withBytes { bytes in
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
        }
        if !written { throw .unusable(path: path, reason: lastReason()) }
    }
}
