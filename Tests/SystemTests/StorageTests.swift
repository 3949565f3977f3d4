import Dispatch
import Fixture
import HTTP
import JSON
import MessagesService
import SQLite
import Testing

/// Stores that cannot be written to: readers do not notice, writers are told.
@Suite("A store that takes no writes", .serialized, .fewAtOnce, .timeLimit(.minutes(2)))
struct StorageTests {
    @Test("one that is locked for too long is called overloaded, and is read all the time")
    func locked() async throws {
        let town = try await Town(System.split())
        let forum = town.forum
        let path = forum.folder.file("data/messages.sqlite")
        let store = try Store(path: path, migrations: Messages.schema)
        let post = #"{"thread":\#(town.thread),"text":"Let me in."}"#
        let gate = DispatchSemaphore(value: 0)
        async let holding: Void = store.write { _ in gate.wait() }
        var answer: Answer?
        // The lock is taken a moment later than it is asked for.
        let isRefused = await eventually {
            answer = try? await forum.send(.post, "/api/posts", by: town.ada, post)
            return answer?.status != 201
        }
        let read = await forum.status(.get, "/api/posts/\(town.post)")
        gate.signal()
        try await holding
        #expect(isRefused)
        #expect(read == 200)
        try #require(answer).expectUnavailable("messages", "overloaded")
        await store.close()
        #expect(await forum.status(.post, "/api/posts", by: town.ada, post) == 201)
        await forum.stop()
    }

    @Test("one that is full says so, keeps what it acknowledged, and is read all the time")
    func full() async throws {
        let town = try await Town(System.split())
        let forum = town.forum
        await forum.stop("messages-1")
        try await forum.start(["messages-1"], fileBytesMax: 3 << 20)
        let text = String(repeating: "x", count: 32_000)
        var kept: [Int64] = []
        var refused: Answer?
        while refused == nil, kept.count < 400 {
            let answer = try await forum.send(
                .post, "/api/posts", by: town.ada,
                #"{"thread":\#(town.thread),"text":"\#(text)"}"#)
            if answer.status == 201 {
                kept.append(try answer.integer("id"))
            } else {
                refused = answer
            }
        }
        #expect(kept.count > 10)
        try #require(refused).expectUnavailable("messages", "storage-full")
        #expect(await forum.status(.get, "/api/posts/in-thread/\(town.thread)") == 200)
        // As if somebody had made room.
        await forum.kill("messages-1")
        try await forum.start(["messages-1"])
        for id in kept { #expect(await forum.status(.get, "/api/posts/\(id)?fields=id") == 200) }
        let post = #"{"thread":\#(town.thread),"text":"Room again."}"#
        #expect(await forum.status(.post, "/api/posts", by: town.ada, post) == 201)
        await forum.stop()
    }
}
