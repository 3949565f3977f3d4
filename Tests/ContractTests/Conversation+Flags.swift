import Fixture
import HTTP
import Testing

// Telling moderators, and what they make of it.
extension Conversation {
    func flags() async throws {
        let (mona, alma) = (try person("mona"), try person("alma"))
        let (bruno, sven) = (try person("bruno"), try person("sven"))
        try await post(201, "/api/posts", as: sven, #"{"thread":1,"text":"Cheap oars!"}"#)
        let spam = "/api/posts/8"
        let flag = #"{"reason":"spam","note":"oars again"}"#
        try await post(201, "\(spam)/flags", as: alma, flag)
        try await post(200, "\(spam)/flags", as: alma, #"{"reason":"abuse"}"#)
        try await post(201, "\(spam)/flags", as: bruno, #"{"reason":"other"}"#)
        try await post(201, "/api/posts/1/flags", as: bruno, #"{"reason":"off-topic"}"#)
        try await post(422, "\(spam)/flags", as: alma, #"{"reason":"dull"}"#)
        try await post(404, "/api/posts/2/flags", as: alma, flag)
        try await post(401, "\(spam)/flags", flag)
        let target = "/api/posts/flags"
        try await get(403, target, as: bruno)
        try await get(200, target, as: mona)
        try await get(200, "\(target)?limit=1", as: mona)
        try await get(200, "\(target)/1", as: mona)
        try await get(404, "\(target)/99", as: mona)
        for (status, id, body) in [
            (422, 1, #"{"state":"rejected","action":"remove"}"#),
            (200, 1, #"{"state":"accepted","action":"remove"}"#),
            (409, 2, #"{"state":"rejected"}"#),
            (200, 3, #"{"state":"accepted","action":"lock"}"#),
            (404, 99, #"{"state":"rejected"}"#),
        ] {
            try await send(
                status, .patch, "\(target)/\(id)", as: mona, [.contentType: "application/json"],
                body: body)
        }
        // The lock goes by the feed, to another service.
        try await wait(for: "/api/threads/1") { $0.text.contains(#""locked":true"#) }
        try await delete(200, "/api/threads/1/lock", as: mona)
        try await get(200, "\(target)?state=accepted", as: mona)
        try await get(200, "\(target)?state=rejected", as: mona)
        try await get(404, spam)
        try await get(200, spam, as: sven)
        try await get(200, spam, as: mona)
    }
}
