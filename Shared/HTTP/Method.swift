/// A request method (RFC 9110 §9, RFC 5789). Any other token is refused with 501.
@usableFromInline
package enum Method: UInt8, Sendable, CaseIterable {
    case get, head, post, put, patch, delete, options, trace, connect

    /// Safe methods ask for no change (RFC 9110 §9.2.1).
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        case .post, .put, .patch, .delete, .connect: false
        }
    }

    /// Idempotent methods may be sent twice with the effect of once (RFC 9110 §9.2.2).
    package var isIdempotent: Bool { isSafe || self == .put || self == .delete }

    /// The method as it stands in a request line.
    package var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        }
    }

    /// The method that `token` names, case-sensitively; nil for all others.
    package init?(_ token: UnsafeRawBufferPointer) {
        for method in Method.allCases where unsafe method.name.matches(token) {
            self = method
            return
        }
        return nil
    }

    /// The same for text.
    package init?(_ token: String) {
        guard let method = Method.allCases.first(where: { "\($0.name)" == token }) else {
            return nil
        }
        self = method
    }
}

extension StaticString {
    /// Byte for byte the same.
    fileprivate func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == utf8CodeUnitCount else { return false }
        let own = unsafe UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
        return unsafe own.elementsEqual(bytes)
    }
}
