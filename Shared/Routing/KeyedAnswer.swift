package import HTTP

/// The answer of a write that a client may send again under the same Idempotency-Key.
///
/// The handler of every `post` route returns one, and only a keyed write makes one (`KeyedWrites`
/// in Records): so a key that a client sends is never passed over.
package struct KeyedAnswer: ResponseConvertible {
    /// The answer, the first time and every time after it.
    package let response: Response

    /// For keyed writes alone: `response` is kept, or the request had no key.
    package init(_ response: Response) { self.response = response }

    /// The answer.
    package func response(to request: borrowing Request) -> Response { response }
}
