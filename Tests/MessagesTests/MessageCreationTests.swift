import Fixture
import HTTP
import Testing

@Suite("Creating messages")
struct MessageCreationTests {
    @Test("a new post gets the next id and the next number of its thread")
    func numbers() async throws {
        let forum = try messagesForum()
        for (thread, number) in [(1, 1), (2, 1), (1, 2), (1, 3), (2, 2)] {
            let answer = try await forum.post("/api/posts", post(thread, "text", 1), as: "1")
            #expect(answer.status == 201)
            #expect(try answer.member("number") == "\(number)")
        }
        let last = try await forum.get("/api/posts/5")
        #expect(try last.member("thread") == "2")
    }

    @Test("writers at once get numbers without gaps and without doubles")
    func race() async throws {
        let forum = try messagesForum()
        let numbers = try await withThrowingTaskGroup(of: String.self) { group in
            for writer in 0..<40 {
                group.addTask {
                    let answer = try await forum.post(
                        "/api/posts", post(1, "text", writer + 1), as: "\(writer + 1)")
                    return try answer.member("number") ?? ""
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.compactMap(Int.init).sorted() == Array(1...40))
    }

    @Test("a text has 1 to 32 000 characters, whatever their bytes")
    func lengths() async throws {
        let forum = try messagesForum()
        for text in [
            "x", String(repeating: "x", count: 32_000), String(repeating: "🦊", count: 32_000),
        ] {
            let made = try await forum.post("/api/posts", post(1, text, 1), as: "1")
            #expect(made.status == 201)
            let shown = try await forum.get(made[.location] ?? "")
            #expect(try shown.member("text") == JSONText.string(text))
        }
        for text in [
            "", String(repeating: "x", count: 32_001), String(repeating: "🦊", count: 32_001),
        ] {
            #expect(try await forum.post("/api/posts", post(1, text, 1), as: "1").status == 422)
        }
    }

    @Test("NUL and half a surrogate pair are refused, never stored")
    func refused() async throws {
        let forum = try messagesForum()
        let nul = try await forum.post(
            "/api/posts", #"{"thread":1,"text":"a\u0000b","user":1}"#, as: "1")
        #expect(nul.status == 422)
        #expect(nul.text.contains("contains-nul"))
        let lone = try await forum.post(
            "/api/posts", #"{"thread":1,"text":"\udc00","user":1}"#, as: "1")
        #expect(lone.status == 422)
        #expect(lone.text.contains(#""pointer":"/text","code":"not-unicode""#))
        #expect(try await forum.get("/api/posts").text == "[]")
    }

    @Test("missing and wrong members are all named")
    func faults() async throws {
        let answer = try await messagesForum().post(
            "/api/posts", #"{"thread":"1","user":0}"#, as: "1")
        #expect(answer.status == 422)
        for pointer in ["/thread", "/text", "/user"] {
            #expect(answer.text.contains(#""pointer":"\#(pointer)""#))
        }
    }

    @Test("strangers post nothing, and nobody posts as somebody else")
    func authors() async throws {
        let forum = try messagesForum()
        let stranger = try await forum.post("/api/posts", post(1, "text", 1))
        #expect(stranger.status == 401)
        #expect(try stranger.member("type") == #""/problems/unauthenticated""#)
        let other = try await forum.post("/api/posts", post(1, "text", 1), as: "2")
        #expect(other.status == 422)
        #expect(other.text.contains(#""pointer":"/user","code":"not-you""#))
        #expect(try await forum.get("/api/posts").text == "[]")
    }
}
