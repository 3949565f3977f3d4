import Fixture
import HTTP
import Testing

// Writing, answering, quoting, editing, moving, and taking away.
extension Conversation {
    func posts() async throws {
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/posts"
        let answer = #"{"thread":1,"text":"@alma still **there**!","replyTo":1}"#
        try await post(201, target, as: bruno, answer, key: "still")
        try await post(201, target, as: bruno, answer, key: "still")
        try await post(422, target, as: bruno, #"{"thread":1,"text":"x"}"#, key: "still")
        try await post(201, target, as: alma, #"{"thread":2,"text":"Mine leaks\nbadly 🛶"}"#)
        try await post(
            201, target, as: alma, #"{"thread":1,"text":"> [!post 4]\n\nThanks, @bruno"}"#)
        try await wait(for: "/api/threads/1") { $0.text.contains(#""replyCount":2"#) }
        try await wait(for: "/api/threads/2") { $0.text.contains(#""lastPost":{"#) }
        try await refusedPosts()
        try await readPosts()
        try await answers()
        try await takenAway()
    }

    private func refusedPosts() async throws {
        let (alma, target) = (try person("alma"), "/api/posts")
        try await post(401, target, #"{"thread":1,"text":"By nobody"}"#)
        try await post(422, target, as: alma, #"{"thread":1,"text":"As another","user":1}"#)
        try await post(422, target, as: alma, #"{"thread":"1","text":""}"#)
        try await post(422, target, as: alma, #"{"thread":1,"text":"a\u0000b"}"#)
        try await post(422, target, as: alma, #"{"thread":1,"text":"Odd","replyTo":999}"#)
        try await post(404, target, as: alma, #"{"thread":999,"text":"Is anybody there?"}"#)
        try await post(404, target, as: alma, #"{"thread":3,"text":"I know of this"}"#)
        try await post(200, "\(target)/preview", as: alma, #"{"text":"*Hello* @bruno <b>"}"#)
        try await post(401, "\(target)/preview", #"{"text":"*Hello*"}"#)
        try await post(422, "\(target)/preview", as: alma, #"{"text":""}"#)
    }

    private func readPosts() async throws {
        let (ada, alma) = (try person("ada"), try person("alma"))
        let target = "/api/posts"
        let tag = try await get(200, "\(target)/1")[.etag] ?? ""
        try await get(304, "\(target)/1", [.ifNoneMatch: tag])
        for path in [
            "/4", "/1?fields=thread,text,user", "/1?view=card", "/1/context", "/1/replies",
            "/1/context?before=0&after=1", "/by-user/\(alma.id)", "/by-user/999",
            "/in-thread/1", "/in-thread/1?from=2", "/in-thread/999", "/in-thread/3", "?limit=2",
        ] {
            try await get(200, "\(target)\(path)")
        }
        try await get(200, "\(target)/mentions", as: alma)
        try await get(401, "\(target)/mentions")
        try await get(200, "\(target)/in-thread/3", as: ada)
        for path in ["/2", "/2/context", "/2/replies", "/2/history", "/2/reactions", "/999"] {
            try await get(404, "\(target)\(path)")
        }
        try await get(200, "\(target)/2", as: ada)
    }

    private func answers() async throws {
        let (mona, alma) = (try person("mona"), try person("alma"))
        let bruno = try person("bruno")
        let target = "/api/threads/2/answer"
        try await put(403, target, as: alma, #"{"post":5}"#)
        try await put(422, target, as: bruno, #"{"post":1}"#)
        try await put(200, target, as: bruno, #"{"post":5}"#)
        try await get(200, "/api/threads/2")
        try await delete(200, target, as: mona)
    }

    private func takenAway() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/posts/4"
        try await delete(403, target, as: alma)
        try await delete(200, target, as: bruno, #"{"reason":"said too much"}"#)
        // Others see what they see of nothing.
        try await get(404, target)
        try await get(200, target, as: bruno)
        try await wait(for: "/api/threads/1") { $0.text.contains(#""replyCount":1"#) }
        try await post(404, "\(target)/restore", as: alma)
        try await post(200, "\(target)/restore", as: bruno)
        try await delete(200, target, as: mona)
        try await post(403, "\(target)/restore", as: bruno)
        try await post(200, "\(target)/restore", as: mona)
        try await post(409, "\(target)/restore", as: mona)
        try await post(403, "\(target)/move", as: bruno, #"{"thread":2}"#)
        try await post(404, "\(target)/move", as: mona, #"{"thread":999}"#)
        try await post(200, "\(target)/move", as: mona, #"{"thread":2}"#)
        try await post(200, "\(target)/move", as: mona, #"{"thread":1}"#)
        let extra = try await post(
            201, "/api/posts", as: bruno, #"{"thread":1,"text":"Gone in a minute"}"#)
        let id = try #require(try extra.member("id"))
        try await delete(403, "/api/posts/\(id)?purge=1", as: bruno)
        try await delete(204, "/api/posts/\(id)?purge=1", as: ada)
        try await get(404, "/api/posts/\(id)")
        try await get(410, "/api/posts/\(id)", as: ada)
    }
}
