import Bytes
import HTTP
import JSON
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
        let looks = seconds * 1000 / Topics.openingLookMilliseconds
        for look in 0...looks {
            let isPending = try store.read { try $0.first(Queries.isOpeningPending, id) } != nil
            if !isPending { return true }
            if look == looks || Task.isCancelled { return false }
            // A client that has gone away ends the wait, not the topic.
            try? await Task.sleep(for: .milliseconds(Topics.openingLookMilliseconds))
        }
        return false
    }

    private static func id(at location: String) -> Int64? {
        location.split(separator: "/").last.flatMap { DecimalText.parse($0) }
    }

    /// A commit of the projector is not told to this process if it is another's, so it is looked
    /// for; each look costs some microseconds.
    private static let openingLookMilliseconds = 20
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
