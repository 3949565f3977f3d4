import Fixture
import HTTP
import Testing

// Loading as the operator.
extension Conversation {
    func bulk() async throws {
        let alma = try person("alma")
        let loads = [
            ("/api/users", #"{"id":100,"username":"old-one","name":"Old One","bio":"was here"}"#),
            ("/api/threads", #"{"id":100,"title":"From before","createdBy":100}"#),
            ("/api/posts", #"{"id":100,"thread":100,"text":"Hello from before","user":100}"#),
        ]
        for (list, line) in loads {
            let target = "\(list)/bulk"
            try await load(200, target, [line, line, "{}"])
            try await send(401, .post, target, body: line)
            try await send(403, .post, target, as: alma, body: line)
            try await send(
                400, .post, target, as: .operator, [.idempotencyKey: "bulk"], body: line)
            try await wait(for: "\(list)/100") { $0.status == 200 }
        }
        try await wait(for: "/api/threads/100") { $0.text.contains(#""replyCount":0"#) }
        try await wait(for: "/api/posts/in-thread/100") { $0.text.contains("Old One") }
        try await get(200, "/api/users/100?fields=id,username,name,bio")
        try await get(200, "/api/threads?fields=id,title,createdBy")
        try await get(200, "/api/posts/in-thread/100?fields=thread,text,user")
    }
}
