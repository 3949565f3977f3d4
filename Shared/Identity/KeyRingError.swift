/// Why there is no ring of keys.
package enum KeyRingError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// Others than the owner may look into it.
    case exposed(path: String, mode: String)
    case malformed(path: String)
    case crowded(path: String)
    /// Other processes made and removed keys all the time.
    case contended(path: String)
    case crypto(CryptoFault)

    init(_ fault: PrivateFile.Fault, path: String) {
        switch fault {
        case .unreadable(let reason): self = .unreadable(path: path, reason: reason)
        case .unwritable(let reason): self = .unwritable(path: path, reason: reason)
        case .exposed: self = .exposed(path: path, mode: "600")
        }
    }

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read the keys in \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot keep a key in \(path): \(reason)"
        case .exposed(let path, let mode):
            "the keys in \(path) can be read by others: chmod \(mode) \(path)"
        case .malformed(let path):
            "\(path) holds no private key: restore it, or remove it and end all sessions with it"
        case .crowded(let path):
            "\(path) holds more than \(IdentityLimits.ringKeysMax) keys: remove what is not ours"
        case .contended(let path): "the keys in \(path) change faster than they can be read"
        case .crypto(let fault): "there is no new key: \(fault)"
        }
    }
}
