package import HTTP

/// What a handler may return.
package protocol ResponseConvertible: Sendable {
    /// The answer to `request`.
    func response(to request: borrowing Request) throws -> Response
}

extension Response: ResponseConvertible {
    /// Itself.
    package func response(to request: borrowing Request) -> Response { self }
}
