import Bytes
import Glibc

/// A secret kept in a file of mode 0600.
package struct SecretFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// The secret in the file; refuses a file that others may read.
    package func read() throws(SecretError) -> Secret {
        guard let secret = try readIfThere() else {
            throw .unreadable(path: path, reason: PrivateFile.reason(ENOENT))
        }
        return secret
    }

    /// The secret in the file, or a new one if there is no file. Two processes that start at once
    /// end up with the same: the file appears whole or not at all.
    package func readOrCreate() throws(SecretError) -> Secret {
        if let secret = try readIfThere() { return secret }
        let secret = try Secret.random()
        do throws(PrivateFile.Fault) {
            let isMine = try PrivateFile(path).create(ByteString(secret.text + "\n"))
            if isMine { return secret }
        } catch {
            throw named(error)
        }
        return try read()
    }

    private func readIfThere() throws(SecretError) -> Secret? {
        let found: ByteString?
        do throws(PrivateFile.Fault) {
            found = try PrivateFile(path).read(bytesMax: Secret.charactersMax + 1)
        } catch {
            throw named(error)
        }
        guard let found else { return nil }
        let line = found.array.prefix { $0 != ASCII.lineFeed }
        guard let secret = Secret(String(decoding: line, as: UTF8.self)) else {
            throw .malformed(path: path)
        }
        return secret
    }

    private func named(_ fault: PrivateFile.Fault) -> SecretError {
        switch fault {
        case .unreadable(let reason): .unreadable(path: path, reason: reason)
        case .unwritable(let reason): .unwritable(path: path, reason: reason)
        case .exposed: .exposed(path: path)
        }
    }
}
