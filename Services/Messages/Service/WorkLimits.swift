/// Every maximum of one piece of work, with its reason; those of what is typed and shown are in the
/// API.
enum WorkLimits {
    /// Rows of a deleted account that are worked off in one transaction: others wait for it a few
    /// milliseconds.
    static let cascadeRowsMax: Int64 = 500
    /// Messages that are put on another shelf in one transaction: others wait some ten
    /// milliseconds.
    static let reshelvedMax: Int64 = 500
    /// The same at once, in the transaction that brings the card: nearly all threads have fewer,
    /// and a page of cards stays a short transaction.
    static let reshelvedAtOnceMax: Int64 = 100
    /// Messages that are interpreted in one transaction: some milliseconds of rendering.
    static let interpretedMax: Int64 = 200
    /// Messages that a search looks at: enough to choose from, and a few milliseconds of work.
    static let candidatesMax: Int64 = 100
}
