import Bytes
import Fixture
import HTTP
import JSON
import MessagesService
import Outbox
import Records
import Routing
import SQLite
import Synchronization

/// Messages over a real file, with callers whose tokens say who they are: `4` or `4:moderator`.
final class SignedForum: Sendable {
    let messages: Messages
    let store: Store
    /// What SQLite does for the store.
    let meter: StepMeter
    private let transport: LoopbackTransport
    private let folder = TemporaryFolder()
    private let reports = Reports()

    init(
        users: (any FeedSource)? = nil, probe: @escaping TopicProbe = SignedForum.everyThread
    ) throws {
        var settings = StoreSettings()
        settings.clock = { 1_767_225_600_000 }
        let path = folder.file("messages.sqlite")
        meter = StepMeter(path: path)
        store = try Store(path: path, migrations: Messages.schema, settings: settings)
        messages = Messages(store: store, users: users, probe: probe)
        var router = RouterSettings()
        router.authenticator = PlainTokens()
        router.quotas = .off
        let reports = reports
        transport = LoopbackTransport(
            Router([messages], router) { error, route, _ in reports.add("\(route): \(error)") })
    }

    /// Errors that nobody expected.
    var unexpectedErrors: [String] { reports.all }

    /// A probe that finds whatever it is asked for, open to members.
    static let everyThread: TopicProbe = { thread, _ in
        .found(ThreadCard(id: thread, version: 1, title: "found"))
    }

    func send(
        _ method: Method, _ target: String, as token: String? = nil, match: String? = nil,
        noneMatch: String? = nil, key: String? = nil, _ body: String = ""
    ) async throws -> Answer {
        var fields: Fields = [.contentType: "application/json"]
        if let noneMatch { fields.append(.ifNoneMatch, noneMatch) }
        if let token { fields.append(.authorization, "Bearer \(token)") }
        if let match { fields.append(.ifMatch, match) }
        if let key { fields.append("Idempotency-Key", "\"\(key)\"") }
        return Answer(
            try await transport.send(
                ClientRequest(method, target, fields: fields, body: ByteString(body))))
    }

    /// A request with a body of any bytes, for whatever state is there.
    func send(
        _ method: Method, _ target: String, as token: String, bytes: [UInt8]
    ) async throws -> Answer {
        let fields: Fields = [
            .contentType: "application/json", .authorization: "Bearer \(token)", .ifMatch: "*",
        ]
        return Answer(
            try await transport.send(
                ClientRequest(method, target, fields: fields, body: ByteString(bytes))))
    }

    func get(_ target: String, as token: String? = nil) async throws -> Answer {
        try await send(.get, target, as: token)
    }

    /// Posts a text in `thread` as `user`.
    @discardableResult
    func write(
        _ text: String, in thread: Int = 1, as user: String, replyTo: Int? = nil
    ) async throws -> Answer {
        let reply = replyTo.map { ",\"replyTo\":\($0)" } ?? ""
        let text = JSONText.string(text)
        return try await send(
            .post, "/api/posts", as: user, #"{"thread":\#(thread),"text":\#(text)\#(reply)}"#)
    }

    /// Everything that the feed tells.
    func events() async throws -> [FeedEntry] {
        var all: [FeedEntry] = []
        while true {
            let page = try await messages.feed.page(
                after: all.last?.seq ?? 0, epoch: nil, limit: 500, waitMilliseconds: 0)
            guard case .events(let entries, _) = page, !entries.isEmpty else { return all }
            all += entries
        }
    }

    /// Takes events as if they came from another service.
    func take(_ event: Event, from source: String = "threads") async throws {
        guard let projection = messages.projections.first(where: { $0.source == source }) else {
            throw NoProjection()
        }
        try await store.write { try projection.apply(event, in: $0) }
    }

    /// What the threads service would say of a thread.
    func takeThread(_ id: Int64, version: Int64 = 1, _ members: String = "") async throws {
        let body = #"{"id":\#(id),"version":\#(version),"title":"a title"\#(members)}"#
        try await take(
            .state("thread.changed", key: .number(id), version: version, body: ByteString(body)))
    }

    /// The threads service has been heard of, so that a thread without a card is nobody's.
    func followThreads() async throws {
        try await store.write { try $0.run(SignedForum.cursor) }
    }

    private static let cursor = Query<Void, Void>(
        """
        INSERT INTO feed_cursor (source, epoch, seq, at) VALUES ('threads', 'e', 1, 1)
        """)

    /// What the users service would say of an account.
    func takeUser(
        _ id: Int64, _ username: String, version: Int64 = 1, state: AccountState = .active
    ) async throws {
        let card = UserCard(
            id: id, version: version, username: username, name: username,
            avatar: "/api/users/\(id)/avatar", state: state)
        let standing = Standing(sessionVersion: 1, state: state, joinedAtMilliseconds: 0)
        try await take(UserChange(card: card, standing: standing).event, from: "users")
    }

    private struct NoProjection: Error {}

    private final class Reports: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }
}
