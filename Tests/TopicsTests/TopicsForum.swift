import Bytes
import Fixture
import HTTP
import JSON
import Outbox
import Records
import Routing
import SQLite
import Synchronization
import TopicsService

/// Topics alone behind a loopback, with callers known by tokens such as `finn`, under a clock that
/// the test sets.
final class TopicsForum: Sendable {
    /// Tells callers by their names.
    private struct Accounts: Authenticator {
        static let known: [String: Caller] = [
            "finn": Caller(user: 3, session: "s_1"),
            "jake": Caller(user: 4, session: "s_2"),
            "bubblegum": Caller(user: 1, role: .moderator, session: "s_3"),
            "simon": Caller(user: 5, role: .admin, session: "s_4"),
            "reader": Caller(user: 3, scopes: ["threads:read"]),
        ]

        func caller(_ head: RequestHead, nowMilliseconds: Int64) throws(APIError) -> Caller? {
            guard let token = head.bearerToken else { return nil }
            return Accounts.known[token.text]
        }
    }

    let topics: Topics
    let store: Store
    private let transport: LoopbackTransport
    private let folder: TemporaryFolder

    /// A store in `folder` is opened as it is there, or made.
    init(
        folder: TemporaryFolder = TemporaryFolder(), timer: FeedClock = .system,
        users: (any FeedSource)? = nil
    ) throws {
        self.folder = folder
        let clock = Clock()
        var settings = StoreSettings()
        settings.clock = { clock.now.withLock { $0 } }
        store = try Store(
            path: folder.file("topics.sqlite"), migrations: Topics.schema, settings: settings)
        topics = Topics(store: store, clock: settings.clock, timer: timer, users: users)
        var routing = RouterSettings()
        routing.authenticator = Accounts()
        routing.isOperator = { $0 == "secret" }
        routing.quotas = .off
        let reports = Reports()
        transport = LoopbackTransport(
            Router([topics], routing) { error, route, _ in reports.add("\(route): \(error)") })
        self.clock = clock
        self.unexpected = reports
    }

    private final class Clock: Sendable {
        let now = Mutex<Int64>(1_767_225_600_000)
    }

    private final class Reports: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private let clock: Clock
    private let unexpected: Reports

    /// Errors that nobody expected.
    var unexpectedErrors: [String] { unexpected.lines }

    func pass(milliseconds: Int64) { clock.now.withLock { $0 += milliseconds } }

    func send(
        _ method: Method, _ target: String, as name: String? = nil, _ body: String = "",
        bytes: ByteString? = nil, match: String? = nil, key: String? = nil, held: String? = nil,
        prefer: String? = nil
    ) async throws -> Answer {
        var fields = Fields()
        if let name { fields[.authorization] = "Bearer \(name)" }
        if !body.isEmpty || bytes != nil { fields[.contentType] = "application/json" }
        if let match { fields[.ifMatch] = match }
        if let key { fields[.idempotencyKey] = key }
        if let held { fields[.ifNoneMatch] = held }
        if let prefer { fields[.prefer] = prefer }
        let request = ClientRequest(method, target, fields: fields, body: bytes ?? ByteString(body))
        return Answer(try await transport.send(request))
    }

    func get(_ target: String, as name: String? = nil) async throws -> Answer {
        try await send(.get, target, as: name)
    }

    /// A thread by `name`, its id.
    @discardableResult
    func start(_ title: String, as name: String = "finn", _ more: String = "") async throws -> Int {
        let answer = try await send(
            .post, "/api/threads", as: name, #"{"title":"\#(title)"\#(more)}"#)
        guard answer.status == 201, let id = try answer.member("id").flatMap(Int.init) else {
            throw Unstarted(text: answer.text)
        }
        return id
    }

    struct Unstarted: Error { let text: String }

    /// A category that only moderators see, its id.
    func hiddenCategory() async throws -> Int {
        let body = #"{"name":"Backstage","permissions":{"read":"moderator"}}"#
        let answer = try await send(.post, "/api/threads/categories", as: "simon", body)
        guard let id = try answer.member("id").flatMap(Int.init) else {
            throw Unstarted(text: answer.text)
        }
        return id
    }

    /// The ids of a list.
    func ids(_ target: String, as name: String? = nil) async throws -> [Int] {
        try await get(target, as: name).ids
    }

    /// All events of the feed.
    func events() async throws -> [Event] {
        let page = try await topics.feed.page(
            after: 0, epoch: nil, limit: 1000, waitMilliseconds: 0)
        guard case .events(let entries, _) = page else { return [] }
        return entries.map(\.event)
    }

    /// Lets the messages service tell of a message.
    func hear(_ posts: [Post]) async throws {
        try await project("posts", posts.map(\.event))
    }

    /// Applies events as a projector does, in one transaction.
    func project(_ source: String, _ events: [Event]) async throws {
        guard let projection = topics.projections.first(where: { $0.source == source }) else {
            throw Unstarted(text: "nobody follows \(source)")
        }
        try await store.write { transaction in
            for event in events { try projection.apply(event, in: transaction) }
        }
    }
}

extension Answer {
    /// The ids of a list; throws for what is none.
    var ids: [Int] {
        get throws {
            guard case .array(let rows) = try json else {
                throw TopicsForum.Unstarted(text: text)
            }
            return rows.compactMap { row in
                guard case .integer(let id)? = row["id"] else { return nil }
                return Int(id)
            }
        }
    }
}

/// A message as its service tells of it.
struct Post {
    var id: Int
    var version = 1
    var thread: Int
    var number: Int
    var user = 3
    var state = "visible"

    var event: Event {
        let body =
            #"{"id":\#(id),"version":\#(version),"thread":\#(thread),"number":\#(number),"#
            + #""user":\#(user),"state":"\#(state)","createdAt":"2026-01-01T00:00:00.000Z"}"#
        return .state(
            "post.changed", key: .number(Int64(id)), version: Int64(version),
            body: ByteString(body))
    }
}

/// A user as the users service tells of them.
enum Somebody {
    static func event(_ id: Int, version: Int = 1, _ name: String) -> Event {
        let body =
            #"{"id":\#(id),"version":\#(version),"username":"\#(name)","name":"\#(name)","#
            + #""avatar":"/api/users/\#(id)/avatar","state":"active","role":"member","ban":null,"#
            + #""sessionVersion":1,"joinedAt":"2026-01-01T00:00:00.000Z"}"#
        return .state(
            "user.changed", key: .number(Int64(id)), version: Int64(version),
            body: ByteString(body))
    }

    static func deleted(_ id: Int, _ mode: String) -> Event {
        .fact(
            "user.deleted", key: .number(Int64(id)),
            body: ByteString(#"{"id":\#(id),"mode":"\#(mode)"}"#))
    }
}
