import Glibc

/// The place of a store on disk. Only looked at, never opened: closing a descriptor of our own
/// would drop the locks that SQLite holds on the same file in this process.
enum StoreFile {
    /// Throws what is wrong with `path` before SQLite sees it; false when the file is not there
    /// yet.
    static func exists(_ path: String) throws(DatabaseError) -> Bool {
        if path.isEmpty { throw .cannotOpen(path: path, reason: "the path is empty") }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return try folderExists(path) }
            throw .cannotOpen(path: path, reason: reason())
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return true
        case S_IFDIR: throw .cannotOpen(path: path, reason: "it is a folder; name a file")
        default: throw .cannotOpen(path: path, reason: "not a regular file; name another")
        }
    }

    /// A store holds personal data: what this process created only its user may read. SQLite gives
    /// its log and shared memory the same mode.
    static func makePrivate(_ path: String) throws(DatabaseError) {
        guard unsafe chmod(path, 0o600) == 0 else {
            throw .cannotOpen(path: path, reason: "cannot make it private: \(reason())")
        }
    }

    /// The path so that SQLite takes it literally: `file:x` would be a URI, `:memory:` no file.
    static func literal(_ path: String) -> String {
        path.hasPrefix("/") ? path : "./" + path
    }

    /// Always false; throws when the folder of the file is missing too.
    private static func folderExists(_ path: String) throws(DatabaseError) -> Bool {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return false }
        let folder = String(path[...slash])
        guard unsafe access(folder, F_OK) == 0 else {
            throw .cannotOpen(path: path, reason: "its folder does not exist; create \(folder)")
        }
        return false
    }

    private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}
