/// What becomes of a request that is sent twice with one Idempotency-Key.
package enum Repetition: Sendable {
    /// The second gets the answer of the first: `post` routes.
    case kept
    /// Both are carried out, and the second changes nothing: it is idempotent by nature.
    case repeatable
    /// A key is refused with 400: nobody could keep the promise.
    case refused
}

/// The mark of a POST that may be carried out twice with the effect of once.
package enum Nature: Sendable {
    case repeatable
}
