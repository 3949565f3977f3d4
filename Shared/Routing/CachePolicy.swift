package import HTTP

/// How long an answer may be kept, and by whom.
package enum CachePolicy: Sendable {
    /// Anybody may keep it and must ask before each use: public reads.
    case revalidated
    /// Nobody may keep it: personal answers.
    case personal
    /// Anybody may keep it for a year: what is named by its own hash.
    case immutable

    /// The value of Cache-Control.
    package var text: String {
        switch self {
        case .revalidated: "public, max-age=0, must-revalidate"
        case .personal: "private, no-store"
        case .immutable: "public, max-age=31536000, immutable"
        }
    }

    // Fields of a JSON answer, made once: the hot path copies a list instead of building it.
    private static let revalidatedFields = fields(.revalidated)
    private static let personalFields = fields(.personal)
    private static let immutableFields = fields(.immutable)

    private static func fields(_ policy: CachePolicy) -> Fields {
        [
            .contentType: Response.jsonType, .cacheControl: policy.text,
            .vary: "Authorization, Accept-Encoding",
        ]
    }
}

extension CachePolicy {
    /// The fields of a JSON answer under this policy.
    func jsonFields(_ etag: ETag?) -> Fields {
        var fields =
            switch self {
            case .revalidated: CachePolicy.revalidatedFields
            case .personal: CachePolicy.personalFields
            case .immutable: CachePolicy.immutableFields
            }
        if let etag { fields.append(.etag, etag.text) }
        return fields
    }
}

extension Request {
    /// What an answer may be unless its handler knows better: everybody's if nobody in particular
    /// asks, else nobody's but the caller's.
    package borrowing func usualCachePolicy() -> CachePolicy {
        guard let findings = findings as? Findings else { return .revalidated }
        return findings.isStranger ? .revalidated : .personal
    }
}
