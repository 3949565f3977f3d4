import Reactor

/// One process that belongs to the stack: what is started, with which settings, and where it will
/// answer.
struct ProcessPlan: Equatable, Sendable {
    /// How the address it answers at is known.
    enum Site: Equatable, Sendable {
        /// It listens where it was told.
        case fixed(SocketAddress)
        /// It chooses a port and registers it as this service.
        case registered(service: String)
    }

    /// As shown before its log lines and registered: `users-1`.
    let name: String
    /// Path of the program.
    let executable: String
    /// Settings beside those of this process.
    let settings: [String: String]
    /// Where `/readyz` is asked.
    let site: Site
    /// Whether the stack is of no use without it.
    let isEntry: Bool
}
