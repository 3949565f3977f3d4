package import Outbox
import Records
import Synchronization

/// A users service that has everybody up to a number, whose names are `name7`, and notes what it is
/// asked: the key after which each snapshot began.
package final class UserDirectory: FeedSource {
    private let questions = Mutex<[Int64]>([])
    private let silence = Mutex(false)
    private let last: Int64

    package var asked: [Int64] { questions.withLock { $0 } }
    /// Whether it answers nobody.
    package var isDown: Bool {
        get { silence.withLock { $0 } }
        set { silence.withLock { $0 = newValue } }
    }

    package init(last: Int64) { self.last = last }

    package struct Down: Error {}

    package func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage { throw Down() }

    package func snapshot(
        kind: String, afterKey: EventKey?, limit: Int
    ) async throws -> SnapshotPage {
        if isDown { throw Down() }
        let after = afterKey?.number ?? 0
        questions.withLock { $0.append(after) }
        let ids = (after + 1...after + Int64(limit)).prefix { $0 <= last }
        let rows = ids.map { id in
            let card = UserCard(
                id: id, version: 3, username: "name\(id)", name: "Name \(id)",
                avatar: "/a", state: .active)
            let standing = Standing(sessionVersion: 1, joinedAtMilliseconds: 0)
            return UserChange(card: card, standing: standing).event
        }
        let state = FeedState(epoch: "e", head: 9, floor: 0)
        return SnapshotPage(rows: rows, state: state, next: ids.last == last ? nil : rows.last?.key)
    }
}
