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

    package let modules: [any ServiceModule]
    package let transport: LoopbackTransport
    private let router: Router
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
        self.modules = try modules(parts)
        router = Router(self.modules) { error, route, _ in reports.add("\(route): \(error)") }
        transport = LoopbackTransport(router)
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

    /// Sends lines as the operator while the answer is read.
    package func stream(
        _ method: Method, _ target: String, _ source: any BodySource, to writer: any BodyWriter
    ) async throws {
        let text =
            "\(method.name) \(target) HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
            + "Authorization: Bearer \(LoopbackForum.secret)\r\n\r\n"
        let context = LoopbackTransport.fixedContext(nil)
        let head = try parsed(text)
        guard case .stream(let handler) = router.plan(head, context) else {
            throw HTTPFault(.notFound, "not-streamed", "\(target) does not stream")
        }
        let answer = await handler(Request(head: head, context: context, body: .stream(source)))
        guard case .stream(let write) = answer.body else {
            throw HTTPFault(answer.status, "refused", "\(target) was refused")
        }
        try await write(writer)
    }

    private func parsed(_ text: String) throws -> RequestHead {
        var scanned = 0
        let head = try ByteString(text).withBytes { bytes in
            try RequestParser.parse(
                bytes, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        guard let head else { throw HTTPFault(.badRequest, "no-head", "the head is not whole") }
        return head
    }

    private final class Reports: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }
}
