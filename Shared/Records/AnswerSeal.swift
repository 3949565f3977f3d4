package import Bytes

/// Keeps what an answer says from whoever reads the file of the store: for answers with tokens.
package struct AnswerSeal: Sendable {
    let seal: @Sendable (ByteString) throws -> ByteString
    let open: @Sendable (ByteString) -> ByteString?
    let mark: @Sendable (ByteString) throws -> ByteString

    /// `open` gives back what `seal` was given, or nil if it cannot, such as after a change of
    /// keys. Both run on the writer's thread and must not wait. `mark` makes of the digest of a
    /// request what is kept of it, the same for the same: keyed, it is of no use to whoever would
    /// guess a password in the request by trying.
    package init(
        seal: @escaping @Sendable (ByteString) throws -> ByteString,
        open: @escaping @Sendable (ByteString) -> ByteString?,
        mark: @escaping @Sendable (ByteString) throws -> ByteString = { $0 }
    ) {
        self.seal = seal
        self.open = open
        self.mark = mark
    }
}
