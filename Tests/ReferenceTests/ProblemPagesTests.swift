import Bytes
import HTTP
import JSON
import Routing
import Testing

@Suite("The pages about problems")
struct ProblemPagesTests {
    private let lookup = Lookup()

    @Test("there is a page for every problem of the closed list", arguments: APIErrorCode.allCases)
    func pages(code: APIErrorCode) async throws {
        let page = try await lookup.get("/problems/\(code.slug)", [.accept: "text/html"])
        #expect(page.status == .ok)
        #expect(page.fields[.contentType] == "text/html; charset=utf-8")
        let text = page.body.text
        #expect(text.hasPrefix("<!doctype html>"))
        #expect(text.contains("<h1>\(code.title)</h1>"))
        #expect(text.contains("\(code.status.code) \(code.status.reason)"))
    }

    @Test("each says something of its own")
    func different() async throws {
        var seen: [String: String] = [:]
        for code in APIErrorCode.allCases {
            let answer = try await lookup.get(
                "/problems/\(code.slug)", [.accept: "application/problem+json"])
            let json = try JSONValue.parse(answer.body)
            #expect(json["type"] == .string("/problems/\(code.slug)"))
            #expect(json["status"] == .integer(Int64(code.status.code)))
            guard case .string(let meaning)? = json["meaning"] else {
                Issue.record("\(code) has no meaning")
                continue
            }
            #expect(seen.updateValue(code.slug, forKey: meaning) == nil, "\(code)")
        }
    }

    @Test("the list leads to every page, for people and for programs")
    func list() async throws {
        let html = try await lookup.get("/problems").body.text
        let json = try JSONValue.parse(
            try await lookup.get("/problems", [.accept: "application/json"]).body)
        guard case .array(let elements) = json else {
            Issue.record("no list")
            return
        }
        #expect(elements.count == APIErrorCode.allCases.count)
        for code in APIErrorCode.allCases {
            #expect(html.contains("href=\"/problems/\(code.slug)\""))
        }
    }

    @Test("a page loads nothing and runs nothing")
    func contained() async throws {
        let page = try await lookup.get("/problems/validation")
        for word in ["<script", "src=", "@import", "url("] {
            #expect(!page.body.text.contains(word))
        }
        #expect(
            page.fields["Content-Security-Policy"]
                == "default-src 'none'; style-src 'unsafe-inline'")
    }

    @Test(
        "JSON is for who asks for it and for no page",
        arguments: [
            ("", false), ("*/*", false), ("text/html,application/json", false),
            ("application/json", true), ("Application/Problem+JSON, */*;q=0.1", true),
        ])
    func negotiation(accept: String, isJSON: Bool) async throws {
        let answer = try await lookup.get(
            "/problems", accept.isEmpty ? Fields() : [.accept: accept])
        #expect(answer.fields[.contentType]?.hasPrefix("application/json") == isJSON)
        #expect(answer.fields[.vary] == "Accept")
    }

    @Test("both forms have tags of their own, and who holds one is told so")
    func tags() async throws {
        let html = try await lookup.get("/problems/gone")
        let json = try await lookup.get("/problems/gone", [.accept: "application/json"])
        let tag = try #require(html.fields[.etag])
        #expect(tag != json.fields[.etag])
        let held = try await lookup.get("/problems/gone", [.ifNoneMatch: tag])
        #expect(held.status == .notModified && held.body.isEmpty)
    }

    @Test("a slug that is not on the list is a problem that is")
    func unknown() async throws {
        let answer = try await lookup.get("/problems/unheard-of")
        #expect(answer.status == .notFound)
        #expect(try JSONValue.parse(answer.body)["type"] == .string("/problems/not-found"))
    }
}
