import Bytes
import Fixture
import HTTP
import JSON
import Records
import Routing
import SQLite
import Synchronization
import Testing

/// One number in a store, and how often its route had to make an answer.
private struct Tally: ServiceModule {
    struct Value: JSONRecord {
        let value: Int64
        static let members: [JSONMember<Self>] = [.integer("value", \.value)]
    }

    /// What the tests change while the route stands.
    final class Watch: Sendable {
        let made = Mutex(0)
        let now = Mutex<Int64>(1_000)
        let endsAt = Mutex<Int64?>(nil)
        /// Bytes behind the number.
        let padding = Mutex(0)
    }

    let name = "tally"
    let prefix = "/tally"
    let store: Store
    let watch = Watch()

    var routes: [Route] {
        [.get("/tally", store.kept(at: { watch.now.withLock { $0 } }, show))]
    }

    func show(_ request: borrowing Request) throws -> Response {
        watch.made.withLock { $0 += 1 }
        return try store.answer(request, endsAt: { _ in watch.endsAt.withLock { $0 } }) {
            let value = try $0.one(Queries.value)
            let etag = ETag("n", value, version: 1)
            let padding = watch.padding.withLock { $0 }
            if padding > 0 {
                return .json(ByteString([UInt8](repeating: 0x20, count: padding)), etag: etag)
            }
            return try .json(Value(value: value), for: request, etag: etag)
        }
    }

    enum Queries {
        static let schema = [
            Migration(
                1, "tally",
                Array("CREATE TABLE tally (value INTEGER); INSERT INTO tally VALUES (7)".utf8))
        ]
        static let value = Query<Void, Int64>("SELECT value FROM tally") { $0.int64(0) }
        static let set = Query<Int64, Void>("UPDATE tally SET value = ?1")
    }
}

@Suite("Answers kept for guests")
struct KeptGuestAnswerTests {
    private let folder = TemporaryFolder()

    private func open(isInTurn: Bool = true) throws -> Tally {
        var settings = StoreSettings()
        settings.isInTurn = { isInTurn }
        return Tally(
            store: try Store(
                path: folder.file("tally.sqlite"), migrations: Tally.Queries.schema,
                settings: settings))
    }

    private func ask(
        _ tally: Tally, _ fields: Fields = Fields(), target: String = "/tally"
    ) async throws -> Answer {
        var settings = RouterSettings()
        settings.authenticator = PlainTokens()
        settings.quotas = .off
        let router = Router([tally], settings) { _, _, _ in }
        let transport = LoopbackTransport(router)
        return Answer(try await transport.send(ClientRequest(.get, target, fields: fields)))
    }

    @Test("what nothing was committed since is made once, whatever turns go by")
    func once() async throws {
        let tally = try open()
        for _ in 0..<3 {
            #expect(try await ask(tally).text == #"{"value":7}"#)
            tally.store.endTurn()
        }
        #expect(tally.watch.made.withLock { $0 } == 1)
    }

    @Test("after a commit, also of another opener of the file, it is made again")
    func commit() async throws {
        let tally = try open()
        let other = try open(isInTurn: false)
        for value in Int64(1)...5 {
            _ = try await ask(tally)
            try await (value.isMultiple(of: 2) ? tally : other).store.write {
                try $0.run(Tally.Queries.set, value)
            }
            #expect(try await ask(tally).text == #"{"value":\#(value)}"#)
        }
        #expect(tally.watch.made.withLock { $0 } == 6)
    }

    @Test("a client that holds it gets 304, another target its own answer")
    func conditional() async throws {
        let tally = try open()
        let tag = try #require(try await ask(tally)[.etag])
        #expect(try await ask(tally, [.ifNoneMatch: tag]).status == 304)
        #expect(try await ask(tally, [.ifNoneMatch: "\"other\""]).status == 200)
        #expect(tally.watch.made.withLock { $0 } == 1)
        #expect(try await ask(tally, target: "/tally?fields=value").status == 200)
        #expect(tally.watch.made.withLock { $0 } == 2)
    }

    @Test("a caller gets an answer of their own, and leaves none for guests")
    func callers() async throws {
        let tally = try open()
        for _ in 0..<2 { _ = try await ask(tally, [.authorization: "Bearer 4:member"]) }
        #expect(tally.watch.made.withLock { $0 } == 2)
        _ = try await ask(tally)
        #expect(tally.watch.made.withLock { $0 } == 3)
    }

    @Test("where something shown ends by itself, it is made again then")
    func ends() async throws {
        let tally = try open()
        tally.watch.endsAt.withLock { $0 = 2_000 }
        for _ in 0..<2 { _ = try await ask(tally) }
        #expect(tally.watch.made.withLock { $0 } == 1)
        tally.watch.now.withLock { $0 = 2_000 }
        _ = try await ask(tally)
        #expect(tally.watch.made.withLock { $0 } == 2)
    }

    @Test("once it is full, what was there first stays until the next commit")
    func full() async throws {
        let tally = try open()
        // A quarter of a 128 MiB limit each, and what stands beside it: the fourth does not fit.
        tally.watch.padding.withLock { $0 = 32 << 20 }
        for number in 0..<4 { _ = try await ask(tally, target: "/tally?number=\(number)") }
        #expect(tally.watch.made.withLock { $0 } == 4)
        for number in 0..<4 { _ = try await ask(tally, target: "/tally?number=\(number)") }
        #expect(tally.watch.made.withLock { $0 } == 5)
        try await tally.store.write { try $0.run(Tally.Queries.set, 8) }
        for _ in 0..<2 { _ = try await ask(tally, target: "/tally?number=3") }
        #expect(tally.watch.made.withLock { $0 } == 6)
    }

    @Test("where reads share no state of the store, nothing is kept")
    func outsideTurns() async throws {
        let tally = try open(isInTurn: false)
        for _ in 0..<3 { _ = try await ask(tally) }
        #expect(tally.watch.made.withLock { $0 } == 3)
    }
}
