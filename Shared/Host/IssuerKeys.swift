import Bytes
import HTTP
import Identity
import SQLite

/// The keys that the users service signs tokens with, as a process keeps them that is not the users
/// service: on disk, so that tokens go on being good while users is down.
final class IssuerKeys: Sendable {
    /// The names that the issuer puts into its tokens.
    private static let name = "forum"
    /// How often the keeper is asked whether it is time; it asks the issuer far less often.
    private static let pauseMilliseconds = 1_000
    /// How often the registry is looked at for an issuer that is not in it yet.
    private static let lookMilliseconds = 20
    private static let path = "/api/users/.well-known/jwks.json"

    /// The tokens of this process, each verified once.
    let tokens: VerifiedTokens
    private let keeper: KeySetKeeper
    private let neighbours: Neighbours?

    /// The set is kept in the file at `path`; `neighbours` finds the issuer.
    init(path: String, neighbours: Neighbours?) {
        let tokens = VerifiedTokens(
            TokenVerifier(keys: .empty, issuer: IssuerKeys.name, audience: IssuerKeys.name))
        self.tokens = tokens
        self.neighbours = neighbours
        keeper = KeySetKeeper(
            path: path, publish: { tokens.use($0) },
            fetch: { try await IssuerKeys.fetch(neighbours) })
    }

    /// Keeps the keys current until the task is cancelled.
    func keep() async {
        await waitForIssuer()
        while !Task.isCancelled {
            await keeper.refreshIfDue(nowSeconds: IssuerKeys.nowSeconds())
            // Cancelled: the loop ends.
            try? await Task.sleep(for: .milliseconds(IssuerKeys.pauseMilliseconds))
        }
    }

    /// When everything starts at once the issuer is there a moment later. Asking it too early would
    /// be a failure, after which the keeper waits for longer than a person does.
    private func waitForIssuer() async {
        guard let neighbours else { return }
        while !Task.isCancelled, !neighbours.knows("users") {
            // Cancelled: the loop ends.
            try? await Task.sleep(for: .milliseconds(IssuerKeys.lookMilliseconds))
        }
    }

    /// A token named a key that is not here: perhaps the issuer has a new one.
    func noteUnknownKey() {
        Task { await keeper.refreshForUnknownKey(nowSeconds: IssuerKeys.nowSeconds()) }
    }

    private static func nowSeconds() -> Int64 { StoreSettings.systemClock() / 1000 }

    private static func fetch(_ neighbours: Neighbours?) async throws -> ByteString {
        guard let neighbours else { throw Neighbours.Missing(wire: "users") }
        let issuer = try neighbours.transport(to: "users")
        let answer = try await issuer.send(ClientRequest(.get, path, timeoutMilliseconds: 2_000))
        guard answer.status == .ok else {
            throw TransportError(
                .upstream, "no-keys", "users answered \(answer.status.code) when asked for keys",
                isRetryable: true)
        }
        return answer.body
    }
}
