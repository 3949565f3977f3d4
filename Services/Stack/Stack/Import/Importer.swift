import Bytes
import Curl
import HTTP
import Identity

/// Sends a lab-shaped document to a running forum, section after section in the order of the file.
struct Importer: Sendable {
    private let transport: CurlTransport
    private let secret: Secret
    private let progress: ImportProgress

    /// A section during which no byte moves for so long is given up.
    private static let silenceMilliseconds = 120_000

    init(_ transport: CurlTransport, _ secret: Secret, _ progress: ImportProgress) {
        self.transport = transport
        self.secret = secret
        self.progress = progress
    }

    /// Returns when every record was answered.
    func run(_ source: LabSource) async throws(ImportError) {
        progress.begin(source)
        defer { progress.end() }
        while true {
            let (section, passed) = try source.nextSection()
            for name in passed { progress.pass(name) }
            guard let section else { return }
            let load = SectionLoad(section, of: source) { [progress] in progress.fail($0) }
            progress.begin(load)
            try await send(load)
        }
    }

    private func send(_ load: SectionLoad) async throws(ImportError) {
        // An empty section is no request; its fault, if it has one, is one all the same.
        guard let first = load.next() else { return try load.finishUnsent() }
        let response = try await exchange(load, first)
        guard response.status.isSuccess else {
            throw .refused(
                status: Int(response.status.code),
                detail: ProblemText.text(response.body) ?? "\(response.status.reason)")
        }
        try load.finish()
    }

    private func exchange(
        _ load: SectionLoad, _ first: ByteString
    ) async throws(ImportError) -> ClientResponse {
        let body = LoadBody(load, first)
        let request = ClientRequest(
            .post, load.section.bulkPath,
            fields: [
                .authorization: "Bearer \(secret.text)", .contentType: "application/x-ndjson",
                .accept: "application/x-ndjson",
            ],
            timeoutMilliseconds: Importer.silenceMilliseconds)
        do {
            return try await transport.upload(request, body: { body.next() }) { piece in
                try load.take(piece)
                progress.update()
            }
        } catch let error as ImportError {
            throw error
        } catch let error as TransportError {
            throw .unreachable(error.detail)
        } catch {
            throw .unreachable("\(error)")
        }
    }
}
