import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import TopicsAPI

// Categories: read by whoever may see them, made and changed by admins.
extension Topics {
    /// What an API token needs to change categories.
    static let keeping: Scope = "threads:admin"

    // swift-format-ignore
    var categoryRoutes: [Route] {[
        .get("/api/threads/categories",           categories)
            .reads("posts", as: ["postCount"], of: Category.self),
        .put("/api/threads/categories/order",     orderCategories).by(.admin(Topics.keeping)),
        .get("/api/threads/categories/{name}",    showCategory)
            .reads("posts", as: ["postCount"], of: Category.self),
        .post("/api/threads/categories",          createCategory).by(.admin(Topics.keeping)),
        .patch("/api/threads/categories/{name}",  changeCategory)
            .by(.admin(Topics.keeping)).needsIfMatch(),
        .delete("/api/threads/categories/{name}", removeCategory).by(.admin(Topics.keeping)),
    ]}

    /// The tree, parents before their children.
    func categories(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(request)
        let (etag, categories) = try store.snapshot { connection -> (ETag, [Category]) in
            let rows = try CategoryTree(connection).rows.filter {
                try !$0.isLeaving && viewer.canRead($0.id, $0.levels, in: connection)
            }
            let categories = try rows.map { try $0.category(in: connection) }
            var tag = "k\(categories.count)"
            for category in categories { tag += category.etag.text.filter { $0 != "\"" } }
            return (ETag(hashing: ByteString(tag)), categories)
        }
        return try .json(categories, for: request, etag: etag)
    }

    func showCategory(_ request: borrowing Request) throws -> Response {
        let name = try request.path("name")
        let viewer = Viewer(request)
        let category = try store.snapshot {
            try Categories.find(name, for: viewer, $0).category(in: $0)
        }
        return try .json(category, for: request, etag: category.etag)
    }

    func createCategory(_ request: borrowing Request) async throws -> KeyedAnswer {
        let patch = try request.decode(CategoryPatch.self)
        return try await writes.write(request) { transaction in
            let category = try Categories.add(patch, transaction)
            return .created(
                category, at: "/api/threads/categories/\(category.id.rawValue)",
                etag: category.etag)
        }
    }

    func changeCategory(_ request: borrowing Request) async throws -> KeyedAnswer {
        let name = try request.path("name")
        let patch = try request.decode(CategoryPatch.self)
        let viewer = Viewer(request)
        let match = request.match()
        return try await writes.write(request) { transaction in
            let row = try Categories.find(name, for: viewer, transaction)
            try match.require(row.category(in: transaction).etag)
            return .changed(try Categories.change(row, patch, transaction))
        }
    }

    func orderCategories(_ request: borrowing Request) async throws -> KeyedAnswer {
        let order = try request.decode(CategoryOrder.self).order
        return try await writes.write(request) { transaction in
            try Categories.order(order, transaction)
            let rows = try CategoryTree(transaction).rows.filter { !$0.isLeaving }
            var writer = JSONWriter()
            writer.records(try rows.map { try $0.category(in: transaction) })
            return .json(writer.finish(), cache: .personal)
        }
    }

    /// It is gone at once, and its topics go where `moveTo` says: 202 with the job that moves them.
    func removeCategory(_ request: borrowing Request) async throws -> KeyedAnswer {
        let name = try request.path("name")
        guard let target = try request.query().text("moveTo") else {
            throw APIError.malformed("say with moveTo=… where the threads of the category go")
        }
        let viewer = Viewer(request)
        let match = request.match()
        return try await writes.write(request) { transaction in
            let row = try Categories.find(name, for: viewer, transaction)
            try match.require(row.category(in: transaction).etag)
            let goal = try Categories.find(target, for: viewer, transaction)
            return .accepted(try Categories.remove(row, moveTo: goal, transaction))
        }
    }
}

extension Response {
    /// A category that was just changed, whole.
    fileprivate static func changed(_ category: Category) -> Response {
        var writer = JSONWriter()
        writer.record(category)
        return .json(writer.finish(), etag: category.etag, cache: .personal)
    }
}
