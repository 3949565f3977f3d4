import Glibc

/// The folder that holds everything a forum on this machine keeps. Its owner alone may look into
/// it.
struct DataFolder: Equatable, Sendable {
    /// Absolute.
    let path: String

    var gatewayFile: String { "\(path)/gateway.json" }
    var registryFile: String { "\(path)/\(DataFolder.registryName)" }
    static let registryName = "registry.json"
    /// The admin secret, readable by its owner alone.
    var secretFile: String { "\(path)/admin-secret" }
    /// The invite of the first admin, made by whoever serves users.
    var setupFile: String { "\(path)/setup.secret" }
    /// Where the running forum is reached.
    var runFile: String { "\(path)/running.json" }
    var lockFile: String { "\(path)/forum.lock" }
    /// Where the access log of a process goes.
    func accessLog(_ name: String) -> String { "\(path)/\(name)-access.log" }

    /// The folder at `path`, which must exist.
    init(existing path: String) throws(DataFolderError) {
        guard let resolved = unsafe realpath(path, nil) else {
            throw .unusable(path: path, reason: lastReason())
        }
        defer { unsafe free(resolved) }
        self.path = unsafe String(cString: resolved)
    }

    /// The folder at `path`, made with mode 0700 if need be, with the folders above it.
    init(creating path: String) throws(DataFolderError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            if unsafe mkdir(made, 0o700) != 0, errno != EEXIST {
                throw .unusable(path: path, reason: lastReason())
            }
        }
        try self.init(existing: path)
        var status = stat()
        guard unsafe stat(self.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .unusable(path: path, reason: "it is not a folder")
        }
        guard unsafe access(self.path, W_OK | X_OK) == 0 else {
            throw .unusable(path: path, reason: lastReason())
        }
    }
}

/// Why a data folder cannot be used. One line each: what, where, what to do.
enum DataFolderError: Error, Equatable, Sendable, CustomStringConvertible {
    case unusable(path: String, reason: String)
    /// Another forum runs on it.
    case inUse(path: String, pid: String)

    var description: String {
        switch self {
        case .unusable(let path, let reason): "cannot use the data folder \(path): \(reason)"
        case .inUse(let path, let pid):
            "the data folder \(path) is in use by a running forum (pid \(pid)): "
                + "stop that one or choose another with --data"
        }
    }
}
