/// Every maximum of a message, with its reason.
package enum MessageLimits {
    /// Something is said, in at most some ten printed pages.
    package static let textCharacters = 1...32_000
    /// Why something was changed or taken away, or what a flag is about: a few sentences.
    package static let reasonCharacters = 1...500
    /// The reactions there are: few enough to be counted side by side below every message.
    package static let reactions = ["👍", "❤️", "😂", "🎉", "😮", "😢", "👎", "🚀"]
    /// How many neighbours are shown on either side of a message.
    package static let contextRows: ClosedRange<Int64> = 0...50
    /// The same when nobody says how many.
    package static let contextRowsUsual: Int64 = 5
    /// Users who are named for each reaction; the rest is counted.
    package static let reactionUsersMax: Int64 = 100
    /// How many messages a search finds at most: who needs more asks for something else.
    package static let foundRowsMax: Int64 = 50
    /// The same when nobody says how many.
    package static let foundRowsUsual: Int64 = 20
    /// How long it may take to ask the threads service about a thread that is not known here.
    package static let probeMilliseconds = 150
}
