import Testing

@testable import LoadEngine

@Suite struct RequestTemplateTests {
    private func template(
        _ method: String = "GET", _ url: String = "http://localhost:8080/a",
        headers: [String] = [], body: String? = nil
    ) throws -> RequestTemplate {
        try RequestTemplate(
            method: method, url: TargetURL(url), headers: headers, body: body.map { Array($0.utf8) }
        )
    }

    private func render(_ template: RequestTemplate) -> String {
        var scratch = RequestScratch()
        var generator = SeededGenerator(seed: 1)
        template.render(into: &scratch, using: &generator)
        return String(decoding: scratch.request, as: UTF8.self)
    }

    @Test("a request without random parts is made once") func fixed() throws {
        let request = try template(headers: ["X-A: 1"])
        let text = "GET /a HTTP/1.1\r\nHost: localhost:8080\r\nX-A: 1\r\n\r\n"
        #expect(request.fixed.map { String(decoding: $0, as: UTF8.self) } == text)
        #expect(render(request) == text)
    }

    @Test("a body brings its length") func body() throws {
        let request = try template("POST", body: "{\"a\":1}")
        #expect(render(request).hasSuffix("\r\nContent-Length: 7\r\n\r\n{\"a\":1}"))
    }

    @Test("an empty body has a length too") func emptyBody() throws {
        #expect(render(try template("POST", body: "")).hasSuffix("Content-Length: 0\r\n\r\n"))
    }

    @Test("the length fits whatever number the body got") func variableBody() throws {
        let request = try template("POST", body: "{1..100000}")
        #expect(request.fixed == nil)
        var scratch = RequestScratch()
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            request.render(into: &scratch, using: &generator)
            let text = String(decoding: scratch.request, as: UTF8.self)
            let number = String(text.split(separator: "\r\n").last ?? "")
            #expect(Int(number) != nil && text.contains("Content-Length: \(number.count)\r\n"))
        }
    }

    @Test("a random part anywhere makes each request anew") func random() throws {
        #expect(try template("GET", "http://localhost/{1..2}").fixed == nil)
        #expect(try template(headers: ["Idempotency-Key: k{1..2}"]).fixed == nil)
    }

    @Test("a Host field of one's own replaces the URL's") func host() throws {
        let text = render(try template(headers: ["host: forum.local"]))
        #expect(text == "GET /a HTTP/1.1\r\nhost: forum.local\r\n\r\n")
    }
}
