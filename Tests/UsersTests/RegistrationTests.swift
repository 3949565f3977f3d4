import Bytes
import Fixture
import HTTP
import Routing
import Testing
import UsersService

@Suite("Registering")
struct RegistrationTests {
    @Test("whoever registers is a member, is told to other services, and can sign in")
    func registered() async throws {
        let forum = try AccountsForum()
        let answer = try await forum.send(
            .post, "/api/users",
            body: #"{"username":"alma","password":"correct horse 7","email":"a@example.org"}"#)
        #expect(answer.status == 201)
        #expect(answer[.location] == "/api/users/1")
        #expect(try answer.member("roles") == #"["member"]"#)
        #expect(!answer.text.contains("example.org"))
        #expect(answer["Forum-Position"] == "users=1")
        #expect(try forum.told() == ["user.changed 1 1"])
        _ = try await forum.signIn("ALMA")
        #expect(forum.unexpectedErrors.isEmpty)
    }

    @Test("a password that is too easy is a complaint beside its field")
    func weak() async throws {
        let forum = try AccountsForum()
        for (password, code) in [("short", "too-short"), ("password1234", "too-common")] {
            let answer = try await forum.send(
                .post, "/api/users", body: #"{"username":"alma","password":"\#(password)"}"#)
            #expect(answer.status == 422)
            #expect(answer.text.contains(#""pointer":"/password","code":"\#(code)""#))
        }
        let mail = try await forum.send(
            .post, "/api/users",
            body: #"{"username":"alma","password":"correct horse 7","email":"a@b@c"}"#)
        #expect(mail.text.contains(#""pointer":"/email""#))
        #expect(try forum.told().isEmpty)
    }

    @Test("two who register one name at once: one gets it")
    func race() async throws {
        let forum = try AccountsForum()
        let body = #"{"username":"Ines","password":"correct horse 7"}"#
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await forum.send(.post, "/api/users", body: body).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [201] + Array(repeating: 422, count: 5))
    }

    @Test("the same registration under one key is one member")
    func keyed() async throws {
        let forum = try AccountsForum()
        let body = #"{"username":"ines","password":"correct horse 7"}"#
        let first = try await forum.send(.post, "/api/users", key: "k", body: body)
        let second = try await forum.send(.post, "/api/users", key: "k", body: body)
        #expect(first.status == 201)
        #expect(second.body == first.body)
        #expect(second["Idempotency-Replayed"] == "true")
        #expect(try forum.told() == ["user.changed 1 1"])
    }

    @Test("the setup token makes one admin, once, also where registration is closed")
    func setup() async throws {
        let forum = try AccountsForum(registration: .closed)
        let closed = try await forum.send(
            .post, "/api/users", body: #"{"username":"alma","password":"correct horse 7"}"#)
        #expect(closed.status == 403)
        let wrong = try await forum.send(
            .post, "/api/users",
            body: #"{"username":"alma","password":"correct horse 7","invite":"something"}"#)
        #expect(wrong.status == 422)
        try await forum.register("root", invite: AccountsForum.setup)
        #expect(try await forum.get("/api/users/1").member("roles") == #"["admin"]"#)
        await #expect(throws: Refused.self) {
            try await forum.register("second", invite: AccountsForum.setup)
        }
        #expect(try await forum.get("/api/users/2").status == 404)
    }

    @Test("new accounts from one address have a quota")
    func quota() async throws {
        let forum = try AccountsForum(quotas: .usual)
        var statuses: [Int] = []
        for n in 0..<21 {
            let body = #"{"username":"user\#(n)","password":"correct horse 7"}"#
            statuses.append(try await forum.send(.post, "/api/users", body: body).status)
        }
        #expect(statuses == Array(repeating: 201, count: 20) + [429])
    }
}
