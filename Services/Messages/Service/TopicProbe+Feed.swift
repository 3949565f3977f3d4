import Bytes
import JSON
package import Outbox
import TopicsAPI

extension Messages {
    /// Asks for the row of one thread in the snapshot of the threads service, wherever that is.
    package static func probe(_ threads: any FeedSource) -> TopicProbe {
        { thread, milliseconds in
            await withTaskGroup(of: TopicFinding.self) { group in
                group.addTask { await find(thread, in: threads) }
                group.addTask {
                    // Cancelled: somebody has answered, and nobody asks how long it took.
                    try? await Task.sleep(for: .milliseconds(milliseconds))
                    return .unreachable
                }
                defer { group.cancelAll() }
                return await group.next() ?? .unreachable
            }
        }
    }

    private static func find(
        _ thread: ID<Topic>, in threads: any FeedSource
    ) async -> TopicFinding {
        do {
            let before = EventKey.number(thread.rawValue - 1)
            let page = try await threads.snapshot(
                kind: "thread", afterKey: before, limit: 1)
            guard let row = page.rows.first, row.key == .number(thread.rawValue) else {
                return .unknown
            }
            return .found(try ThreadCard.decode(row.body))
        } catch {
            // Whatever went wrong: nobody can say whether there is such a thread.
            return .unreachable
        }
    }
}
