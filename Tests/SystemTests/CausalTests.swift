import Fixture
import HTTP
import JSON
import Testing

/// Who sends the position of a write along reads what was written, wherever it is read.
@Suite("Reads that know of a write", .serialized, .fewAtOnce, .timeLimit(.minutes(2)), .inTown())
struct CausalTests {
    private static let rounds = 20

    /// Counts the rounds whose answer was up to date; one that is not and does not say so is an
    /// issue.
    private func read(
        _ target: String, after write: Answer, _ isNew: (Answer) throws -> Bool
    ) async throws -> Bool {
        let position = try #require(write["Forum-Position"], "\(write.text)")
        let answer = try await Town.here.forum.get(target, [.forumPosition: position])
        #expect(answer.status == 200, "\(answer.text)")
        if !answer.stale.isEmpty { return false }
        #expect(try isNew(answer), "\(target) is old after \(position): \(answer.text)")
        return true
    }

    @Test("a new name is shown by threads and posts, or they say that they do not know it yet")
    func names() async throws {
        let town = try Town.here
        var fresh = 0
        for round in 1...Self.rounds {
            let before = try await town.forum.get("/api/users/3")
            let renamed = try await town.forum.send(
                .patch, "/api/users/3", by: town.ada, #"{"name":"Ada \#(round)"}"#,
                [.ifMatch: before[.etag] ?? ""])
            #expect(renamed.status == 200, "\(renamed.text)")
            for target in ["/api/threads/\(town.thread)", "/api/posts/\(town.post)"] {
                let isFresh = try await read(target, after: renamed) {
                    $0.text.contains(#""name":"Ada \#(round)""#)
                }
                if isFresh { fresh += 1 }
            }
        }
        #expect(fresh > 0, "no position was ever waited for")
    }

    @Test("a new thread has its first post, and a new post counts, or that is said")
    func posts() async throws {
        let town = try Town.here
        var fresh = 0
        for round in 1...Self.rounds {
            let opened = try await town.forum.send(
                .post, "/api/threads", by: town.ada, #"{"title":"Round","text":"\#(round)"}"#)
            let thread = try opened.integer("id")
            let list = "/api/posts/in-thread/\(thread)?fields=text"
            if try await read(list, after: opened, { $0.text == #"[{"text":"\#(round)"}]"# }) {
                fresh += 1
            }
            let reply = try await town.forum.send(
                .post, "/api/posts", by: town.ben, #"{"thread":\#(town.thread),"text":"Me, too."}"#)
            #expect(reply.status == 201, "\(reply.text)")
            let number = try reply.integer("number")
            let isFresh = try await read("/api/threads/\(town.thread)", after: reply) {
                try $0.integer("replyCount") == number - 1
            }
            if isFresh { fresh += 1 }
        }
        #expect(fresh > 0, "no position was ever waited for")
    }
}
