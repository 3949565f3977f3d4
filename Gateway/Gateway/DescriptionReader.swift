import HTTP
import HTTPClient
package import Reactor

/// Reads what a target says of its API at a path; `known` is the copy from before, which is
/// answered when there is no newer one. Nil: there is nothing to be had.
package typealias DescriptionReader =
    @Sendable (
        _ target: Target, _ path: String, _ known: DescriptionShelf.Copy?
    ) async -> DescriptionShelf.Copy?

/// Reads over real connections.
package enum SocketDescriptions {
    /// A service that describes itself does so from memory.
    private static let timeoutMilliseconds = 2_000

    /// A reader whose connections are all on `loop`.
    package static func reader(on loop: EventLoop) -> DescriptionReader {
        let pool = LoopBound(UpstreamPool(loop: loop), on: loop)
        return { target, path, known in
            var fields = Fields()
            if let etag = known?.etag { fields[.ifNoneMatch] = etag }
            let request = ClientRequest(
                .get, path, fields: fields, timeoutMilliseconds: timeoutMilliseconds)
            // Whatever the reason, there is no description to be had now.
            guard
                let answer = try? await SocketTransport(to: target.address, pool: pool)
                    .send(request)
            else { return nil }
            switch answer.status {
            case .notModified: return known
            case .ok: return DescriptionShelf.Copy(answer.body, etag: answer.fields[.etag])
            default: return nil
            }
        }
    }
}
