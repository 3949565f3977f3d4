/// Where the events of one service can be read, in this process or in another one.
package protocol FeedSource: Sendable {
    /// The events after the position `after`, oldest first, at most `limit` of them. With none, it
    /// waits for the first one up to `waitMilliseconds` and then answers with an empty page.
    /// `epoch` is that of the position; nil when the reader has none.
    ///
    /// Throws `FeedError`, the error of a store, or `CancellationError`.
    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage

    /// The present state of the things of `kind` whose keys follow `afterKey` (nil: from the
    /// first), in the order of their keys, at most `limit` of them.
    ///
    /// Throws `FeedError`, the error of a store, or `CancellationError`.
    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage
}
