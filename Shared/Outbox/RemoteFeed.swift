import Bytes
package import HTTP

/// The feed of a service in another process, over HTTP. What it brings is checked as if a stranger
/// had sent it.
package struct RemoteFeed: FeedSource, CustomStringConvertible {
    /// Where to ask now: called for each request, so that discovery can move a service. Throws when
    /// none is known.
    package typealias Connect = @Sendable () async throws -> any HTTPTransport

    private let wire: String
    private let fields: Fields
    private let connect: Connect

    /// The feed that `FeedRoutes` of the same `wire` serve; `secret` is what they ask for.
    package init(wire: String, secret: String, connect: @escaping Connect) {
        self.wire = wire
        self.connect = connect
        fields = [.authorization: "Bearer \(secret)"]
    }

    /// Waits are rounded up to whole seconds.
    package func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        let waitSeconds = (waitMilliseconds + 999) / 1_000
        var target = "/internal/\(wire)/feed?after=\(after)&limit=\(limit)&wait=\(waitSeconds)"
        if let epoch { target += "&epoch=\(PercentEncoding.segment(epoch))" }
        let answer = try await ask(target, waitSeconds: waitSeconds)
        switch answer.status {
        case .ok:
            let state = try state(answer)
            // Another life than the one asked for is gone, whatever the status says.
            if let epoch, epoch != state.epoch { return .gone(state) }
            let entries = try lines(answer.body, limit) { try $0.entry() }
            try FeedPage.check(entries, after: after, state, of: wire)
            return .events(entries, state)
        case .gone: return .gone(try state(answer))
        default: throw FeedError.refused(source: wire, status: Int(answer.status.code))
        }
    }

    package func snapshot(
        kind: String, afterKey: EventKey?, limit: Int
    ) async throws -> SnapshotPage {
        var target = "/internal/\(wire)/snapshot?kind=\(PercentEncoding.segment(kind))"
        target += "&limit=\(limit)"
        if let afterKey { target += "&after=\(PercentEncoding.segment(afterKey.parameter))" }
        let answer = try await ask(target, waitSeconds: 0)
        guard answer.status == .ok else {
            throw FeedError.refused(source: wire, status: Int(answer.status.code))
        }
        let rows = try lines(answer.body, limit) { try $0.event() }
        let isMore = try isMore(answer)
        let page = SnapshotPage(
            rows: rows, state: try state(answer), next: isMore ? rows.last?.key : nil)
        guard !isMore || page.next != nil else {
            throw hostile("a snapshot of \(kind) leads nowhere")
        }
        try page.check(kind: kind, after: afterKey, of: wire)
        return page
    }

    /// Says whose feed it is, and nothing of the secret.
    package var description: String { "the feed of \(wire)" }

    private func ask(_ target: String, waitSeconds: Int) async throws -> ClientResponse {
        let request = ClientRequest(
            .get, target, fields: fields,
            timeoutMilliseconds: waitSeconds * 1_000 + OutboxLimits.answerMilliseconds)
        let answer: ClientResponse
        do {
            answer = try await connect().send(request)
        } catch {
            try Task.checkCancellation()
            let reason = (error as? TransportError)?.detail ?? "\(error)"
            throw FeedError.unreachable(source: wire, reason: reason)
        }
        guard answer.body.count <= OutboxLimits.answerBytesMax else {
            throw hostile("it has \(answer.body.count) bytes")
        }
        return answer
    }

    private func state(_ answer: ClientResponse) throws(FeedError) -> FeedState {
        guard let epoch = answer.fields[.feedEpoch], Event.isWord(epoch),
            let head = number(answer, .feedHead), let floor = number(answer, .feedFloor),
            floor <= head
        else { throw hostile("its fields Feed-Epoch, Feed-Head and Feed-Floor make no sense") }
        return FeedState(epoch: epoch, head: head, floor: floor)
    }

    private func number(_ answer: ClientResponse, _ name: FieldName) -> Int64? {
        answer.fields[name].flatMap { DecimalText.parse($0) }
    }

    private func isMore(_ answer: ClientResponse) throws(FeedError) -> Bool {
        switch answer.fields[.feedMore] {
        case "true": return true
        case "false": return false
        default: throw hostile("its field Feed-More is neither true nor false")
        }
    }

    /// The lines of a body, each ended by a line feed: one that is not was cut off.
    private func lines<Line>(
        _ body: ByteString, _ limit: Int, _ read: (FeedLine) throws -> Line
    ) throws(FeedError) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < body.count {
            guard lines.count < limit else { throw hostile("it has more than \(limit) lines") }
            guard let end = RemoteFeed.lineEnd(body, from: start) else {
                throw hostile("its last line is cut off")
            }
            do {
                let line = body.slice(from: start, count: end - start)
                lines.append(try read(FeedLine(line)))
            } catch {
                let reason = (error as? FeedLine.Fault)?.reason ?? "\(error)"
                throw hostile("line \(lines.count + 1): \(reason)")
            }
            start = end + 1
        }
        return lines
    }

    private static func lineEnd(_ body: ByteString, from start: Int) -> Int? {
        unsafe body.withBytes { unsafe $0[start...].firstIndex(of: ASCII.lineFeed) }
    }

    private func hostile(_ reason: String) -> FeedError { .hostile(source: wire, reason: reason) }
}
