import Bytes
import HTTP
import Identity
import JSON

/// The people of a story as a forum knows them: their ids, and their tokens once they are needed.
struct Cast: Sendable {
    private let client: ForumClient
    private let secret: Secret
    private var ids: [String: Int64] = [:]
    private var tokens: [String: String] = [:]

    init(_ client: ForumClient, _ secret: Secret) {
        self.client = client
        self.secret = secret
    }

    /// The password of somebody, made from the secret of the forum: whoever runs it can find out,
    /// and nobody has to keep it.
    static func password(_ username: String, _ secret: Secret) throws -> String {
        let bytes = try KeyDerivation.derive(
            passwordBytes, from: ByteString(secret.text), salt: ByteString(username),
            info: ByteString("forum seed password"))
        return Base64URL.encode(bytes)
    }

    /// Sixteen characters: nobody guesses them, and they can be typed.
    private static let passwordBytes = 12

    /// The id of somebody who was found or has registered.
    func id(_ username: String) -> Int64 {
        guard let id = ids[username] else { preconditionFailure("\(username) is of the cast") }
        return id
    }

    /// Whether the person has an account; throws `stranger` if somebody else is called so.
    mutating func find(_ person: StoryPerson) async throws -> Bool {
        let path = "/api/users/by-name/\(person.username)?fields=id,name"
        let answer = try await client.send(.get, path, as: .operator)
        if answer.status == .notFound { return false }
        if answer.status == .movedPermanently { throw StoryError.stranger(person.username) }
        let user = try answer.require(.ok)
        guard user.text("name") == person.name, let id = user.number("id") else {
            throw StoryError.stranger(person.username)
        }
        ids[person.username] = id
        return true
    }

    /// Registers the person. With `invite` it becomes the first admin; an invite that was used
    /// already is left out.
    mutating func register(_ person: StoryPerson, invite: String? = nil) async throws {
        var answer = try await send(person, invite)
        if invite != nil, answer.status != .created { answer = try await send(person, nil) }
        ids[person.username] = try answer.require(.created).number("id")
    }

    /// Signs in whoever of these has not yet: their passwords are checked beside each other.
    mutating func signIn(_ usernames: [String]) async throws {
        let (client, secret) = (client, secret)
        let missing = usernames.filter { tokens[$0] == nil }
        let signedIn = try await withThrowingTaskGroup(of: (String, String?).self) { group in
            for username in missing {
                group.addTask {
                    (username, try await Cast.signIn(username, client, secret))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (username, token) in signedIn { tokens[username] = token }
    }

    /// Somebody, to speak as; signs in first if need be.
    mutating func speaker(_ username: String) async throws -> ForumClient.Speaker {
        if tokens[username] == nil { try await signIn([username]) }
        return .member(tokens[username] ?? "")
    }

    private func send(_ person: StoryPerson, _ invite: String?) async throws -> ForumAnswer {
        try await client.send(
            .post, "/api/users", as: .operator,
            [
                "username": .text(person.username),
                "password": .text(try Cast.password(person.username, secret)),
                "name": .text(person.name), "bio": .text(person.bio), "invite": .text(invite),
            ])
    }

    private static func signIn(
        _ username: String, _ client: ForumClient, _ secret: Secret
    ) async throws -> String? {
        let answer = try await client.send(
            .post, "/api/users/sessions", as: .operator,
            [
                "username": .text(username),
                "password": .text(try password(username, secret)),
            ])
        if answer.status == .unauthorized { throw StoryError.stranger(username) }
        return try answer.require(.created).text("accessToken")
    }
}
