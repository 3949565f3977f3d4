/// A request that waits for the writer, whatever it returns.
protocol WriteRequest: AnyObject, Sendable {
    /// Does the work and keeps the result; throws when the work is to be undone.
    func perform(in transaction: borrowing Transaction) throws

    /// Answers the one who waits, once: with `failure`, or with the result that was kept.
    func finish(_ failure: (any Error)?)
}

/// A closure and the task that waits for its result.
///
/// Unchecked: it is handed over through the queue and then touched by the writer's thread alone.
final class PendingWrite<Output: Sendable>: WriteRequest, @unchecked Sendable {
    private let body: @Sendable (borrowing Transaction) throws -> Output
    private let continuation: CheckedContinuation<Output, any Error>
    private var output: Output?

    init(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Output,
        _ continuation: CheckedContinuation<Output, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func perform(in transaction: borrowing Transaction) throws { output = try body(transaction) }

    func finish(_ failure: (any Error)?) {
        if let failure { return continuation.resume(throwing: failure) }
        guard let output else { preconditionFailure("a request is performed before it is kept") }
        continuation.resume(returning: output)
    }
}
