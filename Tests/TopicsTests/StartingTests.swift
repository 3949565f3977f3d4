import Bytes
import Fixture
import HTTP
import Outbox
import Routing
import Testing
import TopicsService

@Suite("Starting threads")
struct StartingTests {
    @Test("whoever sends the token starts the thread, and nobody else")
    func author() async throws {
        let forum = try TopicsForum()
        let path = "/api/threads"
        let mine = try await forum.send(.post, path, as: "finn", #"{"title":"By token"}"#)
        #expect(mine.status == 201)
        #expect(try mine.member("createdBy") == "3")
        let same = #"{"title":"By token","createdBy":3}"#
        #expect(try await forum.send(.post, path, as: "finn", same).status == 201)
        let other = try await forum.send(.post, path, as: "jake", same)
        #expect(other.status == 422)
        #expect(other.text.contains(#""pointer":"/createdBy""#))
        #expect(try await forum.send(.post, path, same).status == 401)
        #expect(try await forum.send(.post, path, as: "reader", same).status == 403)
    }

    @Test("new threads are counted, so that nobody floods a forum with them")
    func limited() throws {
        let route = try TopicsForum().topics.routes.first { $0.method == .post }
        #expect(route?.rules.bucket == .thread)
    }

    @Test("the text is shown from here until the messages service has it")
    func opening() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Hello", as: "finn", #","text":"First \"words\"\n""#)
        let before = try await forum.get("/api/threads/\(id)")
        #expect(
            try before.member("openingPost")
                == #"{"id":null,"state":"pending","text":"First \"words\"\n"}"#)
        let events = try await forum.events()
        #expect(events.map(\.kind) == ["thread.changed", "thread.opened"])
        #expect(
            events[1].body.text
                == #"{"thread":1,"user":3,"text":"First \"words\"\n","key":"opening:1"}"#)
        #expect(
            events[0].body.text == #"{"id":1,"version":1,"title":"Hello","category":1,"#
                + #""locked":false,"lockedUntil":null,"state":"visible","visibility":"public","#
                + #""createdBy":3,"readRole":"guest","replyRole":"member","moderators":[]}"#)
        try await forum.hear([Post(id: 7, thread: id, number: 1)])
        let after = try await forum.get("/api/threads/\(id)")
        #expect(try after.member("openingPost") == #"{"id":7,"state":"visible"}"#)
        #expect(try after.member("replyCount") == "0")
        #expect(before[.etag] != after[.etag])
    }

    @Test("a key makes it once, and the answer says how far the feed has come")
    func keyed() async throws {
        let forum = try TopicsForum()
        let body = #"{"title":"Only once","text":"really"}"#
        let one = try await forum.send(.post, "/api/threads", as: "finn", body, key: "k1")
        let two = try await forum.send(.post, "/api/threads", as: "finn", body, key: "k1")
        #expect(one.status == 201)
        #expect(two.text == one.text)
        #expect(two[.idempotencyReplayed] == "true")
        #expect(one[.forumPosition] == "threads=2")
        #expect(try await forum.ids("/api/threads") == [1])
        #expect(try await forum.events().count == 2)
    }

    @Test("tags are small, in order, and once each; what is none is named by its place")
    func tags() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start(
            "Tagged", as: "finn", #","tags":["Übung","b-2","übung"],"kind":"question""#)
        let answer = try await forum.get("/api/threads/\(id)?fields=tags,kind")
        #expect(answer.text == #"{"tags":["übung","b-2"],"kind":"question"}"#)
        for tags in [#"["a b"]"#, #"["-a"]"#, #"["a--b"]"#, #"[""]"#] {
            let answer = try await forum.send(
                .post, "/api/threads", as: "finn", #"{"title":"Tagged","tags":\#(tags)}"#)
            #expect(answer.status == 422)
            #expect(answer.text.contains(#""pointer":"/tags/0""#), "\(answer.text)")
        }
        let many = #"{"title":"Tagged","tags":["a","b","c","d","e","f"]}"#
        #expect(try await forum.send(.post, "/api/threads", as: "finn", many).status == 422)
    }

    @Test("a category must be there and let its members write")
    func category() async throws {
        let forum = try TopicsForum()
        _ = try await forum.send(
            .post, "/api/threads/categories", as: "simon",
            #"{"name":"News","permissions":{"post":"moderator"}}"#)
        let body = { (id: Int) in #"{"title":"A title","category":\#(id)}"# }
        #expect(try await forum.send(.post, "/api/threads", as: "finn", body(9)).status == 404)
        #expect(try await forum.send(.post, "/api/threads", as: "finn", body(2)).status == 403)
        #expect(try await forum.send(.post, "/api/threads", as: "bubblegum", body(2)).status == 201)
        #expect(try await forum.get("/api/threads/categories/2").member("threadCount") == "1")
    }
}
