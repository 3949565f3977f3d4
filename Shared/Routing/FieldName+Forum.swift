package import HTTP

// Fields of answers that the parsers need not know.
extension FieldName {
    /// That a search was given up before everything was looked at: `?1` (RFC 9651).
    package static let forumPartial: FieldName = "Forum-Partial"
    /// How old what other services told is (seconds); only when that is worth saying.
    package static let forumStaleness: FieldName = "Forum-Staleness"
    /// That an answer was given before, for the same Idempotency-Key.
    package static let idempotencyReplayed: FieldName = "Idempotency-Replayed"
    /// What is left of a quota.
    package static let rateLimit: FieldName = "RateLimit"
    /// The quota itself.
    package static let rateLimitPolicy: FieldName = "RateLimit-Policy"
    /// How many rows the whole list has.
    package static let totalCount: FieldName = "Total-Count"
    /// How to be let in (RFC 9110 §11.6.1).
    package static let wwwAuthenticate: FieldName = "WWW-Authenticate"
}
