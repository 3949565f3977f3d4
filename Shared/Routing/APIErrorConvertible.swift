import HTTP
import JSON

/// An error of another module that knows which problem it is. What converts to nothing is
/// `internal`: reported once, shown as nothing.
package protocol APIErrorConvertible: Error {
    /// The problem to answer with. `internal` is reported like an unknown error.
    var apiError: APIError { get }
}

extension APIError: APIErrorConvertible {
    package var apiError: APIError { self }
}

extension JSONError: APIErrorConvertible {
    package var apiError: APIError { .malformed("body is not JSON: \(self)") }
}

extension JSONRejection: APIErrorConvertible {
    package var apiError: APIError { .validation(complaints) }
}

/// A streamed body that broke while it was read.
extension HTTPFault: APIErrorConvertible {
    package var apiError: APIError {
        APIError(APIErrorCode(faultStatus: status) ?? .malformed, detail)
    }
}

/// Another service that was needed gave no answer.
extension TransportError: APIErrorConvertible {
    package var apiError: APIError {
        APIError(.dependencyUnavailable, "a service that this request needs does not answer")
    }
}

/// The client is gone; nobody will read this.
extension CancellationError: APIErrorConvertible {
    package var apiError: APIError {
        APIError(.serviceUnavailable, "the request was cancelled")
    }
}
