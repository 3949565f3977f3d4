import Bytes
import Fixture
import HTTP
import Identity
import JSON
import Outbox
import Records
import Routing
import SQLite
import Synchronization
import Testing
import UsersService

/// Users with accounts on a real file, behind a loopback, under a clock that the test sets.
final class AccountsForum: Sendable {
    static let setup = "the-setup-token-of-the-tests"
    static let start: Int64 = 1_795_651_200_000

    let users: Users
    let store: Store
    let passwords: PasswordPool
    /// The verifier of the issuer.
    let tokens: VerifiedTokens
    private let transport: LoopbackTransport
    private let folder = TemporaryFolder()
    private let keys = TemporaryFolder()
    private let clock: Clock

    private final class Clock: Sendable {
        let now = Mutex<Int64>(AccountsForum.start)
        var value: Int64 { now.withLock { $0 } }
    }

    init(
        registration: Accounts.Registration = .open, quotas: RateQuotas = .off
    ) throws {
        let clock = Clock()
        self.clock = clock
        var settings = StoreSettings()
        settings.clock = { clock.value }
        store = try Store(
            path: folder.file("users.sqlite"), migrations: Users.schema, settings: settings)
        // As cheap as the algorithm allows: what a guess costs is Identity's to test.
        let cheap = ScryptParameters(logN: 1, blockSize: 1, parallelism: 1)!
        passwords = PasswordPool(parameters: cheap, workers: 2)
        let issuer = try TokenIssuer(
            KeyRingFolder(keys.path), nowSeconds: AccountsForum.start / 1000)
        tokens = issuer.tokens
        let admin = Secret(LoopbackForum.secret)!
        users = Users(
            store: store,
            accounts: Accounts(
                issuer: issuer, passwords: passwords, secret: Secret("for-the-seals-of-the-tests")!,
                registration: registration, setup: Secret(AccountsForum.setup), quotas: quotas),
            clock: FeedClock(now: { clock.value }, sleep: { _ in await Task.yield() }))
        var routing = RouterSettings()
        routing.authenticator = users.authenticator
        routing.isOperator = { admin.matches($0) }
        routing.quotas = quotas
        let box = Box()
        self.box = box
        let router = Router([users], routing) { error, route, _ in
            box.lines.withLock { $0.append("\(route): \(error)") }
        }
        transport = LoopbackTransport(router) { head in
            let usual = LoopbackTransport.fixedContext(head)
            return RequestContext(
                trace: usual.trace, arrivedAtMilliseconds: clock.value, peer: usual.peer)
        }
    }

    private final class Box: Sendable { let lines = Mutex<[String]>([]) }
    private let box: Box

    /// Errors that nobody expected.
    var unexpectedErrors: [String] { box.lines.withLock { $0 } }

    var feedClock: FeedClock {
        FeedClock(now: { [clock] in clock.value }, sleep: { _ in await Task.yield() })
    }

    /// The head of a request with this token.
    func head(bearer token: String) throws -> RequestHead {
        var scanned = 0
        let text = "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n\r\n"
        let head = try ByteString(text).withBytes { bytes in
            try RequestParser.parse(
                bytes, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        return try #require(head)
    }

    func pass(milliseconds: Int64) { clock.now.withLock { $0 += milliseconds } }
    func pass(seconds: Int64) { pass(milliseconds: seconds * 1000) }

    func send(
        _ method: Method, _ target: String, as token: String? = nil, key: String? = nil,
        match: String? = nil, body: String = "", fields more: Fields = Fields()
    ) async throws -> Answer {
        var fields = more
        if !body.isEmpty { fields[.contentType] = "application/json" }
        fields[.authorization] = token.map { "Bearer \($0)" }
        fields[.idempotencyKey] = key
        fields[.ifMatch] = match
        let request = ClientRequest(method, target, fields: fields, body: ByteString(body))
        return Answer(try await transport.send(request))
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

    /// Registers somebody; answers with the id.
    @discardableResult
    func register(
        _ username: String, _ password: String = "correct horse 7", invite: String? = nil
    ) async throws -> Int64 {
        let invite = invite.map { #","invite":"\#($0)""# } ?? ""
        let answer = try await send(
            .post, "/api/users",
            body: #"{"username":"\#(username)","password":"\#(password)"\#(invite)}"#)
        guard answer.status == 201, case .integer(let id)? = try answer.json["id"] else {
            throw Refused(answer)
        }
        return id
    }

    /// The first admin: registers and signs in.
    func admin() async throws -> Tokens {
        try await register("root", invite: AccountsForum.setup)
        return try await signIn("root")
    }

    func signIn(
        _ username: String, _ password: String = "correct horse 7", key: String? = nil
    ) async throws -> Tokens {
        try Tokens(try await trySignIn(username, password, key: key))
    }

    func trySignIn(
        _ username: String, _ password: String = "correct horse 7", key: String? = nil
    ) async throws -> Answer {
        try await send(
            .post, "/api/users/sessions", key: key,
            body: #"{"username":"\#(username)","password":"\#(password)"}"#)
    }

    func refresh(_ token: String, key: String? = nil) async throws -> Answer {
        try await send(
            .post, "/api/users/sessions/refresh", key: key,
            body: #"{"refreshToken":"\#(token)"}"#)
    }

    /// What other services have been told, as `kind key version`.
    func told() throws -> [String] {
        try store.read { try $0.all(AccountsForum.events) }
    }

    /// The answers kept under keys, as the file has them.
    func keptAnswers() throws -> [[UInt8]] { try store.read { try $0.all(AccountsForum.kept) } }

    private static let kept = Query<Void, [UInt8]>(
        "SELECT answer FROM kept_answers WHERE answer IS NOT NULL"
    ) { $0.bytes(0) }
    var now: Int64 { clock.value }

    /// The bodies of all events.
    func bodies() throws -> [String] { try store.read { try $0.all(AccountsForum.bodies) } }

    /// How many deletions could still be undone, as far as what is kept goes.
    func keptNames() throws -> Int64 { try store.read { try $0.one(AccountsForum.keptNames) } }

    /// Every text of every table that has something of users.
    func everything() throws -> String {
        try store.snapshot { reader in
            try (reader.all(AccountsForum.bodies) + reader.all(AccountsForum.texts)).joined()
        }
    }

    private static let bodies = Query<Void, String>("SELECT body FROM outbox") { $0.text(0) }
    private static let keptNames = Query<Void, Int64>(
        "SELECT count(*) FROM deletions WHERE username IS NOT NULL OR hash IS NOT NULL"
    ) { $0.int64(0) }
    private static let texts = Query<Void, String>(
        """
        SELECT ifnull(username, '') || ifnull(name, '') || ifnull(bio, '')
            || ifnull(location, '') || ifnull(website, '') || ifnull(signature, '') FROM users
        UNION ALL SELECT ifnull(before, '') || ifnull(after, '') FROM audit
        UNION ALL SELECT ifnull(username, '') || ifnull(name, '') || ifnull(bio, '')
            || ifnull(location, '') || ifnull(website, '') || ifnull(email, '') FROM deletions
        UNION ALL SELECT username FROM former_names
        UNION ALL SELECT email FROM emails
        UNION ALL SELECT reason FROM bans
        UNION ALL SELECT name FROM api_tokens
        UNION ALL SELECT ifnull(address, '') || ifnull(agent, '') FROM sessions
        """
    ) { $0.text(0) }
    private static let events = Query<Void, String>(
        "SELECT kind || ' ' || key || ' ' || version FROM outbox ORDER BY seq"
    ) { $0.text(0) }
}

/// An answer with tokens.
struct Tokens: Sendable {
    let access: String
    let refresh: String
    let session: String

    init(_ answer: Answer) throws {
        guard case .string(let access)? = try answer.json["accessToken"],
            case .string(let refresh)? = try answer.json["refreshToken"],
            case .string(let session)? = try answer.json["session"]
        else { throw Refused(answer) }
        self.access = access
        self.refresh = refresh
        self.session = session
    }
}

/// An answer that is not what a test needs to go on.
struct Refused: Error, CustomStringConvertible {
    let description: String
    init(_ answer: Answer) { description = "\(answer.status) \(answer.text)" }
}

extension Answer {
    /// The slug of a problem.
    var problem: String? {
        guard case .string(let type)? = try? json["type"] else { return nil }
        return type.split(separator: "/").last.map(String.init)
    }
}
