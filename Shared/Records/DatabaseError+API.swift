package import Routing
package import SQLite

/// What a client is told when the store says no. Nothing of the store's own words is shown.
extension DatabaseError: APIErrorConvertible {
    package var apiError: APIError {
        switch self {
        case .busy, .overloaded:
            APIError(.overloaded, "too many writes are waiting; try again")
        case .closed:
            APIError(.serviceUnavailable, "this instance is stopping; try again")
        case .full:
            APIError(.storageFull, "the disk is full; reading goes on")
        case .readOnly, .disk:
            APIError(.storageFull, "the disk takes no more writes; reading goes on")
        case .tooBig:
            APIError(.tooLarge, "a value is larger than the store takes")
        case .corrupt, .cannotOpen, .foreign, .tooNew, .migrationChanged, .migrationFailed,
            .migrationsUnordered, .constraint, .noRow, .unexpectedValue, .statement:
            APIError(.internal, "something went wrong; it has been reported")
        }
    }
}
