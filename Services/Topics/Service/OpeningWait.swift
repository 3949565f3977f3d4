import Bytes
import HTTP
import JSON
import Outbox
import Records
import Routing
import SQLite
import TopicsAPI

// Who starts a topic may wait until its opening message is there: `Prefer: wait=2`.
extension Topics {
    /// `answer` to a request for a new topic; where the client would wait, not before the messages
    /// service has taken the text, or the time is over. What is answered then is kept, so that a
    /// repetition gets the same.
    func afterOpening(
        _ answer: KeyedAnswer, _ request: borrowing Request, of new: NewTopic, for viewer: Viewer
    ) async throws -> KeyedAnswer {
        let most = TopicLimits.openingWaitSecondsMax
        guard let seconds = request.preferredWaitSeconds(max: most), new.text != nil,
            let id = answer.response.fields[.location].flatMap(Topics.id(at:))
        else { return answer }
        var response = answer.response
        if try await isOpened(id, withinSeconds: seconds) {
            let isReplayed = response.fields[.idempotencyReplayed] != nil
            response = try await writes.amend(request) { transaction in
                try Topics.created(transaction.knownTopic(id), for: viewer, transaction)
            }.response
            if isReplayed { response.fields.append(.idempotencyReplayed, "true") }
        }
        response.fields.append(.preferenceApplied, "wait=\(seconds)")
        return KeyedAnswer(response)
    }

    private func isOpened(_ id: Int64, withinSeconds seconds: Int) async throws -> Bool {
        let deadline = timer.now() + Int64(seconds) * 1000
        while true {
            let generation = openings.generation
            let isPending = try store.read { try $0.first(Queries.isOpeningPending, id) } != nil
            if !isPending { return true }
            let rest = deadline - timer.now()
            // A client that has gone away ends the wait, not the topic.
            guard rest > 0, !Task.isCancelled else { return false }
            await openings.wait(
                since: generation, milliseconds: min(Int(rest), Topics.openingLookMilliseconds),
                timer)
        }
    }

    private static func id(at location: String) -> Int64? {
        location.split(separator: "/").last.flatMap { DecimalText.parse($0) }
    }

    /// Where another process over this store follows the messages service, nobody wakes this one:
    /// so it looks now and then, for some microseconds each.
    static let openingLookMilliseconds = 250
}

extension Topics.Queries {
    static let isOpeningPending = Query<Int64, Int64>(
        "SELECT 1 FROM topics WHERE id = ?1 AND opening_state = 'pending'"
    ) { $0.int64(0) }
}

extension FieldName {
    /// RFC 7240 §3.
    static let preferenceApplied: FieldName = "Preference-Applied"
}
