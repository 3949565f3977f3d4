/// Every maximum of topics, categories and tags, with its reason.
package enum TopicLimits {
    /// Two letters say nothing; two hundred fill two lines of a list.
    package static let titleCharacters = 3...200
    /// Long enough to recognise a title in an address, short enough to paste.
    package static let slugCharactersMax = 80
    /// The text a topic is opened with: as long as any message.
    package static let textCharacters = 1...32_000
    /// More tags than these tell nothing.
    package static let tagsMax = 5
    /// A word or three.
    package static let tagCharacters = 1...32
    /// A name has to fit a menu.
    package static let categoryNameCharacters = 1...80
    /// A paragraph or two.
    package static let categoryDescriptionCharacters = 0...2000
    /// All categories are read together and shown as one tree.
    package static let categoriesMax = 1000
    /// Deeper trees are mazes.
    package static let categoryDepthMax = 5
    /// Who moderates one category.
    package static let categoryModeratorsMax = 100
    /// The reason of a moderator, kept with what was done.
    package static let reasonCharacters = 0...500
    /// How long an author may change title and place of a topic: a day, for second thoughts.
    package static let authorEditMilliseconds: Int64 = 24 * 60 * 60 * 1000
    /// Topics that one page of a list looks at, where a filter has no index: some milliseconds.
    package static let looksMax = 1000
    /// Topics that one transaction of a long work changes: others wait for it some milliseconds.
    package static let jobRowsMax = 500
    /// How long the answer to a new topic may wait for its opening message.
    package static let openingWaitSecondsMax = 5
    /// Topics that a search looks at: the newest that match.
    package static let searchCandidatesMax = 1000
    /// Faces shown beside a topic.
    package static let participantsMax = 5
}
