package import Bytes

/// A verifier's keys: fetched from the issuer now and then, kept in a file, and never given up for
/// nothing. While the issuer is away the last good ones serve, also after a restart.
///
/// They do not age: an issuer that is away signs nothing either, and tokens end by themselves.
package actor KeySetKeeper {
    /// The last good set; empty until there was one.
    package private(set) var keys: KeySet
    /// What went wrong last, in one line; nil when nothing did.
    package private(set) var lastFailure: String?

    private let file: PrivateFile
    private let fetch: @Sendable () async throws -> ByteString
    private let publish: @Sendable (KeySet) -> Void
    private var refresh = KeySetRefresh()
    private var running: Task<Void, Never>?

    /// Reads the set kept in the file at `path`. `publish` is told of every set that differs from
    /// the one before, of the one in the file too; `fetch` gets the issuer's set as JSON and has to
    /// come back in bounded time.
    package init(
        path: String, publish: @escaping @Sendable (KeySet) -> Void,
        fetch: @escaping @Sendable () async throws -> ByteString
    ) {
        file = PrivateFile(path)
        self.publish = publish
        self.fetch = fetch
        do {
            let kept = try file.read(bytesMax: IdentityLimits.keySetBytesMax)
            keys = try kept.map { try KeySet.parse($0) } ?? .empty
        } catch {
            // A file that cannot be used is as good as none: the issuer has the truth.
            keys = .empty
            lastFailure = "cannot use the keys in \(path): \(KeySetKeeper.reason(error))"
        }
        if !keys.keys.isEmpty { publish(keys) }
    }

    /// To be called every second or so: asks the issuer if it is time to.
    package func refreshIfDue(nowSeconds: Int64) async {
        _ = await refresh(.time, nowSeconds)
    }

    /// To be called when a token names a key that the set does not have. True when the issuer has
    /// been asked since, so that the token deserves a second look; false when it was asked just
    /// before.
    package func refreshForUnknownKey(nowSeconds: Int64) async -> Bool {
        await refresh(.unknownKey, nowSeconds)
    }

    private func refresh(_ cause: KeySetRefresh.Cause, _ nowSeconds: Int64) async -> Bool {
        if let running {
            await running.value
            return true
        }
        guard refresh.begin(cause, nowSeconds: nowSeconds) else { return false }
        // A task of its own: the others who wait for it do not lose it when this caller gives up.
        let task = Task { await ask() }
        running = task
        await task.value
        return true
    }

    private func ask() async {
        var succeeded = false
        do {
            let fetched = try KeySet.parse(await fetch())
            guard !fetched.keys.isEmpty else { throw KeySetFault.noUsableKey }
            lastFailure = nil
            succeeded = true
            accept(fetched)
        } catch {
            lastFailure = "\(error)"
        }
        refresh.end(succeeded: succeeded)
        running = nil
    }

    /// Uses the set from now on, and keeps it. That the file cannot be written is told, but takes
    /// no key from anybody.
    private func accept(_ fetched: KeySet) {
        guard fetched != keys else { return }
        keys = fetched
        publish(fetched)
        do throws(PrivateFile.Fault) {
            try file.replace(with: fetched.json)
        } catch {
            let reason = KeySetKeeper.reason(error)
            lastFailure = "cannot keep the keys in \(file.path): \(reason)"
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let fault = error as? PrivateFile.Fault else { return "\(error)" }
        return switch fault {
        case .unreadable(let reason), .unwritable(let reason): reason
        case .exposed: "others may read the file"
        }
    }
}
