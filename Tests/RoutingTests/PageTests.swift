import Bytes
import HTTP
import JSON
import Routing
import Testing

private struct Row: JSONRecord {
    let id: Int64
    static let members: [JSONMember<Self>] = [.integer("id", \.id)]
}

/// A list of rows 1…count, and another one beside it, as a store would page them.
private struct Lists {
    static func page(_ request: borrowing Request, count: Int64) throws -> Response {
        let wanted = try request.page(filters: ["count=\(count)"])
        let ids: [Int64]
        switch wanted.position {
        case .start: ids = Array(1...max(count, 1)).filter { $0 <= count }
        case .after(let cursor): ids = Array(1...count).filter { $0 > cursor.id }
        case .before(let cursor): ids = Array(1...count).filter { $0 < cursor.id }.reversed()
        }
        var page = Page(ids.prefix(wanted.rowsWanted).map(Row.init), of: wanted, anchor: count) {
            (.none, $0.id)
        }
        if try request.wantsTotal() { page.total = Int(count) }
        return try .json(page, for: request)
    }

    static let routes: [Route] = [
        .get("/api/users") { request in try page(request, count: 7) },
        .get("/api/users/many") { request in try page(request, count: 120) },
        .get("/api/users/none") { request in try page(request, count: 0) },
        .get("/api/posts") { request in try page(request, count: 7) },
    ]
}

@Suite("Pages")
struct PageTests {
    private let forum = Forum(Lists.routes)

    private func ids(_ response: ClientResponse) throws -> [Int64] {
        guard case .array(let rows) = try JSONValue.parse(response.body) else { return [] }
        return rows.compactMap { if case .integer(let id)? = $0["id"] { id } else { nil } }
    }

    /// The target of a link, by its relation.
    private func link(_ response: ClientResponse, _ relation: String) -> String? {
        let links = (response.fields[.link] ?? "").split(separator: ", ")
        let link = links.first { $0.hasSuffix("; rel=\"\(relation)\"") }
        return link.map { String($0.dropFirst().prefix { $0 != ">" }) }
    }

    @Test("following next reads every row once and ends")
    func forwards() async throws {
        var seen: [[Int64]] = []
        var target: String? = "/api/users?limit=3"
        while let next = target {
            let response = try await forum.get(next)
            seen.append(try ids(response))
            target = link(response, "next")
        }
        #expect(seen == [[1, 2, 3], [4, 5, 6], [7]])
    }

    @Test("following prev leads back to the first page, in the order of the list")
    func backwards() async throws {
        var seen: [[Int64]] = []
        var response = try await forum.get("/api/users?limit=3")
        while let next = link(response, "next") { response = try await forum.get(next) }
        while let previous = link(response, "prev") {
            response = try await forum.get(previous)
            seen.append(try ids(response))
        }
        #expect(seen == [[4, 5, 6], [1, 2, 3]])
        #expect(link(response, "first") == nil)
        #expect(link(response, "next") != nil)
    }

    @Test("first leads to the first page")
    func first() async throws {
        let start = try await forum.get("/api/users?limit=3")
        let second = try await forum.get(try #require(link(start, "next")))
        #expect(link(second, "first") == "/api/users?limit=3")
        #expect(link(start, "first") == nil)
    }

    @Test("a page whose rows are gone still leads to the first one")
    func beyond() async throws {
        let filter = Cursor.hash("/api/users", ["count=7"])
        let last = Cursor(sort: "id", key: .none, id: 7, filter: filter).text
        let response = try await forum.get("/api/users?limit=3&after=\(last)")
        #expect(response.body.text == "[]")
        #expect(response.fields[.link] == "</api/users?limit=3>; rel=\"first\"")
    }

    @Test("links keep every other parameter as it was written")
    func parameters() async throws {
        let start = try await forum.get("/api/users?fields=id&x=%20a>b\"&limit=6&&y")
        let next = try #require(link(start, "next"))
        #expect(next.hasPrefix("/api/users?fields=id&x=%20a%3Eb%22&limit=6&y&after="))
        let second = try await forum.get(next)
        #expect(try ids(second) == [7])
        let previous = try #require(link(second, "prev"))
        #expect(previous.hasPrefix("/api/users?fields=id&x=%20a%3Eb%22&limit=6&y&before="))
    }

    @Test("a list that fits one page has no links")
    func whole() async throws {
        let response = try await forum.get("/api/users?limit=7")
        #expect(try ids(response).count == 7)
        #expect(response.fields[.link] == nil)
        let empty = try await forum.get("/api/users/none")
        #expect(empty.body.text == "[]")
        #expect(empty.fields[.link] == nil)
    }

    @Test("without a limit a page has fifty rows and says that there is more")
    func usual() async throws {
        let response = try await forum.get("/api/users/many")
        #expect(try ids(response).count == 50)
        #expect(link(response, "next")?.hasPrefix("/api/users/many?after=") == true)
    }

    @Test("the anchor of page one travels with the cursors")
    func anchor() async throws {
        let start = try await forum.get("/api/users?limit=2")
        let next = try #require(link(start, "next"))
        let cursor = try #require(Cursor(parsing: String(next.split(separator: "=").last ?? "")))
        #expect(cursor.anchor == 7 && cursor.id == 2)
    }

    @Test("a later page says so when something has moved up since page one")
    func newer() async throws {
        let cursor = { (anchor: Int64) in
            Cursor(
                sort: "id", key: .none, id: 2, filter: Cursor.hash("/api/users", ["count=7"]),
                anchor: anchor
            ).text
        }
        let moved = try await forum.get("/api/users?limit=2&after=\(cursor(5))")
        #expect(link(moved, "newer") == "/api/users?limit=2")
        #expect(link(moved, "first") == "/api/users?limit=2")
        let still = try await forum.get("/api/users?limit=2&after=\(cursor(7))")
        #expect(link(still, "newer") == nil)
        #expect(link(try await forum.get("/api/users?limit=2"), "newer") == nil)
    }

    @Test("the rows are counted for those who ask")
    func total() async throws {
        let counted = try await forum.get("/api/users?count=exact")
        #expect(counted.fields["Total-Count"] == "7")
        #expect(try await forum.get("/api/users").fields["Total-Count"] == nil)
        #expect(try await forum.get("/api/users?count=guess").verdict == "malformed")
    }

    @Test(
        "a page that cannot be understood is malformed",
        arguments: [
            "limit=0", "limit=201", "limit=x", "limit=-1", "limit=", "after=", "after=x",
            "after=AAAA", "before=%20", "limit=1&limit=1",
        ])
    func malformed(_ query: String) async throws {
        #expect(try await forum.get("/api/users?\(query)").verdict == "malformed")
    }

    @Test("a cursor of one list is none of another at another path, however alike they are")
    func path() async throws {
        let start = try await forum.get("/api/users?limit=2")
        let cursor = try #require(link(start, "next")?.split(separator: "after=").last)
        let other = try await forum.get("/api/posts?limit=2&after=\(cursor)")
        #expect(other.verdict == "cursor-mismatch")
        #expect(try await forum.get("/api/posts?before=\(cursor)").verdict == "cursor-mismatch")
        let same = try await forum.get("/api/users/?limit=2&after=\(cursor)")
        #expect(try ids(same) == [3, 4])
    }

    @Test("the cursor of another list, sort or direction is told apart")
    func mismatch() async throws {
        let other = Cursor(
            sort: "id", key: .none, id: 3, filter: Cursor.hash("/api/users", ["count=120"])
        ).text
        let unsorted = Cursor(
            sort: "name", key: .none, id: 3, filter: Cursor.hash("/api/users", ["count=7"])
        )
        .text
        let own = Cursor(
            sort: "id", key: .none, id: 3, filter: Cursor.hash("/api/users", ["count=7"])
        ).text
        #expect(try await forum.get("/api/users?after=\(other)").verdict == "cursor-mismatch")
        #expect(try await forum.get("/api/users?after=\(unsorted)").verdict == "cursor-mismatch")
        let both = try await forum.get("/api/users?after=\(own)&before=\(own)")
        #expect(both.verdict == "malformed")
        #expect(try ids(try await forum.get("/api/users?after=\(own)&limit=2")) == [4, 5])
        #expect(try ids(try await forum.get("/api/users?before=\(own)&limit=1")) == [2])
    }
}
