import Fixture
import HTTP
import Testing

/// The same requests to any deployment, each with the status it must get, kept with the answers.
struct Script {
    private let forum: RunningForum
    /// Who writes, once they have signed in.
    private var writer: Member?
    private(set) var exchanges: [Exchange] = []

    init(_ forum: RunningForum) { self.forum = forum }

    /// The script's requests to `forum` and its answers.
    static func exchanges(_ forum: RunningForum) async throws -> [Exchange] {
        var script = Script(forum)
        try await script.run()
        return script.exchanges
    }

    /// Everything a client can do.
    mutating func run() async throws {
        try await load()
        try await read()
        try await choose()
        try await page()
        try await ask()
        try await create()
        try await mistake()
    }

    @discardableResult
    private mutating func send(
        _ status: Int, _ method: Method, _ target: String, _ fields: Fields = Fields(),
        body: String = ""
    ) async throws -> Answer {
        var fields = fields
        fields[.traceparent] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let answer = try await forum.send(method, target, fields, body: body)
        #expect(answer.status == status, "\(method.name) \(target): \(answer.text)")
        exchanges.append(Exchange(method, target, answer))
        return answer
    }

    @discardableResult
    private mutating func get(_ status: Int, _ target: String) async throws -> Answer {
        try await send(status, .get, target)
    }

    private mutating func post(_ status: Int, _ target: String, _ body: String) async throws {
        var fields = writer?.fields ?? Fields()
        fields[.contentType] = "application/json"
        try await send(status, .post, target, fields, body: body)
    }

    private mutating func bulk(_ target: String, _ lines: [String]) async throws {
        let fields: Fields = [
            .contentType: "application/x-ndjson",
            .authorization: "Bearer \(LoopbackForum.secret)",
        ]
        let body = lines.joined(separator: "\n")
        try await send(200, .post, target, fields, body: body)
    }

    private mutating func load() async throws {
        try await bulk("/api/users/bulk", Sample.users + ["{}", "[", ""])
        try await bulk("/api/threads/bulk", Sample.threads + [#"{"id":1,"title":"Other"}"#])
        try await bulk("/api/posts/bulk", Sample.posts)
        try await bulk("/api/posts/bulk", Sample.posts)
        try await bulk("/api/users/bulk", Sample.users + [#"{"id":9,"username":"ALMA"}"#])
    }

    private mutating func read() async throws {
        for target in ["/", "/api/", "/api", "/api/users/2", "/api/threads/1", "/api/posts/3/"] {
            try await get(200, target)
            let head = try await send(200, .head, target)
            #expect(head.text == "")
            try await send(204, .options, target)
        }
    }

    private mutating func choose() async throws {
        #expect(
            try await get(200, "/api/users?fields=id,username,name,bio").text
                == "[\(Sample.users.joined(separator: ","))]")
        #expect(
            try await get(200, "/api/threads?fields=id,title,createdBy").text
                == "[\(Sample.threads.joined(separator: ","))]")
        #expect(
            try await get(200, "/api/posts/in-thread/2?fields=thread,text,user").text
                == "[\(Sample.bare[2...4].joined(separator: ","))]")
        #expect(
            try await get(200, "/api/posts/by-user/1?fields=thread,text,user").text
                == "[\(Sample.bare[4]),\(Sample.bare[5])]")
        try await get(200, "/api/posts/by-user/77")
        for fields in ["", ",", "id,", "id,id", "nothing", "ID"] {
            try await get(400, "/api/posts?fields=\(fields)")
        }
    }

    private mutating func page() async throws {
        for list in ["/api/users", "/api/threads", "/api/posts", "/api/posts/in-thread/2"] {
            let first = try await get(200, "\(list)?limit=2&fields=id")
            let second = try await get(200, try #require(first.link("next")))
            #expect(try await get(200, try #require(second.link("prev"))).text == first.text)
            #expect(try await get(200, try #require(second.link("first"))).text == first.text)
        }
        let cursor = try #require(try await get(200, "/api/posts?limit=1").link("next"))
        let after = cursor.split(separator: "after=")[1]
        try await get(400, "/api/posts/in-thread/1?after=\(after)")
        try await get(400, "/api/posts?after=\(after)&before=\(after)")
        try await get(400, "/api/posts?after=\(after.dropLast())")
        for limit in ["0", "201", "x", "-1", "1&limit=2"] {
            try await get(400, "/api/users?limit=\(limit)")
        }
        try await get(200, "/api/users?limit=200")
    }

    private mutating func ask() async throws {
        for target in ["/api/users/1", "/api/threads", "/api/posts/in-thread/1"] {
            let tag = try #require(try await get(200, target)[.etag])
            try await send(304, .get, target, [.ifNoneMatch: tag])
            try await send(304, .head, target, [.ifNoneMatch: "\"other\", W/\(tag)"])
            try await send(304, .get, target, [.ifNoneMatch: "*"])
            try await send(200, .get, target, [.ifNoneMatch: "\"other\""])
        }
    }

    private mutating func create() async throws {
        try await post(
            201, "/api/users",
            #"{"username":"emil","name":"Emil 🦊","password":"\#(Members.password)"}"#)
        try await post(401, "/api/threads", #"{"title":"Who's in?"}"#)
        try await post(401, "/api/posts", #"{"thread":1,"text":"x"}"#)
        writer = try await Members(forum.transport).signIn("emil")
        try await post(201, "/api/threads", #"{"title":"Who's in?","createdBy":5}"#)
        try await post(422, "/api/threads", #"{"title":"Who's in?","createdBy":4}"#)
        try await post(201, "/api/posts", #"{"thread":4,"text":"line\nbreak \"x\"","user":5}"#)
        try await post(422, "/api/posts", #"{"thread":4,"text":"x","user":4}"#)
        try await post(404, "/api/posts", #"{"thread":5,"text":"x"}"#)
        try await post(422, "/api/users", #"{"username":"EMIL","password":"\#(Members.password)"}"#)
        try await post(422, "/api/users", #"{"username":"fee"}"#)
        try await post(422, "/api/users", #"{"username":"e","name":null,"bio":[]}"#)
        try await post(422, "/api/threads", #"{"title":"ab","createdBy":"5"}"#)
        try await post(422, "/api/posts", #"{"thread":1.5,"text":"a\u0000"}"#)
        try await post(422, "/api/posts", "[]")
        for target in ["/api/users/5", "/api/threads/4", "/api/posts/7", "/api/posts?limit=200"] {
            try await get(200, target)
        }
    }

    private mutating func mistake() async throws {
        for target in ["/api/users/99", "/api/threads/99", "/api/posts/99", "/api/other", "/x"] {
            try await get(404, target)
        }
        for list in ["users", "threads", "posts", "posts/in-thread", "posts/by-user"] {
            for id in ["0", "1abc", "-1", "9007199254740993", "%31", "%ff"] {
                try await get(400, "/api/\(list)/\(id)")
            }
            try await send(405, .put, "/api/\(list)/1")
        }
        for list in ["users", "threads", "posts"] {
            try await send(401, .post, "/api/\(list)/bulk", body: "{}")
            try await send(
                403, .post, "/api/\(list)/bulk", [.authorization: "Bearer no"], body: "{}")
            try await post(400, "/api/\(list)", "{\"a\":")
            try await post(400, "/api/\(list)", "")
            var text = writer?.fields ?? Fields()
            text[.contentType] = "text/plain"
            try await send(415, .post, "/api/\(list)", text, body: "{}")
            try await post(413, "/api/\(list)", String(repeating: " ", count: 1 << 20) + "{}")
        }
    }
}
