import Glibc
package import Identity
package import Records
import Telemetry

// What a process needs to know who asks.
extension Host {
    /// Callers by the tokens of the users service in another process, and by what `directory` knows
    /// of their accounts.
    package func authenticator(knowing directory: any AccountDirectory) -> TokenAuthenticator {
        let keys = IssuerKeys(
            path: "\(settings.dataFolder)/\(name)-keys.json", neighbours: neighbours)
        inBackground { await keys.keep() }
        return TokenAuthenticator(keys.tokens, directory) { keys.noteUnknownKey() }
    }

    /// The secret in the file `name` of the data folder, made if it is missing.
    package func secret(_ name: String) throws -> Secret {
        try DataFolder.create(settings.dataFolder)
        return try SecretFile("\(settings.dataFolder)/\(name)").readOrCreate()
    }

    /// Calls `work` now and then, for as long as the process lives; what it throws is logged.
    package func every(
        seconds: Int, _ purpose: String, _ work: @escaping @Sendable () async throws -> Void
    ) {
        let log = log
        inBackground {
            while !Task.isCancelled {
                // Cancelled: the process ends.
                try? await Task.sleep(for: .seconds(seconds))
                if Task.isCancelled { return }
                do {
                    try await work()
                } catch {
                    log.error("\(purpose) failed", ["reason": "\(error)"])
                }
            }
        }
    }

    /// Tells the operator something once, at the start.
    package func tell(_ message: String) { log.warning("\(message)") }
}
