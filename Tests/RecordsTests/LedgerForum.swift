import Bytes
import Fixture
import HTTP
import Records
import Routing
import SQLite
import Synchronization

/// A ledger on a real file behind a loopback, under a clock that the test sets.
final class LedgerForum: Sendable {
    /// Tells callers by the number in their token.
    private struct Numbers: Authenticator {
        func caller(_ head: RequestHead, nowMilliseconds: Int64) throws(APIError) -> Caller? {
            guard let token = head.bearerToken, let user = DecimalText.parse(token.text) else {
                return nil
            }
            return Caller(user: user)
        }
    }

    let ledger: Ledger
    let store: Store
    private let transport: LoopbackTransport
    private let folder = TemporaryFolder()

    init(seal: AnswerSeal? = nil) throws {
        let clock = Clock()
        var settings = StoreSettings()
        settings.clock = { clock.now.withLock { $0 } }
        store = try Store(
            path: folder.file("ledger.sqlite"), migrations: Ledger.Queries.schema,
            settings: settings)
        ledger = Ledger(store, seal)
        var routing = RouterSettings()
        routing.authenticator = Numbers()
        transport = LoopbackTransport(Router([ledger], routing) { _, _, _ in })
        self.clock = clock
    }

    private final class Clock: Sendable {
        let now = Mutex<Int64>(1_767_225_600_000)
    }

    private let clock: Clock

    /// Lets the clock of the store go on.
    func pass(milliseconds: Int64) { clock.now.withLock { $0 += milliseconds } }

    /// Rows that were written.
    var count: Int64 { get throws { try store.read { try $0.one(Ledger.Queries.count) } } }

    func send(
        _ method: Method = .post, _ target: String = "/lines", key: String? = nil,
        user: Int? = nil, from address: String? = nil, body: String = "a"
    ) async throws -> Answer {
        var fields = Fields()
        fields[.idempotencyKey] = key
        fields[.authorization] = user.map { "Bearer \($0)" }
        fields[.xForwardedFor] = address
        return Answer(
            try await transport.send(
                ClientRequest(method, target, fields: fields, body: ByteString(body))))
    }
}

extension Answer {
    /// Whether it was given before.
    var isReplayed: Bool { self[.idempotencyReplayed] == "true" }

    /// The last part of a problem's type.
    var slug: String? {
        guard let type = try? member("type") else { return nil }
        return type.split(separator: "/").last.map { String($0.dropLast()) }
    }
}
