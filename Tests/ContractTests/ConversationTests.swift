import Testing

@Suite("The whole forum, through the gateway and in one process", .serialized)
struct ConversationTests {
    @Test(
        "every answer is as it must be and as it is described, and the same from both",
        .timeLimit(.minutes(4)))
    func same() async throws {
        let split = try await HostedForum.run(.gateway) { try await Conversation.exchanges($0) }
        let one = try await HostedForum.run(.monolith) { try await Conversation.exchanges($0) }
        #expect(split.exchanges.count == one.exchanges.count)
        for (left, right) in zip(split.exchanges, one.exchanges) { #expect(left == right) }
        // Who adds a route adds it to the story.
        #expect(split.operations.subtracting(split.exercised).sorted() == [])
        #expect(split.operations == one.operations)
    }
}
