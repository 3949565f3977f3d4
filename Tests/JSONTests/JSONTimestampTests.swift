import Bytes
import JSON
import Testing

@Suite("Moments in JSON")
struct JSONTimestampTests {
    private struct Event: JSONRecord, JSONDecodable {
        let at: Timestamp?

        static let members: [JSONMember<Event>] = [
            .timestamp("at") { $0.at ?? Timestamp(milliseconds: 0) }
        ]

        init(at: Timestamp?) { self.at = at }

        init(from fields: inout JSONFields) { at = fields.optionalTimestamp("at") }
    }

    @Test("a moment is written in UTC with milliseconds")
    func written() {
        var writer = JSONWriter()
        writer.record(Event(at: Timestamp(milliseconds: 1_767_225_600_001)))
        #expect(writer.finish().text == #"{"at":"2026-01-01T00:00:00.001Z"}"#)
    }

    @Test("a moment is read in any offset, and what is none is complained of")
    func read() throws {
        let event = try Event.decode(ByteString(#"{"at":"2026-01-01T02:00:00+02:00"}"#))
        #expect(event.at == Timestamp(milliseconds: 1_767_225_600_000))
        #expect(try Event.decode(ByteString("{}")).at == nil)
        #expect {
            try Event.decode(ByteString(#"{"at":"noon"}"#))
        } throws: { error in
            (error as? JSONRejection)?.complaints.map(\.code) == ["not-a-time"]
        }
    }
}
