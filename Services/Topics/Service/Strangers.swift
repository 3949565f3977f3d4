import Records

// People who are shown without a card: they are asked for, to be known when they are shown again.
extension Topics {
    /// Asks for those among the people of `views`. Waits for nothing.
    func note(strangersIn views: [TopicView]) {
        guard let missing else { return }
        for view in views where view.people?.hasStrangers == true {
            missing.note(view.people?.strangers ?? [])
        }
    }

    /// Keeps the cards that came of those who were asked for, and gives how many; to be called
    /// every few seconds. Throws when the users service does not answer.
    package func fetchCards() async throws -> Int { try await missing?.fetch() ?? 0 }
}

extension TopicPeople {
    /// Nearly nobody is one: asked for every thread that is shown.
    var hasStrangers: Bool {
        author.state == .unknown || lastAuthor?.state == .unknown
            || participants.contains { $0.state == .unknown }
    }

    var strangers: [Int64] {
        ([author] + participants + [lastAuthor].compactMap(\.self))
            .filter { $0.state == .unknown }.map(\.id)
    }
}
