import Fixture
import HTTP
import JSON
import Testing

@Suite("Lists of threads")
struct ThreadListTests {
    private func forum(_ count: Int) async throws -> TopicsForum {
        let forum = try TopicsForum()
        for number in 1...count {
            let tags = number % 2 == 0 ? #","tags":["even"]"# : ""
            try await forum.start("Thread \(number)", as: number % 3 == 0 ? "jake" : "finn", tags)
        }
        return forum
    }

    @Test(
        "every order is walked page by page to its end and back, each thread once",
        arguments: ["id", "created", "activity", "replies", "hot"])
    func walked(sort: String) async throws {
        let forum = try await forum(11)
        try await forum.hear([
            Post(id: 1, thread: 4, number: 2), Post(id: 2, thread: 4, number: 3),
            Post(id: 3, thread: 4, number: 4), Post(id: 4, thread: 9, number: 2),
        ])
        for order in ["asc", "desc"] {
            let whole = try await forum.ids("/api/threads?sort=\(sort)&order=\(order)")
            #expect(whole.sorted() == Array(1...11), "\(whole)")
            var walked: [Int] = []
            var page = try await forum.get(
                "/api/threads?sort=\(sort)&order=\(order)&limit=3&fields=id")
            var pages = [page.text]
            walked += try page.ids
            while let next = page.link("next") {
                page = try await forum.get(next)
                pages.append(page.text)
                walked += try page.ids
            }
            #expect(walked == whole)
            for text in pages.dropLast().reversed() {
                page = try await forum.get(try #require(page.link("prev")))
                #expect(page.text == text)
            }
        }
        let first = try await forum.ids("/api/threads?sort=\(sort)&order=desc&limit=2")
        switch sort {
        case "activity": #expect(first == [9, 4])
        case "replies", "hot": #expect(first == [4, 9])
        default: #expect(first == [11, 10])
        }
    }

    @Test("a thread that moves up while the list is read is neither repeated nor the rest lost")
    func anchored() async throws {
        let forum = try await forum(6)
        let one = try await forum.get("/api/threads?sort=activity&limit=2")
        #expect(try one.ids == [6, 5])
        try await forum.hear([Post(id: 1, thread: 5, number: 2), Post(id: 2, thread: 2, number: 2)])
        let two = try await forum.get(try #require(one.link("next")))
        #expect(try two.ids == [4, 3])
        let three = try await forum.get(try #require(two.link("next")))
        #expect(try three.ids == [1])
        let newer = try await forum.get(try #require(two.link("newer")))
        #expect(try newer.ids == [2, 5])
    }

    @Test("filters narrow a list, together too; a cursor belongs to its filters")
    func filtered() async throws {
        let forum = try await forum(8)
        #expect(try await forum.ids("/api/threads?createdBy=4") == [3, 6])
        #expect(try await forum.ids("/api/threads?tag=even&order=desc") == [8, 6, 4, 2])
        #expect(try await forum.ids("/api/threads?tag=even&createdBy=4") == [6])
        #expect(try await forum.ids("/api/threads?tag=none") == [])
        #expect(try await forum.ids("/api/threads?category=1&limit=2") == [1, 2])
        #expect(
            try await forum.ids("/api/threads?category=general&sort=activity&limit=2") == [8, 7])
        #expect(try await forum.get("/api/threads?category=9").status == 404)
        #expect(try await forum.get("/api/threads?tag=even&sort=hot").status == 400)
        #expect(try await forum.get("/api/threads?sort=best").status == 400)
        let page = try await forum.get("/api/threads?tag=even&limit=2")
        let cursor = try #require(page.link("next")?.split(separator: "after=").last)
        #expect(try await forum.get("/api/threads?after=\(cursor)").status == 400)
    }

    @Test("a list that is held costs a 304 until something in it changes")
    func held() async throws {
        let forum = try await forum(3)
        let lab = "/api/threads?fields=id,title,createdBy"
        let (own, whole) = (try await forum.get(lab), try await forum.get("/api/threads"))
        #expect(try await forum.send(.get, lab, held: own[.etag]).status == 304)
        #expect(try await forum.send(.get, "/api/threads", held: whole[.etag]).status == 304)
        let tag = try #require(try await forum.get("/api/threads/2")[.etag])
        _ = try await forum.send(
            .patch, "/api/threads/2", as: "finn", #"{"title":"Another"}"#, match: tag)
        #expect(try await forum.send(.get, lab, held: own[.etag]).status == 200)
        let member = try await forum.get(lab, as: "finn")
        #expect(member[.etag] != (try await forum.get(lab))[.etag])
    }
}
