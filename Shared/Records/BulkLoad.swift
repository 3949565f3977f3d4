import Bytes
package import HTTP
import Routing

/// A load of any size in bounded memory: lines are read and parsed while those before them are
/// being committed, and each is reported after the commit that contains it.
package enum BulkLoad {
    /// The answer to a request whose body is NDJSON: a line per line, then a summary. Under
    /// `Prefer: return=minimal` only lines that failed are answered.
    package static func response(
        _ request: borrowing Request, _ loader: some BulkLoader
    ) -> Response {
        let isMinimal = request.prefersMinimal()
        var response = response(request.body, isMinimal: isMinimal, loader)
        if isMinimal { response.fields.append("Preference-Applied", "return=minimal") }
        return response
    }

    /// The answer to such a body. It starts before the body has ended; a client reads while it
    /// writes.
    package static func response(
        _ body: RequestBody, isMinimal: Bool = false, _ loader: some BulkLoader
    ) -> Response {
        Response(
            .ok, fields: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: .stream { writer in
                try await run(body, loader, BulkReport(to: writer, isMinimal: isMinimal))
            })
    }

    private static func run<Loader: BulkLoader>(
        _ body: RequestBody, _ loader: Loader, _ report: consuming BulkReport
    ) async throws {
        let conveyor = Conveyor<BulkChunk<Loader.Record>>()
        async let reading: Void = read(body, Loader.self, conveyor)
        do {
            var report = report
            while let chunk = await conveyor.take() {
                try await report.write(chunk, keep(chunk.records, loader))
            }
            try await reading
            try await report.finish()
        } catch {
            conveyor.abandon()
            throw error
        }
    }

    private static func read<Loader: BulkLoader>(
        _ body: RequestBody, _ type: Loader.Type, _ conveyor: Conveyor<BulkChunk<Loader.Record>>
    ) async throws {
        defer { conveyor.finish() }
        var pieces = BodyPieces(body)
        var reader = BulkReader<Loader>()
        while let piece = try await pieces.next() {
            let chunk = reader.read(piece)
            if !chunk.isEmpty, await !conveyor.add(chunk) { return }
            // A fast sender must not keep the loop from its other connections.
            await Task.yield()
        }
        _ = await conveyor.add(reader.end())
    }

    /// What became of the records; all are refused when their commit failed for a known reason. Any
    /// other error ends the answer without a summary.
    private static func keep<Loader: BulkLoader>(
        _ records: [Loader.Record], _ loader: Loader
    ) async throws -> [BulkOutcome] {
        if records.isEmpty { return [] }
        do {
            return try await loader.load(records)
        } catch let error as any APIErrorConvertible where error.apiError.code != .internal {
            let refusal = error.apiError
            return records.map { _ in .refused(refusal) }
        }
    }
}

extension Request {
    /// Whether the client wants to hear of failures only (RFC 7240 §4.2).
    fileprivate borrowing func prefersMinimal() -> Bool {
        head.preference("return")?.lowercased() == "minimal"
    }
}
