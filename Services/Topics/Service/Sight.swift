import Bytes
import Routing
import SQLite
import TopicsAPI

/// What a viewer sees of lists: by their role everywhere, and in the categories that they moderate.
struct Sight: Sendable {
    let viewer: Viewer
    /// The categories whose own moderator the viewer is.
    let moderated: [Int64: CategoryLevels]

    init<Source: Reader & ~Copyable>(_ viewer: Viewer, in reader: borrowing Source) throws {
        self.viewer = viewer
        guard let user = viewer.user else {
            moderated = [:]
            return
        }
        let rows = try reader.all(Topics.CategoryQueries.moderatedBy, user)
        moderated = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.levels) })
    }

    /// The categories of their own that the role alone does not open.
    var opened: [(id: Int64, levels: CategoryLevels)] {
        moderated.filter { $0.value.read > viewer.level }.map { ($0.key, $0.value) }
            .sorted { $0.id < $1.id }
    }

    func reads(_ row: TopicRow) -> Bool {
        viewer.level >= row.levels.read || moderated[row.topic.category.rawValue] != nil
    }

    func moderates(_ category: ID<Category>, _ levels: CategoryLevels) -> Bool {
        viewer.level >= max(levels.moderate, Role.moderator.level)
            || moderated[category.rawValue] != nil
    }

    /// Whether `row` belongs into a list of topics in `state`. Indexes may be behind for a moment,
    /// this is not.
    func sees(_ row: TopicRow, in state: ListedState) -> Bool {
        guard row.topic.state.rawValue == state.rawValue, reads(row) else { return false }
        return state == .visible || moderates(row.topic.category, row.levels)
    }

    /// Whether there can be anything for the viewer to keep in order.
    var isModerator: Bool { viewer.level >= Role.moderator.level || !moderated.isEmpty }
}

/// A category with an own moderator.
struct ModeratedCategory: Sendable {
    let id: Int64
    let levels: CategoryLevels

    /// Columns: id, read_level, post_level, reply_level, moderate_level.
    init(row: borrowing Row) {
        id = row.int64(0)
        levels = CategoryLevels(
            read: row.int64(1), post: row.int64(2), reply: row.int64(3), moderate: row.int64(4))
    }
}
