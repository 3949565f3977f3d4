import Bytes
import Fixture
import HTTP
import Records
import Routing
import SQLite
import Synchronization

/// A service of one table, whose every write may be repeated.
struct Ledger: ServiceModule {
    let name = "ledger"
    let prefix = "/lines"
    let store: Store
    let keyed: KeyedWrites
    let door = Door()

    init(_ store: Store, _ seal: AnswerSeal? = nil) {
        self.store = store
        keyed = KeyedWrites(
            store,
            position: { transaction in
                ("lines", try transaction.one(Queries.count))
            }, seal: seal)
    }

    var routes: [Route] {
        [
            .post("/lines", add),
            .post("/lines/slow", addSlowly),
            .put("/lines/{id}", put),
        ]
    }

    func add(_ request: borrowing Request) async throws -> KeyedAnswer {
        let text = request.body.bytes.text
        return try await keyed.write(request) { transaction in
            try Ledger.insert(text, transaction)
        }
    }

    /// Waits at the door before it writes.
    func addSlowly(_ request: borrowing Request) async throws -> KeyedAnswer {
        let text = request.body.bytes.text
        return try await keyed.write(request, after: { try await door.pass() }) {
            transaction, word in
            try Ledger.insert(text + word, transaction)
        }
    }

    func put(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await keyed.write(request) { _ in .noContent }
    }

    private static func insert(
        _ text: String, _ transaction: borrowing Transaction
    ) throws -> Response {
        try transaction.run(Queries.insert, text)
        if text.contains("bad") { throw APIError.validation("text", "bad", "not this one") }
        let id = transaction.lastInsertedRowID
        return Response(
            .created, fields: [.location: "/lines/\(id)", "X-Line": "a: b"],
            body: .bytes(ByteString("\(id) \(text)")))
    }

    enum Queries {
        static let schema = [
            Migration(1, "lines", Array("CREATE TABLE lines (text TEXT NOT NULL)".utf8)),
            Migration(2, "kept answers", KeptAnswers.schema),
        ]
        static let insert = Query<String, Void>("INSERT INTO lines (text) VALUES (?1)")
        static let count = Query<Void, Int64>("SELECT count(*) FROM lines") { $0.int64(0) }
        static let kept = Query<Void, Int64>("SELECT count(*) FROM kept_answers") { $0.int64(0) }
        static let answers = Query<Void, [UInt8]>("SELECT answer FROM kept_answers") {
            $0.bytes(0)
        }
        static let oldAnswer = Query<(String, Int64), Void>(
            """
            INSERT INTO kept_answers (subject, key, fingerprint, at, answer)
            VALUES ('old', ?1, x'00', ?2, x'00')
            """)
    }
}

/// Keeps whoever passes waiting while it is closed, and can turn one away.
final class Door: Sendable {
    private struct State {
        var isOpen = true
        var refuses = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func close() { state.withLock { $0.isOpen = false } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func refuseNext() { state.withLock { $0.refuses = true } }

    func pass() async throws -> String {
        let isRefused = state.withLock { state in
            defer { state.refuses = false }
            return state.refuses
        }
        if isRefused { throw APIError(.invalidCredentials, "not you") }
        await withCheckedContinuation { continuation in
            let arrivals = state.withLock { state in
                if state.isOpen {
                    continuation.resume()
                } else {
                    state.waiting.append(continuation)
                }
                defer { state.arrivals = [] }
                return state.arrivals
            }
            for arrival in arrivals { arrival.resume() }
        }
        return "!"
    }

    /// Returns once somebody waits at the closed door.
    func someoneWaits() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.waiting.isEmpty { state.arrivals.append(continuation) }
                return !state.waiting.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }
}
