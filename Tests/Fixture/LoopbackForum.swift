import Bytes
package import HTTP
package import Identity
package import Records
package import Routing
package import SQLite
import Synchronization

/// Services on real files in a folder of their own, reached through a loopback that speaks HTTP.
package final class LoopbackForum: Sendable {
    /// The admin secret of every fixture.
    package static let secret = "only-known-to-the-tests"

    /// What a service is made of.
    package struct Parts: Sendable {
        package let folder: TemporaryFolder
        package let access: WriteAccess
        package let settings: StoreSettings

        package func store(_ name: String, _ schema: [Migration]) throws -> Store {
            try Store(
                path: folder.file("\(name).sqlite"), migrations: schema, settings: settings)
        }
    }

    package let transport: LoopbackTransport
    private let folder: TemporaryFolder
    private let reports = Reports()

    /// Time stands still at the first millisecond of 2026 unless `clock` says otherwise.
    package init(
        isOpen: Bool = true, admin: Secret? = Secret(LoopbackForum.secret),
        clock: @escaping @Sendable () -> Int64 = { 1_767_225_600_000 },
        _ modules: (Parts) throws -> [any ServiceModule]
    ) throws {
        let folder = TemporaryFolder()
        var settings = StoreSettings()
        settings.clock = clock
        let access = WriteAccess(isOpen: isOpen, admin: admin)
        let parts = Parts(folder: folder, access: access, settings: settings)
        self.folder = folder
        let reports = reports
        transport = LoopbackTransport(
            Router(try modules(parts)) { error, route, _ in reports.add("\(route): \(error)") })
    }

    /// Errors that nobody expected.
    package var unexpectedErrors: [String] { reports.lines }

    package func send(
        _ method: Method, _ target: String, _ fields: Fields = Fields(), body: String = ""
    ) async throws -> Answer {
        let request = ClientRequest(method, target, fields: fields, body: ByteString(body))
        return Answer(try await transport.send(request))
    }

    package func get(_ target: String, _ fields: Fields = Fields()) async throws -> Answer {
        try await send(.get, target, fields)
    }

    /// Posts JSON.
    package func post(_ target: String, _ body: String) async throws -> Answer {
        try await send(.post, target, [.contentType: "application/json"], body: body)
    }

    /// Posts NDJSON as the operator.
    package func bulk(_ target: String, _ lines: [String]) async throws -> Answer {
        let fields: Fields = [
            .contentType: "application/x-ndjson",
            .authorization: "Bearer \(LoopbackForum.secret)",
        ]
        let body = lines.map { $0 + "\n" }.joined()
        return try await send(.post, target, fields, body: body)
    }

    private final class Reports: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }
}
