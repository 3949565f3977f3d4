import Fixture
import HTTP
import Testing

// Opening threads and changing them.
extension Conversation {
    func threads() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/threads"
        let heron = #"{"title":"Who's seen the heron?","text":"By the *weir*.","tags":["birds"]}"#
        try await post(201, target, as: alma, heron, key: "heron")
        try await post(201, target, as: alma, heron, key: "heron")
        try await post(422, target, as: alma, #"{"title":"Another"}"#, key: "heron")
        try await opened(1)
        try await post(
            201, target, as: bruno,
            #"{"title":"Wanted: a used kayak","category":3,"kind":"question","tags":["kayak","Buy"]}"#
        )
        try await post(
            201, target, as: ada, #"{"title":"For the staff only","category":4,"text":"Secret."}"#)
        try await opened(3, as: ada)
        try await post(
            201, target, as: mona, #"{"title":"Harbour closed","category":5,"text":"Monday."}"#)
        try await opened(4)
        try await post(201, target, as: alma, #"{"title":"🚣 \"quoted\" \\ ديرك"}"#)
        try await refusedThreads()
        try await editedThreads()
    }

    /// The text of a thread goes to another service, and what that made of it comes back.
    private func opened(_ thread: Int, as person: Person = .stranger) async throws {
        try await wait(for: "/api/threads/\(thread)", as: person) {
            $0.text.contains(#""state":"visible"}"#) && $0.text.contains(#""lastPost":{"#)
        }
        try await wait(for: "/api/posts/in-thread/\(thread)", as: person) { $0.text != "[]" }
    }

    private func refusedThreads() async throws {
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/threads"
        try await post(401, target, #"{"title":"By nobody"}"#)
        try await post(422, target, as: alma, #"{"title":"For another","createdBy":4}"#)
        try await post(
            422, target, as: alma, #"{"title":"ab","tags":["a b"],"kind":"x","text":""}"#)
        try await post(403, target, as: bruno, #"{"title":"Not my place","category":5}"#)
        try await post(404, target, as: bruno, #"{"title":"Not my place","category":4}"#)
        try await get(200, "\(target)/1")
        try await get(200, "\(target)/1", as: alma)
        try await get(200, "\(target)/1?fields=id,title,createdBy")
        try await get(200, "\(target)/1?view=card")
        try await get(400, "\(target)/1?fields=id,nothing")
        try await get(404, "\(target)/3")
        try await get(404, "\(target)/3", as: alma)
        try await get(404, "\(target)/999")
        try await get(400, "\(target)/1abc")
    }

    private func editedThreads() async throws {
        let (mona, alma) = (try person("mona"), try person("alma"))
        let bruno = try person("bruno")
        let target = "/api/threads/1"
        try await send(
            428, .patch, target, as: alma, [.contentType: "application/json"],
            body: #"{"title":"Who has seen the heron?"}"#)
        try await edit(412, target, as: alma, #"{"title":"Too late"}"#, match: "\"t1.99\"")
        try await edit(200, target, as: alma, #"{"title":"Who has seen the heron?"}"#)
        try await edit(403, target, as: bruno, #"{"title":"Mine now"}"#)
        try await edit(200, target, as: mona, #"{"category":2,"tags":["birds","weir"]}"#)
        try await edit(422, target, as: mona, #"{"kind":"riddle","tags":[1]}"#)
        let tag = try await get(200, target)[.etag] ?? ""
        try await get(304, target, [.ifNoneMatch: tag])
    }
}
