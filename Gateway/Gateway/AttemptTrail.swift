/// What was tried for one request, in order. Reused from request to request.
package struct AttemptTrail {
    /// One target tried.
    package struct Attempt {
        package let target: Target
        /// Nil while it is under way and when it was answered.
        package fileprivate(set) var failure: RetryPolicy.Failure?
    }

    private var attempts: [Attempt] = []

    package init() {}

    package var count: Int { attempts.count }
    package var last: Attempt? { attempts.last }

    /// A further attempt begins.
    package mutating func begin(_ target: Target) { attempts.append(Attempt(target: target)) }

    /// The attempt under way has failed.
    package mutating func fail(_ failure: RetryPolicy.Failure) {
        precondition(!attempts.isEmpty, "only what began can fail")
        attempts[attempts.count - 1].failure = failure
    }

    /// Whether this target was tried already.
    package func contains(_ target: Target) -> Bool { attempts.contains { $0.target === target } }

    /// Forgets everything and keeps its memory.
    package mutating func removeAll() { attempts.removeAll(keepingCapacity: true) }
}
