import Bytes
import JSON
import Outbox
import Routing
import SQLite
import TopicsAPI
import UsersAPI

/// What is done with categories, inside a transaction.
enum Categories {
    /// Makes a category of what `patch` says; throws `validation` for what does not fit.
    static func add(
        _ patch: CategoryPatch, _ transaction: borrowing Transaction
    ) throws -> Category {
        guard let name = patch.name else {
            throw APIError.validation("name", JSONComplaint.required, "this member is required")
        }
        guard try transaction.one(Topics.CategoryQueries.count) < TopicLimits.categoriesMax else {
            throw APIError(
                .conflict, "a forum has at most \(TopicLimits.categoriesMax) categories")
        }
        let slug = patch.slug ?? Slug.make(name)
        try requireSlug(slug, free: nil, transaction)
        let parent = patch.parent.applied(to: nil)
        let permissions =
            patch.permissions?.applied(to: CategoryPermissions()) ?? CategoryPermissions()
        let place = try transaction.one(Topics.CategoryQueries.nextPlace)
        try requireParent(parent, of: nil, transaction)
        try transaction.run(
            Topics.CategoryQueries.insert, slug, name, patch.description ?? "",
            patch.color ?? usualColor, parent?.rawValue, place, permissions.read.level,
            permissions.post.level, permissions.reply.level, permissions.moderate.level)
        let id = ID<Category>(transaction.lastInsertedRowID)
        try setModerators(patch.moderators ?? [], of: id, transaction)
        try settle(transaction)
        return try find(id, transaction).category(in: transaction)
    }

    /// Changes a category; topics in it are told of to others when who may see them changes.
    static func change(
        _ row: CategoryRow, _ patch: CategoryPatch, _ transaction: borrowing Transaction
    ) throws -> Category {
        let slug = patch.slug ?? row.slug
        try requireSlug(slug, free: row.id, transaction)
        let parent = patch.parent.applied(to: row.parent)
        if parent != row.parent { try requireParent(parent, of: row.id, transaction) }
        let permissions = patch.permissions?.applied(to: row.permissions) ?? row.permissions
        try transaction.run(
            Topics.CategoryQueries.update, row.id.rawValue, slug, patch.name ?? row.name,
            patch.description ?? row.description, patch.color ?? row.color, parent?.rawValue,
            permissions.read.level, permissions.post.level, permissions.reply.level,
            permissions.moderate.level)
        if let moderators = patch.moderators {
            try setModerators(moderators, of: row.id, transaction)
        }
        let isOther = patch.moderators != nil || permissions.moderate != row.permissions.moderate
        try settle(transaction, and: isOther ? row.id : nil)
        return try find(row.id, transaction).category(in: transaction)
    }

    /// Gives the categories their places in the order named.
    static func order(
        _ order: [ID<Category>], _ transaction: borrowing Transaction
    ) throws {
        let tree = try CategoryTree(transaction)
        for (index, id) in order.enumerated() where tree[id]?.isLeaving ?? true {
            throw APIError.validation(
                "order/\(index)", "unknown", "category \(id.rawValue) does not exist")
        }
        let rest = tree.rows.map(\.id).filter { !order.contains($0) }
        for (place, id) in (order + rest).enumerated() {
            try transaction.run(Topics.CategoryQueries.setPlace, id.rawValue, Int64(place))
        }
        try transaction.run(Topics.Queries.noteChange)
    }

    /// Removes a category without children: from now on nobody finds it, and its topics go to
    /// `target`, a few at a time.
    static func remove(
        _ row: CategoryRow, moveTo target: CategoryRow, _ transaction: borrowing Transaction
    ) throws -> TopicJob {
        if row.id == Category.general {
            throw APIError(
                .conflict, "the general category stays: topics without another are there")
        }
        if target.id == row.id {
            throw APIError.validation("moveTo", "same", "name another category")
        }
        if try transaction.first(Topics.CategoryQueries.hasChildren, row.id.rawValue) != nil {
            throw APIError(.conflict, "it has categories inside; move or delete them first")
        }
        if try transaction.first(TopicJob.Queries.isGoal, row.id.rawValue) != nil {
            throw APIError(.conflict, "threads of another category are still coming; try later")
        }
        try transaction.run(Topics.CategoryQueries.leave, row.id.rawValue, target.id.rawValue)
        let total = try transaction.one(TopicJob.Queries.countInCategory, row.id.rawValue)
        return try TopicJob.start(
            .moveCategory, row.id.rawValue, goal: target.id.rawValue, total: total, transaction)
    }

    /// The last topic has left a category.
    static func remove(emptied id: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Topics.CategoryQueries.removeTagCounts, id)
        try transaction.run(Topics.CategoryQueries.removeSubscriptions, id)
        try transaction.run(Topics.CategoryQueries.remove, id)
    }

    static func find<Source: Reader & ~Copyable>(
        _ id: ID<Category>, _ reader: borrowing Source
    ) throws -> CategoryRow {
        guard let row = try reader.first(Topics.CategoryQueries.byID, id.rawValue) else {
            throw APIError.notFound("category \(id.rawValue)")
        }
        return row
    }

    /// The category that an address names, by number or by slug, if `viewer` may see it.
    static func find<Source: Reader & ~Copyable>(
        _ name: String, for viewer: Viewer, _ reader: borrowing Source
    ) throws -> CategoryRow {
        let id =
            try DecimalText.parse(name)
            ?? reader.first(Topics.CategoryQueries.idBySlug, name)
        guard let id, let row = try reader.first(Topics.CategoryQueries.byID, id),
            try viewer.canRead(row.id, row.levels, in: reader)
        else { throw APIError.notFound("category \(name)") }
        return row
    }

    /// Works out the levels of the whole tree; where one has changed, and in `other`, the topics
    /// follow, a few at a time. Readers and writers go by the new levels at once.
    private static func settle(
        _ transaction: borrowing Transaction, and other: ID<Category>? = nil
    ) throws {
        let tree = try CategoryTree(transaction)
        let levels = tree.levels()
        for row in tree.rows {
            guard let level = levels[row.id], level != row.levels || row.id == other else {
                continue
            }
            try transaction.run(
                Topics.CategoryQueries.setLevels, row.id.rawValue, level.read, level.post,
                level.reply)
            let total = try transaction.one(TopicJob.Queries.countInCategory, row.id.rawValue)
            if total == 0 { continue }
            _ = try TopicJob.start(
                .settleCategory, row.id.rawValue, goal: 0, total: total, transaction)
        }
        try transaction.run(Topics.Queries.noteChange)
    }

    private static func requireSlug(
        _ slug: String, free id: ID<Category>?, _ transaction: borrowing Transaction
    ) throws {
        guard Slug.make(slug) == slug, DecimalText.parse(slug) == nil, !reserved.contains(slug)
        else {
            throw APIError.validation(
                "slug", "not-a-slug", "small letters and digits, hyphens between, not only digits")
        }
        let holder = try transaction.first(Topics.CategoryQueries.idBySlug, slug)
        if let holder, holder != id?.rawValue {
            throw APIError(.conflict, "another category is called \(slug)")
        }
    }

    private static func requireParent(
        _ parent: ID<Category>?, of id: ID<Category>?, _ transaction: borrowing Transaction
    ) throws {
        guard let parent else { return }
        let tree = try CategoryTree(transaction)
        let path = tree.path(from: parent)
        if path.first?.isLeaving ?? true {
            throw APIError.validation(
                "parent", "unknown", "category \(parent.rawValue) does not exist")
        }
        if let id, path.contains(where: { $0.id == id }) {
            throw APIError.validation("parent", "circle", "a category cannot be inside itself")
        }
        let below = id.map { id in
            tree.rows.map { tree.path(from: $0.id) }
                .compactMap { path in path.firstIndex { $0.id == id } }.max() ?? 0
        }
        if path.count + 1 + (below ?? 0) > TopicLimits.categoryDepthMax {
            throw APIError.validation(
                "parent", "too-deep", "at most \(TopicLimits.categoryDepthMax) levels")
        }
    }

    private static func setModerators(
        _ users: [ID<User>], of id: ID<Category>, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Topics.CategoryQueries.removeModerators, id.rawValue)
        for user in users {
            try transaction.run(
                Topics.CategoryQueries.addModerator, id.rawValue, user.rawValue)
        }
    }

    private static let usualColor = "#888"
    /// Words that stand for something else in the same place of an address.
    private static let reserved = ["order"]
}
