import Bytes
import JSON
import Testing

@testable import Stack

@Suite("The small forum")
struct SeedTests {
    private func records(_ name: StaticString) throws -> [JSONValue] {
        guard case .array(let records)? = try JSONValue.parse(Seed.document)[name] else {
            return []
        }
        return records
    }

    @Test("it has some people, some threads and some posts in each of them")
    func size() throws {
        #expect(try records("users").count == 8)
        #expect(try records("threads").count == 10)
        #expect(try records("posts").count == 41)
        #expect(Seed.users.count == 8)
    }

    @Test("every thread begins with a post of whoever started it")
    func threads() throws {
        let posts = try records("posts")
        for thread in try records("threads") {
            let first = posts.first { $0["thread"] == thread["id"] }
            #expect(first?["user"] == thread["createdBy"])
            #expect(first?["createdAt"] == thread["createdAt"])
        }
    }

    @Test("everybody who speaks is there")
    func people() throws {
        let ids = try records("users").compactMap { $0["id"] }
        for post in try records("posts") {
            let user = try #require(post["user"])
            #expect(ids.contains(user))
        }
    }
}
