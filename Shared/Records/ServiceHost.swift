package import Identity
package import SQLite

/// What a process gives to the services in it: all that they need to know of where they run. A
/// service wires itself with it, so that it is wired alike alone and beside the others.
package protocol ServiceHost: AnyObject {
    /// Whether whoever wants may register.
    var isRegistrationOpen: Bool { get }
    /// Whether clients are counted at all.
    var limitsRates: Bool { get }
    /// What it costs to guess a password that is chosen from now on.
    var passwordCost: ScryptParameters { get }

    /// Opens the store `name`, creates it if need be, and brings it to `schema`. It is closed with
    /// the process.
    func store(_ name: String, _ schema: [Migration]) throws -> Store

    /// Where the folder `name` of the process's data is, or is to be made.
    func folder(_ name: String) -> String

    /// The secret in the file `name` of the process's data, made if it is missing.
    func secret(_ name: String) throws -> Secret

    /// Calls `work` now and then, with the seconds since 1970, for as long as the process lives;
    /// what it throws is logged as a failure of `purpose`.
    func every(
        seconds: Int, _ purpose: String,
        _ work: @escaping @Sendable (_ nowSeconds: Int64) async throws -> Void)

    /// Shows a number of `service` that only grows among the metrics, in a series of its own.
    func count(
        _ metric: String, _ help: String, of service: String,
        _ value: @escaping @Sendable () -> Int)

    /// Tells the operator something once, at the start.
    func tell(_ message: String)
}
