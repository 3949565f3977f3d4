package import Bytes
import HTTP
import JSON
package import Routing

/// The feed of a store over HTTP, for other services that know the shared secret:
/// `GET /internal/{wire}/feed` and `GET /internal/{wire}/snapshot`, NDJSON both.
package struct FeedRoutes: ServiceModule {
    /// Whether a bearer token is the secret: `{ secret.matches($0) }`.
    package typealias Trust = @Sendable (ByteString) -> Bool

    /// The service as paths name it: `users`, `threads`, `posts`.
    package let name: String
    private let feed: LocalFeed
    private let isTrusted: Trust

    /// The routes for `wire`; a monolith has one of these for each of its modules.
    package init(wire: String, feed: LocalFeed, isTrusted: @escaping Trust) {
        name = wire
        self.feed = feed
        self.isTrusted = isTrusted
    }

    package var prefix: String { "/internal/\(name)" }

    // The columns are the point.
    // swift-format-ignore
    package var routes: [Route] {[
        .get("\(prefix)/feed",     page),
        .get("\(prefix)/snapshot", snapshot),
    ]}

    /// `after` (0 without it), `epoch`, `limit`, and how many seconds to `wait` for a first event.
    func page(_ request: borrowing Request) async throws -> Response {
        try authorize(request)
        let query = request.query()
        let limit = try query.integer("limit", in: 1...Int64(OutboxLimits.pageEventsAskedMax))
        let wait = try query.integer("wait", in: 0...Int64(OutboxLimits.waitSecondsMax))
        let page = try await feed.page(
            after: query.integer("after", in: 0...Int64.max) ?? 0, epoch: query.text("epoch"),
            limit: limit.map(Int.init) ?? OutboxLimits.pageEventsMax,
            waitMilliseconds: Int(wait ?? 0) * 1_000)
        guard case .events(let entries, let state) = page else {
            throw FeedRoutes.gone(page.state)
        }
        var json = JSONWriter(capacity: 256 * entries.count)
        for entry in entries { json.line(entry) }
        return FeedRoutes.answer(json.finish(), state.fields)
    }

    /// `kind`, `after` a key, and `limit`.
    func snapshot(_ request: borrowing Request) throws -> Response {
        try authorize(request)
        let query = request.query()
        let limit = try query.integer("limit", in: 1...Int64(OutboxLimits.snapshotRowsMax))
        let kind = try query.text("kind") ?? ""
        guard feed.kinds.contains(kind) else {
            throw APIError.notFound("a snapshot of '\(kind)'")
        }
        let page = try feed.snapshot(
            kind: kind, afterKey: FeedRoutes.key(query.text("after")),
            limit: limit.map(Int.init) ?? OutboxLimits.snapshotRowsMax)
        var json = JSONWriter(capacity: 256 * page.rows.count)
        for row in page.rows { json.line(row) }
        var fields = page.state.fields
        fields.append(.feedPosition, "\(page.state.head)")
        fields.append(.feedMore, "\(page.next != nil)")
        return FeedRoutes.answer(json.finish(), fields)
    }

    private func authorize(_ request: borrowing Request) throws(APIError) {
        guard let token = FeedRoutes.bearerToken(request) else {
            throw APIError(
                .unauthenticated, "send the internal secret as Authorization: Bearer <secret>")
        }
        guard isTrusted(ByteString(token)) else {
            throw APIError(.forbidden, "this is not the internal secret")
        }
    }

    /// The token of RFC 6750 §2.1; the scheme in any case.
    private static func bearerToken(_ request: borrowing Request) -> String? {
        guard let value = request[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    private static func key(_ text: String?) throws(APIError) -> EventKey? {
        guard let text else { return nil }
        guard let key = EventKey(parameter: text) else {
            throw .malformed("'after' is a number, or a text as a string of JSON")
        }
        return key
    }

    private static func gone(_ state: FeedState) -> APIError {
        var error = APIError(
            .gone, "the feed does not go on from this position; start from a snapshot")
        error.fields = state.fields
        return error
    }

    private static func answer(_ body: ByteString, _ fields: Fields) -> Response {
        var fields = fields
        fields.append(.contentType, "application/x-ndjson")
        fields.append(.cacheControl, "no-store")
        return Response(.ok, fields: fields, body: .bytes(body))
    }
}

extension FieldName {
    static let feedEpoch: FieldName = "Feed-Epoch"
    static let feedHead: FieldName = "Feed-Head"
    static let feedFloor: FieldName = "Feed-Floor"
    /// Of a snapshot: where to go on by the feed.
    static let feedPosition: FieldName = "Feed-Position"
    /// Of a snapshot: whether rows follow the last one.
    static let feedMore: FieldName = "Feed-More"
}

extension FeedState {
    fileprivate var fields: Fields {
        [.feedEpoch: epoch, .feedHead: "\(head)", .feedFloor: "\(floor)"]
    }
}
