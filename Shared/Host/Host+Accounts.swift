package import Identity
package import Outbox
package import Records
import SQLite
import Telemetry

// What a process needs to know who asks, and whom it follows.
extension Host {
    /// Callers by the tokens of the users service in another process, and by what `directory` knows
    /// of their accounts.
    package func authenticator(knowing directory: any AccountDirectory) -> TokenAuthenticator {
        let keys = IssuerKeys(
            path: "\(settings.dataFolder)/\(name)-keys.json", neighbours: neighbours)
        inBackground { await keys.keep() }
        return TokenAuthenticator(keys.tokens, directory) { keys.noteUnknownKey() }
    }

    /// The feed of a service in another process, by the name that the wire gives it.
    package func feed(of wire: String) -> any FeedSource {
        FeedExchange.remote(wire, internalSecret, neighbours)
    }
}

extension Host: ServiceHost {
    /// Whether whoever wants may register.
    package var isRegistrationOpen: Bool { settings.isRegistrationOpen }

    /// Whether clients are counted at all.
    package var limitsRates: Bool { settings.rateLimits }

    /// A folder beside the stores.
    package func folder(_ name: String) -> String { "\(settings.dataFolder)/\(name)" }

    /// The secret in the file `name` of the data folder, made if it is missing.
    package func secret(_ name: String) throws -> Secret {
        try DataFolder.create(settings.dataFolder)
        return try SecretFile(folder(name)).readOrCreate()
    }

    /// Calls `work` now and then, with the seconds since 1970, for as long as the process lives;
    /// what it throws is logged.
    package func every(
        seconds: Int, _ purpose: String,
        _ work: @escaping @Sendable (_ nowSeconds: Int64) async throws -> Void
    ) {
        let log = log
        inBackground {
            while !Task.isCancelled {
                // Cancelled: the process ends.
                try? await Task.sleep(for: .seconds(seconds))
                if Task.isCancelled { return }
                do {
                    try await work(StoreSettings.systemClock() / 1000)
                } catch {
                    log.error("\(purpose) failed", ["reason": "\(error)"])
                }
            }
        }
    }

    /// Shows a number of `service` that only grows among the metrics, in a series of its own.
    package func count(
        _ metric: String, _ help: String, of service: String,
        _ value: @escaping @Sendable () -> Int
    ) {
        metrics.collect(metric, help, .counter) {
            $0.add(Double(value()), labels: ["service": service])
        }
    }

    /// Tells the operator something once, at the start.
    package func tell(_ message: String) { log.warning("\(message)") }
}
