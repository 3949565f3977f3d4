import Bytes
import HTTP
import JSON
import Routing

/// What `/problems` and `/problems/<slug>` answer: every type of problem explained, for people in
/// HTML and for programs in JSON. Made once, then answered from memory.
package struct ProblemPages: Sendable {
    /// One page in both of its forms.
    private struct Page: Sendable {
        let html: (bytes: ByteString, etag: ETag)
        let json: (bytes: ByteString, etag: ETag)

        init(html: String, json: ByteString) {
            let bytes = ByteString(html)
            self.html = (bytes, ETag(hashing: bytes))
            self.json = (json, ETag(hashing: json))
        }
    }

    private let index: Page
    private let pages: [String: Page]

    /// The pages of the whole closed list.
    package init() {
        let explanations = ProblemExplanation.all
        index = Page(html: ProblemHTML.index(explanations), json: ProblemPages.list(explanations))
        pages = Dictionary(
            uniqueKeysWithValues: explanations.map { explanation in
                var writer = JSONWriter(capacity: 512)
                writer.record(explanation)
                let page = Page(html: ProblemHTML.page(explanation), json: writer.finish())
                return (explanation.code.slug, page)
            })
    }

    /// The list of all problems.
    func list(_ request: borrowing Request) -> Response { answer(index, request) }

    /// One of them; throws `not-found` for a slug that is not on the list.
    func show(_ request: borrowing Request) throws -> Response {
        let slug = try request.path("slug")
        guard let page = pages[slug] else { throw APIError.notFound("a problem called '\(slug)'") }
        return answer(page, request)
    }

    private static func list(_ explanations: [ProblemExplanation]) -> ByteString {
        var writer = JSONWriter(capacity: 16 * 1024)
        writer.records(explanations)
        return writer.finish()
    }

    private func answer(_ page: Page, _ request: borrowing Request) -> Response {
        let isJSON = ProblemPages.prefersJSON(request[.accept] ?? "")
        let (bytes, etag) = isJSON ? page.json : page.html
        var fields: Fields = [
            .contentType: isJSON ? Response.jsonType : "text/html; charset=utf-8",
            .etag: etag.text, .cacheControl: "public, max-age=3600", .vary: "Accept",
        ]
        if request.isHeld(etag) { return Response(.notModified, fields: fields) }
        if !isJSON {
            // The page is all there is: it runs nothing and loads nothing.
            fields.append(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            fields.append("X-Content-Type-Options", "nosniff")
        }
        return Response(.ok, fields: fields, body: .bytes(bytes))
    }

    /// Whether somebody asks for JSON and not for a page as well: browsers ask for HTML first, and
    /// who takes anything is shown what people read.
    static func prefersJSON(_ accept: String) -> Bool {
        let accept = accept.lowercased()
        return accept.contains("json") && !accept.contains("text/html")
    }
}
