package import Bytes
package import HTTP
package import JSON

/// A problem document (RFC 9457): the one error format of services and gateway.
package struct Problem: Sendable {
    /// `/problems/<slug>`, or `about:blank` for statuses that say it all (RFC 9457 §4.2.1).
    package let type: String
    /// The status of the answer, repeated in the document.
    package let status: Status
    /// The title of the type, unless the writer knows better.
    package var title: String
    /// One sentence about this occurrence.
    package var detail: String
    /// The path of the request, as it was written.
    package var instance: String?
    /// Who answers: the name of a service, or `gateway`.
    package var service: String?
    /// Members between `service` and `trace`, such as the gateway's `rule`.
    package var extensions: [ProblemMember] = []
    /// The trace that logs show, too.
    package var trace: TraceContext?
    /// Single members that are wrong.
    package var errors: [JSONComplaint] = []

    /// A problem of the closed list.
    package init(
        _ code: APIErrorCode, detail: String, instance: String? = nil, service: String? = nil,
        trace: TraceContext? = nil
    ) {
        type = "/problems/\(code.slug)"
        status = code.status
        title = code.title
        self.detail = detail
        self.instance = instance
        self.service = service
        self.trace = trace
    }

    /// What a broken rule of HTTP is answered with: a slug where the list has one.
    package init(
        _ fault: HTTPFault, instance: String? = nil, service: String? = nil,
        trace: TraceContext? = nil
    ) {
        let code = APIErrorCode(faultStatus: fault.status)
        type = code.map { "/problems/\($0.slug)" } ?? "about:blank"
        status = fault.status
        title = code?.title ?? "\(fault.status.reason)"
        detail = fault.detail
        self.instance = instance
        self.service = service
        self.trace = trace
    }

    /// The type of every problem.
    package static let contentType = "application/problem+json"

    /// The document: members in a fixed order, those that are unknown left out.
    package var json: ByteString {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.key("type")
        writer.string(type)
        writer.key("title")
        writer.string(title)
        writer.key("status")
        writer.integer(status.code)
        writer.key("detail")
        writer.string(detail)
        writeContext(into: &writer)
        writeErrors(into: &writer)
        writer.endObject()
        return writer.finish()
    }

    /// The whole answer; `fields` are sent beside those of every problem. A 401 names the scheme
    /// that would help (RFC 9110 §11.6.1), unless `fields` do.
    package func response(_ fields: Fields = Fields()) -> Response {
        var all: Fields = [.contentType: Problem.contentType, .cacheControl: "no-store"]
        if status == .unauthorized, fields[.wwwAuthenticate] == nil {
            all.append(.wwwAuthenticate, "Bearer")
        }
        for field in fields.list { all.append(field.name, field.value) }
        return Response(status, fields: all, body: .bytes(json))
    }

    private func writeContext(into writer: inout JSONWriter) {
        if let instance {
            writer.key("instance")
            writer.string(instance)
        }
        if let service {
            writer.key("service")
            writer.string(service)
        }
        for member in extensions {
            writer.key(member.name)
            writer.value(member.value)
        }
        if let trace {
            writer.key("trace")
            writer.string(trace.traceText)
        }
    }

    private func writeErrors(into writer: inout JSONWriter) {
        guard !errors.isEmpty else { return }
        writer.key("errors")
        writer.beginArray()
        for error in errors {
            writer.beginObject()
            writer.key("pointer")
            writer.string(error.pointer)
            writer.key("code")
            writer.string(error.code)
            writer.key("detail")
            writer.string(error.detail)
            writer.endObject()
        }
        writer.endArray()
    }
}
