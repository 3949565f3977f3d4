import Bytes
import Fixture
import HTTP
import Outbox
import Routing
import Testing
import TopicsService

@Suite("Categories")
struct CategoryTests {
    @Test("there is one to begin with, and every thread is in it")
    func general() async throws {
        let forum = try TopicsForum()
        try await forum.start("A first thread")
        let answer = try await forum.get("/api/threads/categories/general")
        #expect(answer.status == 200)
        #expect(
            answer.text == #"{"id":1,"slug":"general","name":"General","description":"","#
                + ##""color":"#888","parent":null,"position":0,"threadCount":1,"postCount":0,"##
                + #""permissions":{"read":"guest","post":"member","reply":"member","#
                + #""moderate":"moderator"},"moderators":[],"version":1}"#)
        #expect(try await forum.get("/api/threads/categories/1").text == answer.text)
        #expect(try await forum.get("/api/threads/categories").text == "[\(answer.text)]")
        #expect(
            try await forum.get("/api/threads/1").member("category")?.contains("general") == true)
    }

    @Test("admins make them; a slug is unique, a parent exists, and nothing is inside itself")
    func made() async throws {
        let forum = try TopicsForum()
        let path = "/api/threads/categories"
        let sea = try await forum.send(.post, path, as: "simon", #"{"name":"The Sea"}"#)
        #expect(sea.status == 201)
        #expect(sea[.location] == "\(path)/2")
        #expect(try sea.member("slug") == #""the-sea""#)
        let boats = try await forum.send(
            .post, path, as: "simon", ##"{"name":"Boats","parent":2,"color":"#80a0c0"}"##)
        #expect(boats.status == 201)
        for (status, body) in [
            (409, #"{"name":"The sea"}"#), (422, #"{"name":"x","parent":9}"#),
            (422, #"{"name":"x","slug":"7"}"#), (422, #"{"name":"x","slug":"A b"}"#),
            (422, #"{"name":"x","color":"red"}"#), (422, "{}"),
        ] {
            let answer = try await forum.send(.post, path, as: "simon", body)
            #expect(answer.status == status, "\(body): \(answer.text)")
        }
        let tag = try #require(sea[.etag])
        let circle = try await forum.send(
            .patch, "\(path)/2", as: "simon", #"{"parent":3}"#, match: tag)
        #expect(circle.status == 422)
        #expect(try await forum.send(.post, path, as: "finn", #"{"name":"Mine"}"#).status == 403)
        #expect(try await forum.send(.post, path, #"{"name":"Mine"}"#).status == 401)
        #expect(try await forum.ids(path) == [1, 2, 3])
    }

    @Test("a change needs to know what it changes: 428 without a tag, 412 with an old one")
    func changed() async throws {
        let forum = try TopicsForum()
        let path = "/api/threads/categories/general"
        let before = try await forum.get(path)
        let tag = try #require(before[.etag])
        let body = #"{"name":"Everything"}"#
        #expect(try await forum.send(.patch, path, as: "simon", body).status == 428)
        let after = try await forum.send(.patch, path, as: "simon", body, match: tag)
        #expect(after.status == 200)
        #expect(try after.member("version") == "2")
        #expect(try await forum.send(.patch, path, as: "simon", body, match: tag).status == 412)
        try await forum.start("A thread changes the counts only")
        let again = try await forum.send(
            .patch, path, as: "simon", body, match: after[.etag])
        #expect(again.status == 200)
    }

    @Test("they stand in the order that was given, the rest behind")
    func ordered() async throws {
        let forum = try TopicsForum()
        let path = "/api/threads/categories"
        for name in ["Two", "Three", "Four"] {
            _ = try await forum.send(.post, path, as: "simon", #"{"name":"\#(name)"}"#)
        }
        let answer = try await forum.send(.put, "\(path)/order", as: "simon", #"{"order":[3,1]}"#)
        #expect(answer.status == 200)
        #expect(try await forum.ids(path) == [3, 1, 2, 4])
        let wrong = try await forum.send(.put, "\(path)/order", as: "simon", #"{"order":[3,9]}"#)
        #expect(wrong.status == 422)
    }

    @Test("one is deleted once its threads have a place to go; the others are told")
    func deleted() async throws {
        let forum = try TopicsForum()
        let path = "/api/threads/categories"
        _ = try await forum.send(.post, path, as: "simon", #"{"name":"Sea"}"#)
        let id = try await forum.start("Waves", as: "finn", #","category":2,"tags":["calm"]"#)
        #expect(try await forum.send(.delete, "\(path)/2", as: "simon").status == 400)
        #expect(
            try await forum.send(.delete, "\(path)/1?moveTo=2", as: "simon").status == 409)
        let gone = try await forum.send(.delete, "\(path)/2?moveTo=general", as: "simon")
        #expect(gone.status == 202)
        #expect(try gone.member("state") == #""done""#)
        let job = try await forum.get(try #require(gone[.location]), as: "simon")
        #expect(job.text == gone.text)
        #expect(try await forum.get("\(path)/2").status == 404)
        #expect(try await forum.get("/api/threads/\(id)").text.contains(#""slug":"general""#))
        #expect(try await forum.get("\(path)/1").member("threadCount") == "1")
        #expect(try await forum.get("/api/threads/tags").text == #"[{"name":"calm","count":1}]"#)
        let told = try await forum.events().last
        #expect(told?.kind == "thread.changed")
        #expect(told?.body.text.contains(#""category":1"#) == true)
    }

    @Test("what is hidden never shows: not by number, in lists, counts, tags or searches")
    func hidden() async throws {
        let forum = try TopicsForum()
        let secret = try await forum.hiddenCategory()
        try await forum.start("In the open", as: "finn", #","tags":["news"]"#)
        let id = try await forum.start(
            "Plans of the crown", as: "bubblegum",
            #","category":\#(secret),"tags":["plans"],"text":"nobody may know""#)
        for name in [nil, "finn"] as [String?] {
            for target in [
                "/api/threads/\(id)", "/api/threads/categories/\(secret)",
                "/api/threads/categories/backstage", "/api/threads?category=\(secret)",
                "/api/threads/search?q=crown&category=backstage",
            ] {
                #expect(try await forum.get(target, as: name).status == 404, "\(target)")
            }
            for sort in ["id", "created", "activity", "replies", "hot"] {
                #expect(try await forum.ids("/api/threads?sort=\(sort)", as: name) == [1])
            }
            #expect(try await forum.ids("/api/threads?createdBy=1", as: name) == [])
            #expect(try await forum.ids("/api/threads?tag=plans", as: name) == [])
            #expect(try await forum.ids("/api/threads/search?q=crown", as: name) == [])
            #expect(try await forum.ids("/api/threads/search?q=know", as: name) == [])
            #expect(try await forum.ids("/api/threads/categories", as: name) == [1])
            let tags = try await forum.get("/api/threads/tags", as: name)
            #expect(tags.text == #"[{"name":"news","count":1}]"#)
        }
        for tag in ["plans", "unknown"] {
            let follow = try await forum.send(
                .put, "/api/threads/tags/\(tag)/subscription", as: "finn", #"{"level":"watching"}"#)
            #expect(follow.status == 404)
        }
        #expect(try await forum.ids("/api/threads", as: "bubblegum") == [1, id])
        #expect(try await forum.ids("/api/threads/search?q=crown", as: "bubblegum") == [id])
        let late = try await forum.send(
            .post, "/api/threads", as: "finn", #"{"title":"Let me in","category":\#(secret)}"#)
        #expect(late.status == 404)
    }

    @Test("a child is never more open than its parent; its own moderators see it all the same")
    func inherited() async throws {
        let forum = try TopicsForum()
        let secret = try await forum.hiddenCategory()
        let path = "/api/threads/categories"
        let answer = try await forum.send(
            .post, path, as: "simon",
            #"{"name":"Below","parent":\#(secret),"moderators":[4]}"#)
        #expect(answer.status == 201)
        #expect(try await forum.get("\(path)/below", as: "finn").status == 404)
        #expect(try await forum.get("\(path)/below", as: "jake").status == 200)
        let id = try await forum.start("Mine to keep", as: "jake", #","category":3"#)
        #expect(try await forum.ids("/api/threads", as: "jake") == [id])
        #expect(try await forum.ids("/api/threads", as: "finn") == [])
    }

    @Test("closing a category tells the other services of every thread in it")
    func closed() async throws {
        let forum = try TopicsForum()
        try await forum.start("A first thread")
        let tag = try #require(try await forum.get("/api/threads/categories/1")[.etag])
        let answer = try await forum.send(
            .patch, "/api/threads/categories/1", as: "simon",
            #"{"permissions":{"read":"member"}}"#, match: tag)
        #expect(answer.status == 200)
        #expect(try await forum.events().map(\.version) == [1, 2])
        let page = try forum.topics.feed.snapshot(kind: "thread", afterKey: nil, limit: 10)
        #expect(page.rows.map(\.version) == [2])
        #expect(page.rows[0].body.text.contains(#""visibility":"hidden""#))
        #expect(page.rows[0].body.text.contains(#""readRole":"member""#))
        #expect(try await forum.get("/api/threads/1").status == 404)
        #expect(try await forum.get("/api/threads/1", as: "finn").status == 200)
    }
}
