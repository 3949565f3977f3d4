package import Bytes

/// Keeps what an answer says from whoever reads the file of the store: for answers with tokens.
package struct AnswerSeal: Sendable {
    let seal: @Sendable (ByteString) throws -> ByteString
    let open: @Sendable (ByteString) -> ByteString?

    /// `open` gives back what `seal` was given, or nil if it cannot, such as after a change of
    /// keys. Both run on the writer's thread and must not wait.
    package init(
        seal: @escaping @Sendable (ByteString) throws -> ByteString,
        open: @escaping @Sendable (ByteString) -> ByteString?
    ) {
        self.seal = seal
        self.open = open
    }
}
