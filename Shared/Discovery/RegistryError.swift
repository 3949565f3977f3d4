/// Why the registry cannot be read or changed. One line each: what, where, what to do.
package enum RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// The file is not a registry; it is never overwritten.
    case malformed(path: String, line: Int, column: Int, reason: String)
    /// Somebody holds the lock and does not let go.
    case locked(path: String)
    /// Cloud Map would refuse this input; the code is its error name.
    case invalid(code: String, reason: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read the registry \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot write the registry \(path): \(reason)"
        case .malformed(let path, let line, let column, let reason):
            "\(path):\(line):\(column): not a registry: \(reason); repair or remove the file"
        case .locked(let path): "the registry is locked by another process: \(path).lock"
        case .invalid(let code, let reason): "\(code): \(reason)"
        }
    }
}
