import Bytes
import HTTP
import JSON

// What one operation answers: the usual success, what its rules imply, what it says itself, and a
// problem for everything else.
extension OpenAPIWriter {
    mutating func responses(_ route: Route) {
        json.key("responses")
        json.beginObject()
        let documentation = route.rules.documentation
        let status = documentation?.status ?? .ok
        let answer = documentation?.answer ?? .nothing
        let further = OpenAPIWriter.implied(by: route) + (documentation?.also ?? [])
        for code in Set(further.map(\.code)).union([status.code]).sorted() {
            response(Status(Int(code)), usual: status, answer, route)
        }
        json.key("default")
        problem("Anything that goes wrong")
        json.endObject()
    }

    /// The statuses that follow from the rules of a route.
    private static func implied(by route: Route) -> [Status] {
        let rules = route.rules
        var statuses: [Status] = []
        if rules.access != .anyone { statuses += [.unauthorized, .forbidden] }
        if rules.needsMatch { statuses += [.preconditionFailed, .preconditionRequired] }
        if rules.bucket != nil { statuses.append(.tooManyRequests) }
        if rules.repetition == .kept { statuses += [.conflict, .unprocessableContent] }
        guard let documentation = rules.documentation else { return statuses }
        if documentation.takes != nil { statuses += [.badRequest, .unprocessableContent] }
        if route.method == .get {
            switch documentation.answer {
            case .one, .list, .all: statuses.append(.notModified)
            case .nothing, .content: break
            }
        }
        return statuses
    }

    private mutating func response(
        _ status: Status, usual: Status, _ answer: RouteAnswer, _ route: Route
    ) {
        json.key("\(status.code)")
        if status.code >= 400 { return problem("\(status.reason)") }
        json.beginObject()
        json.member("description", "\(status.reason)")
        headers(status, answer, route)
        if status == usual || status.isSuccess, !status.forbidsContent { content(answer) }
        json.endObject()
    }

    private mutating func content(_ answer: RouteAnswer) {
        let type = "application/json"
        switch answer {
        case .nothing: break
        case .one(let record): content(type, record.answerSchema)
        case .list(let record), .all(let record):
            content(type, .array(record.answerSchema, count: nil))
        case .content(let type): content(type, nil)
        }
    }

    private mutating func headers(_ status: Status, _ answer: RouteAnswer, _ route: Route) {
        var names: [String] = []
        if route.rules.bucket != nil { names += ["RateLimit", "RateLimit-Policy"] }
        if route.rules.repetition == .kept { names.append("Forum-Position") }
        if !route.rules.sources.isEmpty { names.append("Forum-Staleness") }
        if status == .created { names.append("Location") }
        if case .list = answer, route.method == .get { names.append("Link") }
        if names.isEmpty { return }
        json.key("headers")
        json.beginObject()
        for name in names {
            json.key(name)
            json.beginObject()
            json.member("$ref", "#/components/headers/\(name)")
            json.endObject()
        }
        json.endObject()
    }

    private mutating func problem(_ description: String) {
        json.beginObject()
        json.member("description", description)
        json.key("content")
        json.raw(
            ##"{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}"##)
        json.endObject()
    }
}
