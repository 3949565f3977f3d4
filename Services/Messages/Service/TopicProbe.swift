package import Bytes
package import TopicsAPI

/// What the threads service answers when it is asked about a thread that has no card here.
package enum TopicFinding: Sendable {
    /// It is there, and this is what it asks.
    case found(ThreadCard)
    /// There is no such thread.
    case unknown
    /// Nobody answered in time: it cannot be known.
    case unreachable
}

/// Asks the threads service about one thread, for at most so many milliseconds. It does not throw:
/// whatever goes wrong is `unreachable`.
package typealias TopicProbe =
    @Sendable (_ thread: ID<Topic>, _ milliseconds: Int) async -> TopicFinding
