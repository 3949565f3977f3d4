import Bytes
import Fixture
import HTTP
import Outbox
import Records
import SQLite
import Testing
import UsersService

@Suite("Deleting users", .timeLimit(.minutes(5)))
struct DeletionTests {
    private let forum: AccountsForum
    private let admin: Tokens
    private let alma: Tokens

    init() async throws {
        forum = try AccountsForum()
        admin = try await forum.admin()
        try await forum.register("alma")
        alma = try await forum.signIn("alma")
        _ = try await forum.send(
            .patch, "/api/users/2", as: alma.access, match: "*",
            body: #"{"name":"Alma Reyes","bio":"rows","email":"alma@example.org"}"#)
    }

    private func delete(
        _ mode: String = "", as token: String? = nil, password: String = "correct horse 7",
        id: Int64 = 2
    ) async throws -> Answer {
        try await forum.send(
            .delete, "/api/users/\(id)\(mode)", as: token ?? alma.access,
            body: #"{"password":"\#(password)"}"#)
    }

    private func restore() async throws -> Answer {
        try await forum.send(.post, "/api/users/2/restore", as: admin.access)
    }

    @Test("who leaves shows the password, and opens and shows nothing from then on")
    func owner() async throws {
        let token = try await forum.send(
            .post, "/api/users/me/tokens", as: alma.access,
            body: #"{"name":"script","scopes":["users:read"]}"#)
        #expect(token.status == 201)
        #expect(try await delete(password: "wrong wrong 1").status == 403)
        let answer = try await delete()
        #expect(answer.status == 202)
        #expect(answer[.location] == "/api/users/jobs/j_1")
        #expect(
            try answer.member("progress")
                == #"{"users":"done","threads":"waiting","posts":"waiting"}"#)
        #expect(try answer.member("mode") == #""anonymize""#)
        #expect(try await forum.get("/api/users/2").status == 410)
        #expect(try await forum.get("/api/users/by-name/alma").status == 404)
        #expect(!(try await forum.get("/api/users").text.contains("lma")))
        #expect(try await forum.get("/api/users/me", as: alma.access).status == 401)
        #expect(try await forum.refresh(alma.refresh).status == 401)
        #expect(try await forum.trySignIn("alma").status == 401)
        await #expect(throws: Refused.self) { try await forum.register("ALMA") }
        #expect(try await delete(as: admin.access).status == 410)
        let told = try forum.told()
        #expect(told.contains { $0.hasPrefix("token.changed") && $0.hasSuffix(" 2") })
        #expect(told.last == "user.deleted 2:1 0")
    }

    @Test("others are deleted by admins alone, and the last admin is not")
    func admins() async throws {
        try await forum.register("bruno")
        #expect(try await delete(id: 3).status == 403)
        #expect(try await delete("?content=burn", as: admin.access).status == 400)
        #expect(try await delete(as: admin.access, id: 1).status == 409)
        #expect(try await delete("?content=keep", as: admin.access, id: 3).status == 202)
    }

    @Test("within two weeks an admin can bring a user back, password, name and all")
    func restored() async throws {
        let before = try await forum.get("/api/users/2?fields=username,name,bio,joinedAt")
        #expect(try await restore().status == 409)
        _ = try await delete()
        forum.pass(seconds: 13 * 24 * 3600)
        let root = try await forum.signIn("root")
        let answer = try await forum.send(
            .post, "/api/users/2/restore", as: root.access)
        #expect(answer.status == 200)
        #expect(
            try await forum.get("/api/users/2?fields=username,name,bio,joinedAt").text
                == before.text)
        let alma = try await forum.signIn("alma")
        let me = try await forum.get("/api/users/me", as: alma.access)
        #expect(try me.member("email") == #""alma@example.org""#)
    }

    @Test("after two weeks, or erased, a user is gone for good")
    func gone() async throws {
        _ = try await delete("?content=erase")
        #expect(try await restore().status == 410)
        try await forum.register("bruno")
        _ = try await delete(as: admin.access, id: 3)
        forum.pass(seconds: 14 * 24 * 3600)
        let root = try await forum.signIn("root")
        let answer = try await forum.send(.post, "/api/users/3/restore", as: root.access)
        #expect(answer.status == 410)
        try await forum.users.upkeep(nowSeconds: forum.now / 1000)
        #expect(try forum.keptNames() == 0)
    }

    @Test("of an erased user no table and no event has the name, the address or the texts")
    func erased() async throws {
        _ = try await forum.send(
            .put, "/api/users/2/username", as: alma.access, body: #"{"username":"reyes"}"#)
        _ = try await delete("?content=erase")
        let everything = try forum.everything()
        for word in ["alma", "Alma Reyes", "rows", "reyes"] {
            #expect(!everything.contains(word), "\(word)")
        }
        #expect(everything.contains("root"))
    }

    @Test("the job is done when both other services have said so, however often they say it")
    func job() async throws {
        _ = try await delete()
        func state() async throws -> String? {
            try await forum.get("/api/users/jobs/j_1", as: admin.access).member("state")
        }
        #expect(try await state() == #""running""#)
        let progress = try Progress(
            store: forum.store, sources: forum.users.projections.map(\.source),
            clock: forum.feedClock)
        let folder = TemporaryFolder()
        let tables = ["thread", "post", "post-reactions"].map { kind in
            SnapshotTable(kind, numbered: { _, _, _ in [] })
        }
        for projection in forum.users.projections {
            #expect(try await state() == #""running""#)
            let other = try Store(
                path: folder.file("\(projection.source).sqlite"),
                migrations: [Migration(1, "outbox", Outbox.schema)])
            try await other.write { transaction in
                for part in 1...2 {
                    let done = Event.fact(
                        "cascade.done", key: .text("2:\(part)"),
                        body: ByteString(
                            #"{"source":"\#(projection.source)","user":2,"job":\#(part)}"#))
                    try Outbox.append(done, in: transaction)
                }
            }
            let projector = Projector(
                projection, store: forum.store,
                feed: EagerFeed(base: LocalFeed(store: other, tables: tables)),
                progress: progress, clock: forum.feedClock)
            while try await projector.turn() != .idle {}
            await other.close()
        }
        #expect(try await state() == #""done""#)
        #expect(try await forum.get("/api/users/jobs/j_2", as: admin.access).status == 404)
        #expect(try await forum.get("/api/users/jobs/x", as: admin.access).status == 404)
    }

    @Test("an answer to an earlier deletion closes none that came after a restore")
    func answers() async throws {
        _ = try await delete()
        #expect(try await restore().status == 200)
        let back = try await forum.signIn("alma")
        #expect(try await delete(as: back.access).status == 202)
        func done(_ job: Int64, _ source: String) async throws {
            let body = #"{"source":"\#(source)","user":2,"job":\#(job)}"#
            let event = Event.fact(
                "cascade.done", key: .text("\(source):2:\(job)"), body: ByteString(body))
            let projection = try #require(
                forum.users.projections.first { $0.source == source })
            try await forum.store.write { try projection.apply(event, in: $0) }
        }
        func state(_ job: String) async throws -> String? {
            try await forum.get("/api/users/jobs/\(job)", as: admin.access).member("state")
        }
        for source in ["threads", "posts"] { try await done(1, source) }
        #expect(try await state("j_1") == #""done""#)
        #expect(try await state("j_2") == #""running""#)
        for source in ["threads", "posts"] { try await done(2, source) }
        #expect(try await state("j_2") == #""done""#)
    }

    @Test("other services see a ghost, also in events from before")
    func ghost() async throws {
        _ = try await delete()
        let bodies = try forum.bodies()
        #expect(bodies.allSatisfy { !$0.contains("alma") && !$0.contains("Alma") })
        #expect(bodies.contains { $0.contains(#""state":"deleted""#) })
    }
}
