import Bytes
import HTTP
import JSON

// One method of one path.
extension OpenAPIWriter {
    mutating func operation(_ route: Route, at pattern: RoutePattern, of module: String) {
        json.beginObject()
        json.member("operationId", OpenAPIWriter.identifier(route))
        if let documentation = route.rules.documentation {
            json.member("summary", documentation.summary)
        }
        json.key("tags")
        json.beginArray()
        json.string(module)
        json.endArray()
        security(route.rules.access)
        parameters(route, pattern)
        requestBody(route)
        responses(route)
        json.endObject()
    }

    /// Unique, because a method and a path are: `getApiUsersById`.
    private static func identifier(_ route: Route) -> String {
        let path = route.pattern.segments.map { segment in
            switch segment {
            case .literal(let text): capitalised(text)
            case .capture(let name): "By" + capitalised(name)
            }
        }.joined()
        return "\(route.method.name)".lowercased() + (path.isEmpty ? "Root" : path)
    }

    /// The words of a segment, each with a capital letter: `openapi.json` is `OpenapiJson`.
    private static func capitalised(_ text: String) -> String {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private mutating func security(_ access: Access) {
        json.key("security")
        json.beginArray()
        if access == .anyone { json.raw("{}") }
        json.beginObject()
        json.key("bearer")
        json.beginArray()
        if let name = access.scope?.name { json.string(name) }
        json.endArray()
        json.endObject()
        json.endArray()
    }

    private mutating func parameters(_ route: Route, _ pattern: RoutePattern) {
        json.key("parameters")
        json.beginArray()
        for name in pattern.names {
            let schema = name == "id" ? IDForm.schema : JSONSchema.string(length: 1...Int.max)
            let summary = route.rules.documentation?.names[name]
            parameter(
                "path", name, schema, summary ?? (name == "id" ? "its number" : ""),
                isRequired: true)
        }
        for query in OpenAPIWriter.query(route) {
            parameter("query", query.name, query.schema, query.summary)
        }
        if route.rules.needsMatch {
            parameter(
                "header", "If-Match", .string(length: nil), "the ETag of what you know",
                isRequired: true)
        }
        if route.method == .post, route.rules.repetition != .refused {
            parameter(
                "header", "Idempotency-Key", .string(length: IdempotencyKey.lengths),
                "the same key, the same answer")
        }
        if !route.rules.sources.isEmpty {
            parameter(
                "header", "Forum-Position", .string(length: nil),
                "what you know of, such as posts=1842")
        }
        json.endArray()
    }

    /// What every answer of records understands, and what the route says of itself.
    private static func query(_ route: Route) -> [QueryDocumentation] {
        guard let documentation = route.rules.documentation else { return [] }
        guard route.method == .get else { return documentation.query }
        let limits = 1...Int64(RoutingLimits.pageRowsMax)
        let size: [QueryDocumentation] = [
            .text("fields", "the answer has exactly these members, in this order"),
            .word("view", OpenAPIView.self, "the whole record or its small form"),
        ]
        let page: [QueryDocumentation] = [
            .integer("limit", in: limits, "how many at most; 50 without it"),
            .text("after", "a cursor"), .text("before", "a cursor"),
        ]
        let common: [QueryDocumentation] =
            switch documentation.answer {
            case .nothing, .content: []
            case .one, .all: size
            case .list: size + page
            }
        let own = Set(documentation.query.map(\.name))
        return documentation.query + common.filter { !own.contains($0.name) }
    }

    private mutating func parameter(
        _ place: String, _ name: String, _ schema: JSONSchema, _ summary: String = "",
        isRequired: Bool = false
    ) {
        json.beginObject()
        json.member("name", name)
        json.member("in", place)
        if !summary.isEmpty { json.member("description", summary) }
        if isRequired {
            json.key("required")
            json.bool(true)
        }
        json.key("schema")
        self.schema(schema)
        json.endObject()
    }

    private mutating func requestBody(_ route: Route) {
        guard let documentation = route.rules.documentation, let type = documentation.takes
        else { return }
        json.key("requestBody")
        json.beginObject()
        json.key("required")
        json.bool(documentation.needsBody)
        let isPatch = route.method == .patch
        content(isPatch ? "application/merge-patch+json" : "application/json", type.requestSchema)
        json.endObject()
    }

    mutating func content(_ type: String, _ schema: JSONSchema?) {
        json.key("content")
        json.beginObject()
        json.key(type)
        json.beginObject()
        if let schema {
            json.key("schema")
            self.schema(schema)
        }
        json.endObject()
        json.endObject()
    }
}

/// The values of `view=`.
private enum OpenAPIView: String, CaseIterable { case full, card }
