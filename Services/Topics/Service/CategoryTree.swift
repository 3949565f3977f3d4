import Bytes
import SQLite
import TopicsAPI

/// All categories, parents before their children, siblings by position.
struct CategoryTree {
    /// In the order of the tree.
    let rows: [CategoryRow]
    private let places: [ID<Category>: Int]

    /// Reads all: there are at most `TopicLimits.categoriesMax`.
    init<Source: Reader & ~Copyable>(_ reader: borrowing Source) throws {
        let all = try reader.all(Topics.CategoryQueries.all)
        let children = Dictionary(grouping: all) { $0.parent }
        var rows: [CategoryRow] = []
        var pending = Array((children[nil] ?? []).reversed())
        while let row = pending.popLast() {
            rows.append(row)
            pending += (children[row.id] ?? []).reversed()
        }
        self.rows = rows
        places = Dictionary(
            uniqueKeysWithValues: rows.enumerated().map { ($0.element.id, $0.offset) })
    }

    subscript(id: ID<Category>) -> CategoryRow? { places[id].map { rows[$0] } }

    /// From `id` up to a root, itself included.
    func path(from id: ID<Category>) -> [CategoryRow] {
        var path: [CategoryRow] = []
        var next = self[id]
        while let row = next, path.count <= TopicLimits.categoriesMax {
            path.append(row)
            next = row.parent.flatMap { self[$0] }
        }
        return path
    }

    /// What every category comes to with its ancestors.
    func levels() -> [ID<Category>: CategoryLevels] {
        var levels: [ID<Category>: CategoryLevels] = [:]
        for row in rows {
            let above = row.parent.flatMap { levels[$0] }
            let own = row.permissions
            let read = max(own.read.level, above?.read ?? 0)
            levels[row.id] = CategoryLevels(
                read: read, post: max(own.post.level, above?.post ?? 0, read),
                reply: max(own.reply.level, above?.reply ?? 0, read),
                moderate: own.moderate.level)
        }
        return levels
    }
}
