import Glibc

/// Where passwords are hashed: threads of their own, so that neither an event loop nor a thread of
/// Swift's pool is kept, and a bounded queue, so that logging in is no cheap way to stop a server.
package final class PasswordPool: Sendable {
    /// All processors but one, which stays for answering; at least one.
    package static var workersDefault: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1)
    }

    /// The costs of new hashes, and those below which old ones are renewed.
    package let parameters: ScryptParameters
    private let queue: PasswordQueue

    /// Starts `workers` threads; `pendingMax` jobs may wait for them.
    package init(
        parameters: ScryptParameters = .standard, workers: Int = PasswordPool.workersDefault,
        pendingMax: Int = IdentityLimits.passwordsPendingMax
    ) {
        precondition(workers > 0 && pendingMax > 0, "somebody works and somebody may wait")
        self.parameters = parameters
        queue = PasswordQueue(pendingMax: pendingMax, workers: workers)
        for _ in 0..<workers { PasswordWorker.start(queue) }
    }

    deinit { queue.close() }

    /// What is to be stored of a new password.
    package func hash(_ password: Password) async throws -> PasswordHash {
        let parameters = parameters
        return try await run { try PasswordHash(password, parameters) }
    }

    /// Whether `hash` was made of `password`. Without a hash, because there is nobody of that name,
    /// the answer is no and takes as long.
    package func check(
        _ password: Password, against hash: PasswordHash?
    ) async throws -> PasswordVerdict {
        let parameters = parameters
        let target = hash ?? .nobody(parameters)
        return try await run {
            guard try target.matches(password) else { return .wrong }
            return .right(needsRehash: target.needsRehash(under: parameters))
        }
    }

    /// What `work` answers, carried out by a worker. Throws what it throws; `.overloaded` at once
    /// when too many wait; `.closed`; and `CancellationError` when the task is cancelled before a
    /// worker got to it.
    package func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let id = queue.newID()
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let job = PasswordJob(id: id) { ending in
                    switch ending {
                    case .due: continuation.resume(with: Swift.Result(catching: work))
                    case .cancelled: continuation.resume(throwing: CancellationError())
                    }
                }
                do throws(PasswordPoolFault) {
                    try queue.add(job)
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            queue.cancel(id)
        }
    }

    /// Jobs that wait for a worker now.
    package var pendingCount: Int { queue.pendingCount }

    /// Jobs refused so far because too many waited.
    package var refusedCount: Int { queue.refusedCount }

    /// Whether it takes no more.
    package var isClosed: Bool { queue.isClosed }

    /// Takes no more, carries out what waits, and returns when the threads have ended.
    package func close() async {
        queue.close()
        await queue.ended()
    }
}

/// What a check found.
package enum PasswordVerdict: Equatable, Sendable {
    case wrong
    /// With `needsRehash`, now is the moment: the password is at hand.
    case right(needsRehash: Bool)
}

/// Why a password was not looked at.
package enum PasswordPoolFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Too many wait already: come back in a few seconds.
    case overloaded
    case closed

    /// One line: what, and what to do.
    package var description: String {
        switch self {
        case .overloaded: "too many passwords wait to be checked: try again in a few seconds"
        case .closed: "passwords are not checked any more: the process is ending"
        }
    }
}
