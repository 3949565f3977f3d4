import HTTP
import JSON

/// An error of another module that knows which problem it is. What converts to nothing is
/// `internal`: reported once, shown as nothing.
package protocol APIErrorConvertible: Error {
    /// The problem to answer with. `internal` is reported like an unknown error.
    var apiError: APIError { get }
}

extension APIError: APIErrorConvertible {
    /// The error itself.
    package var apiError: APIError { self }
}

extension JSONError: APIErrorConvertible {
    /// 400 with the byte that is wrong.
    package var apiError: APIError { .malformed("body is not JSON: \(self)") }
}

extension JSONRejection: APIErrorConvertible {
    /// 422 with every complaint.
    package var apiError: APIError { .validation(complaints) }
}

/// A streamed body that broke while it was read.
extension HTTPFault: APIErrorConvertible {
    /// The problem of its status, or `malformed`.
    package var apiError: APIError {
        APIError(APIErrorCode(faultStatus: status) ?? .malformed, detail)
    }
}

/// Another service that was needed gave no answer.
extension TransportError: APIErrorConvertible {
    /// 503, without the name of what was called.
    package var apiError: APIError {
        APIError(.dependencyUnavailable, "a service that this request needs does not answer")
    }
}

/// The client is gone; nobody will read this.
extension CancellationError: APIErrorConvertible {
    /// 503.
    package var apiError: APIError {
        APIError(.serviceUnavailable, "the request was cancelled")
    }
}
