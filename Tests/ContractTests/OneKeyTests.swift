import Fixture
import HTTP
import JSON
import Seeding
import Testing

@Suite("One key from eight connections", .timeLimit(.minutes(5)))
struct OneKeyTests {
    /// What eight clients were answered that sent the same at once, each over a connection of its
    /// own; who is told that somebody is at it asks again.
    private func answers(
        _ served: Served, _ target: String, key: String, token: String? = nil, _ body: String
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<8 {
                let forum = RunningForum(try served.transport())
                group.addTask {
                    var fields: Fields = [
                        .contentType: "application/json", "Idempotency-Key": "\"\(key)\"",
                    ]
                    if let token { fields.append(.authorization, "Bearer \(token)") }
                    while true {
                        let answer = try await forum.send(.post, target, fields, body: body)
                        if answer.status == 409, answer.text.contains("in-flight") { continue }
                        return answer
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func check(_ answers: [Answer], _ note: String) {
        #expect(answers.count == 8)
        #expect(answers.allSatisfy { $0.status == 201 }, "\(note)")
        #expect(Set(answers.map(\.text)).count == 1, "\(note)")
        #expect(Set(answers.map { $0[.location] }).count == 1, "\(note)")
        #expect(Set(answers.map { $0[.etag] }).count == 1, "\(note)")
        let first = answers.filter { $0["Idempotency-Replayed"] == nil }
        #expect(first.count == 1, "\(note)")
    }

    @Test("makes one user, with one body")
    func users() async throws {
        var random = SeededRandom()
        let forum = try ThreeStores()
        let served = try await Served([forum.modules], forum.routing)
        for round in 0..<6 {
            let name = random.text(from: "abcdefghijk", count: 12...12)
            let made = try await answers(
                served, "/api/users", key: "round-\(round)",
                #"{"username":"\#(name)","password":"correct horse 7"}"#)
            check(made, "\(random), round \(round)")
        }
        let all = try await RunningForum(served.transport()).get("/api/users?fields=id")
        #expect(all.text == "[\((1...6).map { #"{"id":\#($0)}"# }.joined(separator: ","))]")
        #expect(forum.unexpectedErrors == [])
        await served.end()
        _ = await forum.end()
    }

    @Test("makes one post, with one body")
    func posts() async throws {
        let forum = try ThreeStores()
        let served = try await Served([forum.modules], forum.routing)
        let account = #"{"username":"ada","password":"correct horse 7"}"#
        _ = try await forum.send(.post, "/api/users", account)
        let session = try await forum.send(.post, "/api/users/sessions", account)
        guard case .string(let token)? = try session.json["accessToken"] else {
            Issue.record("\(session.text)")
            return
        }
        _ = try await forum.send(.post, "/api/threads", as: token, #"{"title":"a thread"}"#)
        for round in 0..<12 {
            let made = try await answers(
                served, "/api/posts", key: "round-\(round)", token: token,
                #"{"thread":1,"text":"number \#(round)"}"#)
            check(made, "round \(round)")
        }
        try await forum.settle()
        let all = try await RunningForum(served.transport()).get("/api/posts?fields=id")
        #expect(all.text == "[\((1...12).map { #"{"id":\#($0)}"# }.joined(separator: ","))]")
        await served.end()
        _ = await forum.end()
    }
}
