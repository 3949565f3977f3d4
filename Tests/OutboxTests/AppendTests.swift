import Bytes
import Fixture
import JSON
import SQLite
import Testing

@testable import Outbox

@Suite("Appending to an outbox")
struct AppendTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    @Test("an event is kept with its change, in the order of commits")
    func together() async throws {
        let members = try Members(folder, clock)
        #expect(try await members.rename(4, "jake") == 1)
        #expect(try await members.rename(4, "Jake") == 2)
        #expect(try await members.greet("hello") == 3)
        let rows = ["1 user.changed 4 1", "2 user.changed 4 2", "3 user.greeted hello 0"]
        #expect(try members.rows() == rows)
        #expect(try members.store.read { try Outbox.head(in: $0) } == 3)
    }

    @Test("an event of a refused change is not kept, and its number is given to the next")
    func refused() async throws {
        let members = try Members(folder, clock)
        await #expect(throws: Refused.self) {
            try await members.store.write { transaction in
                try Outbox.append(Members.greeted("never"), in: transaction)
                throw Refused()
            }
        }
        #expect(try await members.greet("hello") == 1)
    }

    @Test("the head inside a transaction is that of its own events")
    func headInside() async throws {
        let members = try Members(folder, clock)
        let heads = try await members.store.write { transaction in
            let before = try Outbox.head(in: transaction)
            try Outbox.append(Members.greeted("a"), in: transaction)
            return [before, try Outbox.head(in: transaction)]
        }
        #expect(heads == [0, 1])
    }

    @Test("a body over the limit is refused, naming the kind and the size")
    func tooLarge() async throws {
        let members = try Members(folder, clock)
        let bytes = OutboxLimits.bodyBytesMax + 1
        let body = ByteString([UInt8](repeating: UInt8(ascii: "1"), count: bytes))
        let event = Event.fact("large", key: .number(1), body: body)
        await #expect(throws: OutboxError.bodyTooLarge(kind: "large", bytes: bytes)) {
            try await members.store.write { try Outbox.append(event, in: $0) }
        }
    }

    @Test("a tombstone replaces what all events of a key said, and nothing else")
    func tombstone() async throws {
        let members = try Members(folder, clock)
        try await members.rename(4, "jake")
        try await members.rename(4, "Jake the Dog")
        try await members.rename(5, "finn")
        let changed = try await members.store.write { transaction in
            try Outbox.tombstone(
                kind: "user.changed", key: .number(4), body: ByteString(#"{"name":"gone"}"#),
                in: transaction)
        }
        #expect(changed == 2)
        let bodies = try members.store.read { try $0.all(Members.Queries.bodies) }
        #expect(bodies == [#"{"name":"gone"}"#, #"{"name":"gone"}"#, #"{"id":5,"name":"finn"}"#])
    }

    @Test("a number and the same digits as a text are two keys, in the store and in a query")
    func keys() async throws {
        let members = try Members(folder, clock)
        let keys: [EventKey] = [.number(7), .text("7"), .text("ä \"b\""), .number(0)]
        try await members.store.write { transaction in
            for key in keys {
                try Outbox.append(.fact("k", key: key, body: ByteString("1")), in: transaction)
            }
        }
        let page = try await members.feed(clock)
            .page(after: 0, epoch: nil, limit: 10, waitMilliseconds: 0)
        guard case .events(let entries, _) = page else { throw Refused() }
        #expect(entries.map(\.event.key) == keys)
        for key in keys { #expect(EventKey(parameter: key.parameter) == key) }
        for text in ["", "-1", "07x", "\"open", "null", "9223372036854775808"] {
            #expect(EventKey(parameter: text) == nil, "\(text)")
        }
    }

    @Test("two outboxes are two lives, and a renewed one is a third")
    func epochs() async throws {
        let one = try Members(folder, clock, name: "one")
        let two = try Members(folder, clock, name: "two")
        let first = try one.feed(clock).figures().state.epoch
        #expect(try two.feed(clock).figures().state.epoch != first)
        try await one.store.write { try Outbox.renewEpoch(in: $0) }
        #expect(try one.feed(clock).figures().state.epoch != first)
    }
}
