import Glibc

/// The folder that holds a process's stores.
enum DataFolder {
    /// Why there is no folder to write to.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String {
            "cannot use the data folder \(path): \(reason); set FORUM_DATA to a folder to write in"
        }
    }

    /// Makes the folder if it is not there, for its owner only.
    static func create(_ path: String) throws(Failure) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(path) }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Failure(path: path, reason: "it is not a folder")
        }
        guard unsafe access(path, W_OK | X_OK) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
