import Fixture
import HTTP
import Routing
import Testing

@Suite("Waiting for the opening post")
struct OpeningWaitTests {
    private static let path = "/api/threads"
    private static let body = #"{"title":"With a text","text":"Hello"}"#

    @Test("who would wait is answered when the messages service has taken the text, once and again")
    func waited() async throws {
        let forum = try TopicsForum()
        async let answer = forum.send(
            .post, Self.path, as: "finn", Self.body, key: "k", prefer: "wait=5")
        while try await forum.get("\(Self.path)/1").status != 200 { await Task.yield() }
        try await forum.hear([Post(id: 7, thread: 1, number: 1)])
        let waited = try await answer
        #expect(waited.status == 201)
        #expect(try waited.member("openingPost") == #"{"id":7,"state":"visible"}"#)
        #expect(waited[FieldName("Preference-Applied")] == "wait=5")
        #expect(waited[.etag] == (try await forum.get("\(Self.path)/1"))[.etag])
        let again = try await forum.send(.post, Self.path, as: "finn", Self.body, key: "k")
        #expect(again.text == waited.text)
        #expect(again[.idempotencyReplayed] == "true")
    }

    @Test("the time it waits is bounded; then the text is shown from here")
    func bounded() async throws {
        let forum = try TopicsForum()
        let answer = try await forum.send(
            .post, Self.path, as: "finn", Self.body, prefer: "wait=0")
        #expect(
            try answer.member("openingPost") == #"{"id":null,"state":"pending","text":"Hello"}"#)
        #expect(answer[FieldName("Preference-Applied")] == "wait=0")
        let textless = try await forum.send(
            .post, Self.path, as: "finn", #"{"title":"No text"}"#, prefer: "wait=5")
        #expect(textless.status == 201)
        #expect(textless[FieldName("Preference-Applied")] == nil)
    }
}
