package import Routing

/// What became of one record of a bulk load.
package enum BulkOutcome: Sendable {
    /// It is new, under this id, and durable.
    case added(Int64)
    /// It was there before, under this id, and is the same.
    case unchanged(Int64)
    /// It was not taken, and why.
    case refused(APIError)

    var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }

    /// Another record stands under its identity; `detail` says which.
    package static func conflict(_ detail: String) -> BulkOutcome {
        .refused(APIError(.conflict, detail))
    }
}
