import Bytes
import Fixture
import HTTP
import Records
import Synchronization
import Testing

@Suite("Loading messages in bulk")
struct MessageBulkTests {
    @Test("a file without ids is imported once, however often it is sent")
    func again() async throws {
        let forum = try messagesForum()
        let lines = (1...50).map { post($0 % 7 + 1, "text \($0 % 3)", 1, place: $0) }
        let first = try await forum.bulk("/api/posts/bulk", lines)
        #expect(
            first.lines.last == #"{"summary":{"lines":50,"added":50,"unchanged":0,"failed":0}}"#)
        let posts = try await forum.get("/api/posts?limit=200").text
        let second = try await forum.bulk("/api/posts/bulk", lines)
        #expect(
            second.lines.last == #"{"summary":{"lines":50,"added":0,"unchanged":50,"failed":0}}"#)
        #expect(second.lines[4] == #"{"line":5,"id":5,"state":"unchanged"}"#)
        #expect(try await forum.get("/api/posts?limit=200").text == posts)
    }

    @Test("a text that is no Unicode is refused with its member, the lines around it are not")
    func noUnicode() async throws {
        let answer = try await messagesForum().bulk(
            "/api/posts/bulk",
            [
                post(1, "one", 1, place: 1), #"{"thread":1,"text":"\udc00","user":1,"place":2}"#,
                post(1, "three", 1, place: 3),
            ])
        #expect(answer.lines[1].hasPrefix(#"{"line":2,"problem":{"type":"/problems/validation""#))
        #expect(answer.lines[1].contains(#""pointer":"/text","code":"not-unicode""#))
        #expect(answer.lines.last?.contains(#""added":2,"unchanged":0,"failed":1"#) == true)
    }

    @Test("another file adds its posts, be they at the same places")
    func anotherFile() async throws {
        let forum = try messagesForum()
        _ = try await forum.bulk(
            "/api/posts/bulk", [post(1, "one", 1, place: 1), post(1, "two", 1, place: 2)])
        let other = try await forum.bulk(
            "/api/posts/bulk", [post(1, "one", 1, place: 1), post(1, "zwei", 1, place: 2)])
        #expect(other.lines.last?.contains(#""added":1,"unchanged":1"#) == true)
    }

    @Test("equal posts at different places are two posts")
    func equalPosts() async throws {
        let answer = try await messagesForum().bulk(
            "/api/posts/bulk", [post(1, "+1", 1, place: 1), post(1, "+1", 1, place: 2)])
        #expect(answer.lines.last?.contains(#""added":2"#) == true)
    }

    @Test("an id that is there: the same post is unchanged, another one a conflict")
    func ids() async throws {
        let answer = try await messagesForum().bulk(
            "/api/posts/bulk",
            [
                #"{"id":7,"thread":1,"text":"a","user":1}"#,
                #"{"id":7,"thread":1,"text":"a","user":1}"#,
                #"{"id":7,"thread":1,"text":"b","user":1}"#,
                #"{"id":3,"thread":1,"text":"c","user":1}"#,
                #"{"thread":1,"text":"d","user":1}"#,
            ])
        #expect(answer.lines[0] == #"{"line":1,"id":7}"#)
        #expect(answer.lines[1] == #"{"line":2,"id":7,"state":"unchanged"}"#)
        #expect(answer.lines[2].contains("/problems/conflict"))
        #expect(answer.lines[3] == #"{"line":4,"id":3}"#)
        #expect(answer.lines[4] == #"{"line":5,"id":8}"#)
    }

    @Test("a line of more than a megabyte fails alone")
    func longLine() async throws {
        let long = #"{"thread":1,"text":"\#(String(repeating: "x", count: 1 << 20))","user":1}"#
        let answer = try await messagesForum().bulk(
            "/api/posts/bulk", [post(1, "a", 1), long, post(1, "b", 1)])
        #expect(answer.lines[0] == #"{"line":1,"id":1}"#)
        #expect(answer.lines[1].contains("/problems/too-large"))
        #expect(answer.lines[2] == #"{"line":3,"id":2}"#)
    }

    @Test("an empty body is a summary of nothing")
    func empty() async throws {
        let answer = try await messagesForum().bulk("/api/posts/bulk", [])
        #expect(answer.lines == [#"{"summary":{"lines":0,"added":0,"unchanged":0,"failed":0}}"#])
    }

    @Test("two hundred thousand posts take the memory of a few commits, and stay in step")
    func flatMemory() async throws {
        let forum = try messagesForum()
        let source = LineSource(count: 200_000) { line in
            #"{"thread":\#(line % 1_000 + 1),"text":"text","user":1,"place":\#(line)}"#
        }
        let sink = LineSink(source)
        try await forum.stream(.post, "/api/posts/bulk", source, to: sink)
        let seen = sink.result
        #expect(
            seen.last == #"{"summary":{"lines":200000,"added":200000,"unchanged":0,"failed":0}}"#)
        #expect(seen.lines == 200_001)
        #expect(seen.aheadMax <= 3 * BulkLimits.recordsPerCommitMax)
        #expect(try await forum.get("/api/posts/200000?fields=number").text == #"{"number":200}"#)
    }
}
