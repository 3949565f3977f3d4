/// How a feed stands.
package struct FeedState: Equatable, Sendable {
    /// Which life of the outbox it is; positions of two lives cannot be compared.
    package let epoch: String
    /// The newest position.
    package let head: Int64
    /// Facts up to here may have been removed: who stands before it has missed some.
    package let floor: Int64

    /// A state as a source gives it; `floor` is at most `head`.
    package init(epoch: String, head: Int64, floor: Int64) {
        self.epoch = epoch
        self.head = head
        self.floor = floor
    }
}
