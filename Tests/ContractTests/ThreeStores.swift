import Bytes
import Fixture
import HTTP
import Identity
import JSON
import MessagesService
import Outbox
import Records
import Routing
import SQLite
import Synchronization
import TopicsService
import UsersService

/// The three modules with accounts in one process, each on a file of its own and followed by the
/// others, one step at a time.
final class ThreeStores: Sendable {
    let users: Users
    let topics: Topics
    let messages: Messages
    let modules: [any ServiceModule]
    let routing: RouterSettings
    private let transport: LoopbackTransport
    private let projectors: [Projector]
    private let stores: [(path: String, store: Store)]
    private let folder = TemporaryFolder()
    private let keys = TemporaryFolder()
    private let errors = Errors()

    static let setup = "the-setup-token-of-the-tests"

    init() throws {
        var stores: [(path: String, store: Store)] = []
        let folder = folder
        func store(_ name: String, _ schema: [Migration]) throws -> Store {
            let path = folder.file("\(name).sqlite")
            let store = try Store(path: path, migrations: schema)
            stores.append((path, store))
            return store
        }
        let accounts = Accounts(
            issuer: try TokenIssuer(
                KeyRingFolder(keys.path), nowSeconds: StoreSettings.systemClock() / 1000),
            // As cheap as the algorithm allows: what a guess costs is tested elsewhere.
            passwords: PasswordPool(
                parameters: ScryptParameters(logN: 1, blockSize: 1, parallelism: 1)!, workers: 2),
            secret: Secret("for-the-seals-of-the-tests")!, setup: Secret(ThreeStores.setup),
            quotas: .off)
        users = Users(
            store: try store("users", Users.schema), accounts: accounts)
        topics = Topics(store: try store("topics", Topics.schema))
        messages = Messages(
            store: try store("messages", Messages.schema), users: users.feed,
            probe: Messages.probe(topics.feed))
        modules = [users, topics, messages]
        self.stores = stores
        let all: [any FeedModule] = [users, topics, messages]
        let feeds = Dictionary(uniqueKeysWithValues: all.map { ($0.wire, $0.feed) })
        projectors = try all.flatMap { module in
            let progress = try Progress(
                store: module.store, sources: module.projections.map(\.source))
            return module.projections.map { projection in
                Projector(
                    projection, store: module.store,
                    feed: PromptFeed(base: feeds[projection.source]!), progress: progress)
            }
        }
        var routing = RouterSettings()
        routing.authenticator = users.authenticator
        routing.quotas = .off
        self.routing = routing
        let errors = errors
        let router = Router(modules, routing) { error, route, _ in
            errors.add("\(route): \(error)")
        }
        // Tokens are of this time, as they are over sockets.
        transport = LoopbackTransport(router) { head in
            let usual = LoopbackTransport.fixedContext(head)
            return RequestContext(
                trace: usual.trace, arrivedAtMilliseconds: StoreSettings.systemClock(),
                peer: usual.peer)
        }
    }

    /// Errors that nobody expected.
    var unexpectedErrors: [String] { errors.lines.withLock { $0 } }

    func send(
        _ method: Method, _ target: String, as token: String? = nil, key: String? = nil,
        _ body: String = ""
    ) async throws -> Answer {
        var fields: Fields = [.contentType: "application/json"]
        if method == .patch { fields.append(.ifMatch, "*") }
        if let token { fields.append(.authorization, "Bearer \(token)") }
        if let key { fields.append("Idempotency-Key", "\"\(key)\"") }
        let request = ClientRequest(method, target, fields: fields, body: ByteString(body))
        return Answer(try await transport.send(request))
    }

    /// Everybody hears everything, and what is worked off beside the requests is done.
    func settle() async throws {
        var isBusy = true
        while isBusy {
            isBusy = false
            for projector in projectors {
                while try await projector.turn() != .idle { isBusy = true }
            }
            while try await messages.continueChores() { isBusy = true }
            while try await topics.continueJobs() { isBusy = true }
        }
    }

    /// Closes all stores and gives what lies in their files then.
    func end() async -> [(name: String, bytes: [UInt8])] {
        for projector in projectors { await projector.stop() }
        var all: [(name: String, bytes: [UInt8])] = []
        for (path, store) in stores {
            await store.close()
            all.append((path, StoreBytes.vacuumed(path)))
        }
        return all
    }

    private final class Errors: Sendable {
        let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }
}

/// A feed that never waits.
private struct PromptFeed: FeedSource {
    let base: LocalFeed

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await base.page(after: after, epoch: epoch, limit: limit, waitMilliseconds: 0)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try base.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}
