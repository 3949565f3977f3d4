import Bytes
import Routing
import SQLite
import Search
import TopicsAPI
import UsersAPI

/// What somebody looks for, and where.
///
/// Titles come before texts, and newer topics before older ones. A rank by frequencies would have
/// to count each word in the whole index; this looks at the newest that match and at no more than
/// `TopicLimits.searchCandidatesMax` of them, so a common word costs the same in a large forum. Who
/// may see a topic, its category and its author are words of the index: it passes over the others.
struct TopicSearch: Sendable {
    private let query: SearchQuery
    private let category: ID<Category>?
    private let tag: String?
    private let author: ID<User>?
    private let sight: Sight

    /// 422 for words that cannot be looked for, 404 for a category that `viewer` does not see.
    init<Source: Reader & ~Copyable>(
        _ parameters: QueryParameters, for viewer: Viewer, _ reader: borrowing Source
    ) throws {
        query = try TopicSearch.words(parameters.text("q") ?? "")
        author = try parameters.id("author", as: User.self)
        category = try parameters.text("category").map {
            try Categories.find($0, for: viewer, reader).id
        }
        tag = try parameters.text("tag").map { TagName($0)?.text ?? $0 }
        sight = try Sight(viewer, in: reader)
    }

    /// The best of what is found, at most `count`.
    func finds<Source: Reader & ~Copyable>(
        count: Int, _ reader: borrowing Source
    ) throws -> TopicFinds {
        var finds = try finds(
            query.placed(places, inTitles: true), count: count, without: [], reader)
        if finds.rows.count < count {
            let known = Set(finds.rows.map(\.row.topic.id))
            let others = try self.finds(
                query.placed(places), count: count - finds.rows.count, without: known, reader)
            finds.rows += others.rows
            finds.isPartial = finds.isPartial || others.isPartial
        }
        return finds
    }

    private func finds<Source: Reader & ~Copyable>(
        _ expression: String, count: Int, without known: Set<ID<Topic>>,
        _ reader: borrowing Source
    ) throws -> TopicFinds {
        var finds = TopicFinds()
        let budget = query.budget()
        var border = Int64.max
        var looked = 0
        while looked < TopicLimits.searchCandidatesMax, !budget.isSpent {
            let wanted = min(count + known.count + looked, TopicLimits.searchCandidatesMax - looked)
            let matches = try reader.all(
                Topics.SearchQueries.newest, expression, border, Int64(wanted), Snippet.open,
                Snippet.close, within: budget)
            let marked = Dictionary(uniqueKeysWithValues: matches.map { ($0.topic, $0.marked) })
            for row in try TopicWalk.load(matches.map(\.topic), reader)
            where !known.contains(row.topic.id) && wants(row) {
                let marked = marked[row.topic.id.rawValue] ?? ""
                finds.rows.append(TopicFind(row: row, snippet: Snippet(marked: marked)))
                if finds.rows.count == count { return finds }
            }
            guard let last = matches.last, matches.count == wanted else { break }
            border = last.topic
            looked += wanted
        }
        finds.isPartial = budget.isSpent
        return finds
    }

    /// Words of the index, of each list one: see the view `searchable`.
    private var places: [[String]] {
        let open = TopicBand.seen(.visible, byLevel: sight.viewer.level).map { "b\($0)" }
        return [open + sight.opened.map { "c\($0.id)" }]
            + [category.map { ["c\($0.rawValue)"] }, author.map { ["u\($0.rawValue)"] }]
            .compactMap(\.self)
    }

    /// The index may be behind for a moment, and knows no tags.
    private func wants(_ row: TopicRow) -> Bool {
        guard sight.sees(row, in: .visible) else { return false }
        if let category, row.topic.category != category { return false }
        if let author, row.topic.createdBy != author { return false }
        return tag.map(row.tags.contains) ?? true
    }

    private static func words(_ text: String) throws(APIError) -> SearchQuery {
        do throws(SearchQueryFault) {
            return try SearchQuery(text)
        } catch {
            throw .validation("q", error.code, error.description)
        }
    }
}

/// What a search found.
struct TopicFinds: Sendable {
    var rows: [TopicFind] = []
    /// Whether looking was given up before the oldest topics were looked at.
    var isPartial = false
}

/// A topic that was found, and the piece of it that has the words.
struct TopicFind {
    let row: TopicRow
    let snippet: Snippet
}
