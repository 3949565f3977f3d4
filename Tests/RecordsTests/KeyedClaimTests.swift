import Bytes
import Fixture
import HTTP
import Routing
import SQLite
import Testing

@testable import Records

@Suite("Keyed requests that need work before they write")
struct KeyedClaimTests {
    @Test("who repeats one that is still being worked on is told to wait")
    func inFlight() async throws {
        let forum = try LedgerForum()
        forum.ledger.door.close()
        async let first = forum.send(.post, "/lines/slow", key: "k")
        await forum.ledger.door.someoneWaits()
        let second = try await forum.send(.post, "/lines/slow", key: "k")
        #expect(second.status == 409)
        #expect(second.slug == "idempotency-in-flight")
        #expect(second[.retryAfter] == "1")
        let other = try await forum.send(.post, "/lines/slow", key: "k", body: "b")
        #expect(other.slug == "idempotency-reuse")
        forum.ledger.door.open()
        #expect(try await first.text == "1 a!")
        let third = try await forum.send(.post, "/lines/slow", key: "k")
        #expect(third.text == "1 a!")
        #expect(third.isReplayed)
        #expect(try forum.count == 1)
    }

    @Test("work that failed leaves the key free, and so does a write that failed")
    func failed() async throws {
        let forum = try LedgerForum()
        forum.ledger.door.refuseNext()
        let refused = try await forum.send(.post, "/lines/slow", key: "k")
        #expect(refused.slug == "invalid-credentials")
        let bad = try await forum.send(.post, "/lines/slow", key: "k", body: "bad")
        #expect(bad.slug == "validation")
        #expect(try await forum.send(.post, "/lines/slow", key: "k").status == 201)
        #expect(try forum.count == 1)
    }

    @Test("a claim whose process died ends by itself")
    func died() async throws {
        let forum = try LedgerForum()
        forum.ledger.door.close()
        async let lost = forum.send(.post, "/lines/slow", key: "k")
        await forum.ledger.door.someoneWaits()
        forum.pass(milliseconds: KeptAnswers.claimMilliseconds - 1)
        #expect(try await forum.send(key: "k").slug == "idempotency-reuse")
        forum.pass(milliseconds: 1)
        let taken = try await forum.send(key: "k")
        #expect(taken.text == "1 a")
        // The first was not dead, only slow: it finds its claim gone, and nothing of it is kept.
        forum.ledger.door.open()
        #expect(try await lost.slug == "idempotency-in-flight")
        #expect(try forum.count == 1)
        #expect(try await forum.send(key: "k").isReplayed)
    }

    @Test("without a key there is no claim")
    func keyless() async throws {
        let forum = try LedgerForum()
        #expect(try await forum.send(.post, "/lines/slow").text == "1 a!")
        #expect(try await forum.send(.post, "/lines/slow").text == "2 a!")
        #expect(try forum.store.read { try $0.one(Ledger.Queries.kept) } == 0)
    }
}

@Suite("Answers that are secret")
struct SealedAnswerTests {
    /// Stands for a cipher: every byte changed, and a mark that says with which key.
    private static func seal(key: UInt8) -> AnswerSeal {
        AnswerSeal(
            seal: { ByteString([key] + $0.array.map { $0 ^ 0x5a }) },
            open: { sealed in
                guard sealed.array.first == key else { return nil }
                return ByteString(sealed.array.dropFirst().map { $0 ^ 0x5a })
            })
    }

    @Test("are kept sealed and come back as they were")
    func sealed() async throws {
        let forum = try LedgerForum(seal: Self.seal(key: 1))
        let first = try await forum.send(key: "k", body: "fr_secret")
        let second = try await forum.send(key: "k", body: "fr_secret")
        #expect(second.isReplayed)
        #expect(second.text == first.text)
        #expect(second[.location] == first[.location])
        let kept = try forum.store.read { try $0.all(Ledger.Queries.answers) }
        #expect(kept.count == 1)
        #expect(!kept.contains { String(decoding: $0, as: UTF8.self).contains("secret") })
    }

    @Test("cannot be said again once the key is another, and that is said")
    func lost() async throws {
        let forum = try LedgerForum(seal: Self.seal(key: 1))
        let keyed = KeyedWrites(forum.store).sealed(by: Self.seal(key: 2))
        let router = Router(
            [
                OneRoute(
                    .post("/lines") { request in
                        try await keyed.write(request) { _ in .noContent }
                    })
            ]
        ) { _, _, _ in }
        _ = try await forum.send(key: "k")
        let request = ClientRequest(
            .post, "/lines", fields: [.idempotencyKey: "k"], body: ByteString("a"))
        let answer = Answer(try await LoopbackTransport(router).send(request))
        #expect(answer.slug == "conflict")
    }
}

private struct OneRoute: ServiceModule {
    let name = "one"
    let prefix = "/"
    let routes: [Route]

    init(_ route: Route) { routes = [route] }
}
