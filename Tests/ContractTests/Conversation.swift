import Bytes
import Curl
import Fixture
import HTTP
import JSON
import Testing

/// A walk through the whole forum by several people, with everything that is said on the way.
///
/// Each chapter is an extension in a file of its own. Requests are sent one after the other; after
/// each write all services are waited for, as any client can that sends `Forum-Position`.
final class Conversation {
    /// Somebody who asks.
    struct Person {
        let name: String
        var token: String?
        var refreshToken = ""
        /// The number of the account; 0 for who has none.
        var id = 0

        static let stranger = Person(name: "a stranger", token: nil)
        static let `operator` = Person(name: "the operator", token: LoopbackForum.secret)
    }

    let forum: HostedForum
    /// Everything that is compared, in its order.
    private(set) var exchanges: [ComparedExchange] = []
    /// The operations that were exercised.
    private(set) var exercised: Set<String> = []
    /// What every answer is checked against.
    private var described: Described
    private var positions: [String: Int] = [:]
    /// People by their names, once they have registered.
    var people: [String: Person] = [:]

    /// Reads the description first.
    init(_ forum: HostedForum) async throws {
        self.forum = forum
        described = Described(.null)
        try await settle()
        let document = try await send(200, .get, "/openapi.json")
        described = Described(try document.json)
        note(.get, "/openapi.json")
    }

    /// What is left of a conversation when it is over.
    struct Told: Sendable {
        let exchanges: [ComparedExchange]
        let exercised: Set<String>
        let operations: Set<String>
    }

    /// The whole story.
    static func told(_ forum: HostedForum) async throws -> Told {
        let conversation = try await Conversation(forum)
        try await conversation.run()
        return Told(
            exchanges: conversation.exchanges, exercised: conversation.exercised,
            operations: conversation.described.names)
    }

    func run() async throws {
        try await frontDoor()
        try await accounts()
        try await profiles()
        try await rolesAndBans()
        try await categories()
        try await threads()
        try await tags()
        try await moderation()
        try await posts()
        try await history()
        try await reactions()
        try await flags()
        try await reading()
        try await search()
        try await lists()
        try await mistakes()
        try await bulk()
        try await deletion()
    }

    // MARK: Asking

    /// Sends a request, expects its status, and keeps the answer for comparison.
    @discardableResult
    func send(
        _ status: Int, _ method: Method, _ target: String, as person: Person = .stranger,
        _ fields: Fields = Fields(), body: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let answer = try await ask(method, target, as: person, fields, body: body)
        #expect(
            answer.status == status, "\(method.name) \(target): \(answer.text)",
            sourceLocation: location)
        var faults = described.faults(method, target, answer)
        if status < 300 { faults += described.requestFaults(method, target, body) }
        #expect(faults == [], "\(method.name) \(target): \(answer.text)", sourceLocation: location)
        exchanges.append(ComparedExchange(method, target, person.name, answer))
        note(method, target)
        try await settle(answer)
        return answer
    }

    /// What was not there yet is asked for again until `isThere`; the last answer counts.
    @discardableResult
    func wait(
        for target: String, as person: Person = .stranger, _ isThere: (Answer) throws -> Bool,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let deadline = ContinuousClock.now + .seconds(30)
        var answer = try await ask(.get, target, as: person)
        while try !isThere(answer), ContinuousClock.now < deadline {
            answer = try await ask(.get, target, as: person)
        }
        return try await send(200, .get, target, as: person, at: location)
    }

    @discardableResult
    func get(
        _ status: Int, _ target: String, as person: Person = .stranger,
        _ fields: Fields = Fields(), at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await send(status, .get, target, as: person, fields, at: location)
    }

    @discardableResult
    func post(
        _ status: Int, _ target: String, as person: Person = .stranger, _ body: String = "{}",
        key: String? = nil, at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var fields: Fields = [.contentType: "application/json"]
        if let key { fields[.idempotencyKey] = key }
        return try await send(
            status, .post, target, as: person, fields, body: body, at: location)
    }

    @discardableResult
    func put(
        _ status: Int, _ target: String, as person: Person, _ body: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let fields: Fields = body == nil ? [:] : [.contentType: "application/json"]
        return try await send(status, .put, target, as: person, fields, body: body, at: location)
    }

    @discardableResult
    func delete(
        _ status: Int, _ target: String, as person: Person, _ body: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let fields: Fields = body == nil ? [:] : [.contentType: "application/json"]
        return try await send(
            status, .delete, target, as: person, fields, body: body, at: location)
    }

    /// An edit from the present state: reads the tag first, unless one is given.
    @discardableResult
    func edit(
        _ status: Int, _ target: String, as person: Person, _ body: String, match: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var tag = match
        if tag == nil { tag = try await ask(.get, target, as: person)[.etag] }
        let fields: Fields = [
            .contentType: "application/merge-patch+json", .ifMatch: tag ?? "\"none\"",
        ]
        return try await send(
            status, .patch, target, as: person, fields, body: body, at: location)
    }

    /// The lines as the operator.
    @discardableResult
    func load(
        _ status: Int, _ target: String, _ lines: [String],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await send(
            status, .post, target, as: .operator, [.contentType: "application/x-ndjson"],
            body: lines.map { $0 + "\n" }.joined(), at: location)
    }

    func person(_ name: String) throws -> Person { try #require(people[name]) }

    // MARK: Behind the scenes

    private func note(_ method: Method, _ target: String) {
        if method != .head, let name = described.name(method, target) { exercised.insert(name) }
    }

    private func ask(
        _ method: Method, _ target: String, as person: Person, _ fields: Fields = Fields(),
        body: String? = nil
    ) async throws -> Answer {
        var fields = fields
        fields[.traceparent] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        fields["User-Agent"] = "contract"
        if let token = person.token { fields[.authorization] = "Bearer \(token)" }
        let request = ClientRequest(
            method, target, fields: fields, body: ByteString(body ?? ""),
            timeoutMilliseconds: 60_000)
        return Answer(try await forum.transport.send(request))
    }

    /// After a write: asks every service until each has heard of it.
    private func settle(_ answer: Answer) async throws {
        guard let told = answer[.forumPosition] else { return }
        note(told)
        try await settle()
    }

    private func note(_ told: String) {
        for member in told.split(separator: ",") {
            let parts = member.split(separator: "=")
            if parts.count == 2, let position = Int(parts[1]) {
                positions[parts[0].filter { $0 != " " }] = position
            }
        }
    }

    /// Asks every service until it has heard of all that was done, and of all that is there when
    /// the forum has just started.
    private func settle() async throws {
        let all = positions.map { "\($0)=\($1)" }.sorted().joined(separator: ", ")
        for target in ["/api/users?limit=1", "/api/threads?limit=1", "/api/posts?limit=1"] {
            var isBehind = true
            while isBehind {
                // The time limit of the test ends what never comes.
                try Task.checkCancellation()
                let known: Fields = all.isEmpty ? [:] : [.forumPosition: all]
                let request = ClientRequest(.get, target, fields: known)
                isBehind =
                    try await forum.transport.send(request)
                    .fields["Forum-Staleness"] != nil
            }
        }
    }
}
