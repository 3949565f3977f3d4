import Bytes
import Curl
import HTTP
import Identity
import JSON
import Synchronization

/// Speaks to a forum as one person after the other. It remembers how far each service had come with
/// its answers and says so with every request (Forum-Position), so that what one service was told
/// is known to the others when they are asked.
final class ForumClient: Sendable {
    /// Who speaks.
    enum Speaker: Sendable {
        /// Whoever runs the forum: sees everything, is nobody's account, and is never too fast.
        case `operator`
        /// Whoever has this access token.
        case member(String)
    }

    private let transport: any HTTPTransport
    private let secret: Secret
    private let positions = Mutex<[String: Int64]>([:])

    /// How often the services are asked whether they know everything: for ten seconds and more.
    private static let settlingTriesMax = 200
    private static let settlingPauseMilliseconds = 50

    init(_ transport: any HTTPTransport, _ secret: Secret) {
        self.transport = transport
        self.secret = secret
    }

    /// The answer, whatever it says.
    func send(
        _ method: Method, _ path: String, as speaker: Speaker, _ body: RequestMembers = [:],
        key: String? = nil, match: String? = nil
    ) async throws -> ForumAnswer {
        var fields = Fields()
        switch speaker {
        case .operator: fields[.authorization] = "Bearer \(secret.text)"
        case .member(let token): fields[.authorization] = "Bearer \(token)"
        }
        if !body.isEmpty { fields[.contentType] = "application/json" }
        fields[.idempotencyKey] = key
        fields[.ifMatch] = match
        fields[.forumPosition] = position
        let request = ClientRequest(method, path, fields: fields, body: body.json)
        let response: ClientResponse
        do throws(TransportError) {
            response = try await transport.send(request)
        } catch {
            throw StoryError.unreachable(error.detail)
        }
        note(response.fields[.forumPosition])
        return ForumAnswer(response, to: "\(method.name) \(path)")
    }

    /// What a GET shows to `speaker`.
    func get(_ path: String, as speaker: Speaker = .operator) async throws -> JSONValue {
        try await send(.get, path, as: speaker).require(.ok)
    }

    /// Waits until every service knows what the others have told so far.
    func settle() async throws {
        for path in ["/api/users?limit=1", "/api/threads?limit=1", "/api/posts?limit=1"] {
            var triesLeft = ForumClient.settlingTriesMax
            while try await send(.get, path, as: .operator).isStale {
                triesLeft -= 1
                if triesLeft == 0 { throw StoryError.unsettled }
                try await Task.sleep(for: .milliseconds(ForumClient.settlingPauseMilliseconds))
            }
        }
    }

    private var position: String? {
        let known = positions.withLock { $0 }
        if known.isEmpty { return nil }
        return known.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ", ")
    }

    /// `posts=1842`: one service answers with its own.
    private func note(_ field: String?) {
        guard let parts = field?.split(separator: "="), parts.count == 2,
            let number = Int64(parts[1])
        else { return }
        positions.withLock { known in
            let source = String(parts[0])
            known[source] = max(known[source] ?? 0, number)
        }
    }
}
