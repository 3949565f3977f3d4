import Testing

@Suite("The whole forum, through the gateway and in one process", .serialized)
struct ConversationTests {
    @Test(
        "every answer is as it must be and as it is described, and the same from both",
        .timeLimit(.minutes(4)))
    func same() async throws {
        async let behindGateway = HostedForum.run(.gateway) { try await Conversation.told($0) }
        async let inOneProcess = HostedForum.run(.monolith) { try await Conversation.told($0) }
        let (split, one) = try await (behindGateway, inOneProcess)
        #expect(split.exchanges.count == one.exchanges.count)
        for (left, right) in zip(split.exchanges, one.exchanges) { #expect(left == right) }
        // Who adds a route adds it to the story.
        #expect(split.operations.subtracting(split.exercised).sorted() == [])
        #expect(split.operations == one.operations)
    }
}
