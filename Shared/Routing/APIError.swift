package import HTTP
package import JSON

/// An answer that is not a success: thrown by any handler, written as a problem by the router.
///
/// `detail` is one sentence for the client; it is shown, so it names nothing internal.
package struct APIError: Error, Sendable {
    /// Which problem of the closed list.
    package let code: APIErrorCode
    /// One sentence about this occurrence.
    package let detail: String
    /// What is wrong with single members, for `validation`.
    package let errors: [JSONComplaint]
    /// Fields of the answer beside the usual ones, such as the current ETag with a 412.
    package var fields = Fields()
    /// Members of the problem beside the usual ones.
    package var extensions: [ProblemMember] = []
    /// Seconds after which to try again; codes that need one have their own usual value.
    package var retryAfterSeconds: Int?

    /// A problem with the usual time to wait of its code.
    package init(_ code: APIErrorCode, _ detail: String, errors: [JSONComplaint] = []) {
        self.code = code
        self.detail = detail
        self.errors = errors
        retryAfterSeconds = code.retryAfterSeconds
    }

    /// 404: `what` is a noun, such as `user 7`.
    package static func notFound(_ what: String) -> APIError {
        APIError(.notFound, "\(what) does not exist")
    }

    /// 400: the request cannot be understood; `detail` says which part.
    package static func malformed(_ detail: String) -> APIError { APIError(.malformed, detail) }

    /// 422 with every complaint.
    package static func validation(_ complaints: [JSONComplaint]) -> APIError {
        let detail =
            complaints.count == 1
            ? "1 field needs attention" : "\(complaints.count) fields need attention"
        return APIError(.validation, detail, errors: complaints)
    }

    /// 422 for one member, found where the whole is known: `username`, `taken`, `'finn' is in use`.
    package static func validation(
        _ name: String, _ code: String, _ detail: String
    ) -> APIError {
        validation([JSONComplaint(pointer: "/\(name)", code: code, detail: detail)])
    }
}

/// A member of a problem beyond RFC 9457's own.
package struct ProblemMember: Sendable {
    /// Plain ASCII; not one of the usual members.
    package let name: StaticString
    /// Written as it is.
    package let value: JSONValue

    /// A member `name` with `value`.
    package init(_ name: StaticString, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}
