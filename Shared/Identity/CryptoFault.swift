/// What OpenSSL could not do. Never a statement about what it was given: a wrong password or a
/// forged token is an answer, not a fault.
package enum CryptoFault: Error, Equatable, Sendable, CustomStringConvertible {
    case noRandomness
    /// The name of the operation; want of memory is the usual reason.
    case failed(String)

    /// One line: what, and what to do.
    package var description: String {
        switch self {
        case .noRandomness: "the system gives no random numbers"
        case .failed(let operation): "OpenSSL failed at \(operation): is there memory left?"
        }
    }
}
