/// What a merge patch (RFC 7396) says of a member that may be removed.
package enum JSONPatch<Value> {
    /// It was not sent: leave it.
    case unchanged
    /// It was sent as null.
    case removed
    case set(Value)

    /// What `current` becomes.
    package func applied(to current: Value?) -> Value? {
        switch self {
        case .unchanged: current
        case .removed: nil
        case .set(let value): value
        }
    }
}

extension JSONPatch: Equatable where Value: Equatable {}
extension JSONPatch: Sendable where Value: Sendable {}
