import Curl
import Identity

/// The running forum that a command speaks to, and the right to fill it.
struct ForumTarget: Sendable {
    /// `http://127.0.0.1:8080`.
    let url: String
    let transport: CurlTransport
    let secret: Secret
    /// What the first admin registers with, where it can be read; it may have been used.
    let invite: String?

    /// Why there is none. One line: what, where, what to do.
    struct Missing: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// `to` if given, else the forum that runs on the data folder `data`. `secretText`, the
    /// setting, counts more than the secret in that folder.
    init(to: String?, data: String, secretText: String) throws {
        let folder = ForumTarget.folder(data)
        guard let url = to ?? folder.flatMap(RunFile.read)?.url else {
            throw Missing(
                description: "no forum runs on the data folder \(data): start it with "
                    + "`forum up --data \(data)`, or say where it is with --to URL")
        }
        guard let transport = CurlTransport(url) else {
            throw Missing(
                description: "--to \(url): expected http://HOST:PORT without a path")
        }
        self.url = url
        self.transport = transport
        secret = try ForumTarget.secret(secretText, folder, data)
        // Without it the first admin is made one by the operator.
        invite = folder.flatMap { try? SecretFile($0.setupFile).read().text }
    }

    /// A forum that this process has just started.
    init(_ run: RunFile, _ folder: DataFolder, secretText: String) throws {
        try self.init(to: run.url, data: folder.path, secretText: secretText)
    }

    private static func folder(_ path: String) -> DataFolder? {
        // Without a folder there may still be a URL and a secret: the caller says what is missing.
        try? DataFolder(existing: path)
    }

    private static func secret(
        _ text: String, _ folder: DataFolder?, _ data: String
    ) throws -> Secret {
        if !text.isEmpty {
            guard let secret = Secret(text) else {
                throw Missing(
                    description: "FORUM_ADMIN_SECRET: expected 16 to 1024 characters without blanks"
                )
            }
            return secret
        }
        guard let folder else {
            throw Missing(
                description: "no admin secret: there is no data folder \(data); "
                    + "name the right one with --data DIR or set FORUM_ADMIN_SECRET")
        }
        return try SecretFile(folder.secretFile).read()
    }
}
