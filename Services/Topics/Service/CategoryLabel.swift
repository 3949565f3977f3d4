import Bytes
import JSON
import SQLite
import TopicsAPI

/// What stands for a category beside its topics, and what it asks of those who read them.
final class CategoryLabel: Sendable {
    let id: ID<Category>
    let slug: String
    let name: String
    let levels: CategoryLevels
    /// The whole of it as JSON, since it is shown again and again; empty until it is written down.
    private let written: ByteString

    private init(
        id: ID<Category>, slug: String, name: String, levels: CategoryLevels, written: ByteString
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.levels = levels
        self.written = written
    }

    /// Columns: id, slug, name, read_level, post_level, reply_level, moderate_level.
    convenience init(row: borrowing Row) {
        let plain = CategoryLabel(
            id: ID(row.int64(0)), slug: row.text(1), name: row.text(2),
            levels: CategoryLevels(
                read: row.int64(3), post: row.int64(4), reply: row.int64(5),
                moderate: row.int64(6)),
            written: ByteString())
        var writer = JSONWriter(capacity: CategoryLabel.bytesUsual)
        writer.record(plain)
        self.init(
            id: plain.id, slug: plain.slug, name: plain.name, levels: plain.levels,
            written: writer.finish())
    }

    /// A name and a slug of usual length.
    private static let bytesUsual = 80
}

extension CategoryLabel: JSONRecord {
    static let members: [JSONMember<CategoryLabel>] = [
        .id("id", \.id), .string("slug", \.slug), .string("name", \.name),
    ]

    func write(_ projection: JSONProjection<CategoryLabel>, into writer: inout JSONWriter) {
        guard projection.isWhole, !written.isEmpty else {
            return writeMembers(projection, into: &writer)
        }
        writer.raw(written)
    }
}

/// What a category asks for, ancestors included.
struct CategoryLevels: Hashable, Sendable {
    let read: Int64
    let post: Int64
    let reply: Int64
    let moderate: Int64
}

/// The labels that a connection has looked up in this state of the store. There are few, and all
/// topics show them.
final class CategoryMemory: StoreMemory {
    /// A power of two. Whoever comes to a place replaces what was there.
    private static let places = 64

    private var labels: [CategoryLabel?] = Array(repeating: nil, count: CategoryMemory.places)

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) {
        for place in labels.indices { labels[place] = nil }
    }

    func label<Source: Reader & ~Copyable>(
        of category: Int64, in reader: borrowing Source
    ) throws -> CategoryLabel {
        let place = Int(truncatingIfNeeded: category) & (CategoryMemory.places - 1)
        if let label = labels[place], label.id.rawValue == category { return label }
        let label = try reader.one(Topics.CategoryQueries.label, category)
        labels[place] = label
        return label
    }
}
