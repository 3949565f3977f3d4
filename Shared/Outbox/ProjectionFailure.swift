import SQLite

/// An event that its projection did not take.
package struct ProjectionFailure: Error, Sendable, CustomStringConvertible {
    /// Where in its page it stands; those before it can be kept.
    let index: Int
    private let source: String
    private let event: Event
    private let reason: String

    init(_ source: String, _ event: Event, at index: Int, _ reason: any Error) {
        self.index = index
        self.source = source
        self.event = event
        self.reason = "\(reason)"
    }

    /// One line: what, where, what to do.
    package var description: String {
        let key = event.key.parameter
        return "the projection of \(source) stops at \(event.kind) \(key) version "
            + "\(event.version): \(reason); it goes on when the event can be taken"
    }

    /// Whether an error is about the store and not about what was to be written: then no event is
    /// to blame.
    static func isOfStore(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error {
        case .constraint, .noRow, .unexpectedValue, .tooBig, .statement: return false
        default: return true
        }
    }
}
