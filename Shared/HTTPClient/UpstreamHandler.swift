package import HTTP

/// Receives one answer, on the loop of its connection.
///
/// After `upstreamEnd` or `upstreamFailed` nothing more is told. All calls come from the loop's own
/// turn or from `resumeReading`, never from within `begin`, `send` or `endRequest`.
package protocol UpstreamHandler: AnyObject {
    /// A 1xx answer; the final one follows. Its storage is used again afterwards.
    func upstreamInterim(_ head: ResponseHead, _ connection: UpstreamConnection)

    /// The final answer begins. Then come pieces of the body, if it has one, and `upstreamEnd`.
    func upstreamHead(_ head: ResponseHead, _ connection: UpstreamConnection)

    /// A piece of the body; the bytes are valid during the call only.
    func upstreamBody(_ bytes: UnsafeRawBufferPointer, _ connection: UpstreamConnection)

    /// The answer is complete. The connection is in the pool again or closed: it is not to be used
    /// any more, even if the request was not sent in full.
    func upstreamEnd(_ connection: UpstreamConnection)

    /// There will be no answer, or no more of it. The connection is closed.
    func upstreamFailed(_ failure: UpstreamFailure, _ connection: UpstreamConnection)

    /// There is room again, after `send` answered that there was none.
    func upstreamRoomAgain(_ connection: UpstreamConnection)
}

extension UpstreamHandler {
    /// Interim answers mean nothing to most.
    package func upstreamInterim(_ head: ResponseHead, _ connection: UpstreamConnection) {}
}
