import Bytes
import MessagesAPI
import Records
import Routing
import SQLite

/// Inserts messages within one transaction, remembering what it would otherwise ask the store for
/// each of them: the last id and place, and the last number of each thread it has met.
struct MessageInserts {
    private var ids: IDSequence<Message>
    private var lastPlace: Int64?
    private var lastNumbers: [Int64: Int64] = [:]

    init(_ transaction: borrowing Transaction) throws {
        ids = IDSequence(last: try transaction.one(Messages.Queries.lastID))
    }

    /// A new message with the next number of its thread, and the next id unless one is given that
    /// is known to be free.
    @discardableResult
    mutating func add(
        _ new: NewMessage, id: ID<Message>? = nil, createdAt: Timestamp? = nil,
        _ transaction: borrowing Transaction
    ) throws -> Message {
        let message = Message(
            thread: new.thread, text: new.text, user: new.user, id: try id ?? ids.next(),
            number: try nextNumber(new.thread.rawValue, transaction),
            createdAt: createdAt ?? Timestamp(milliseconds: transaction.now), version: 1)
        try transaction.run(
            Messages.Queries.insert, message.id.rawValue, new.thread.rawValue, message.number,
            new.user.rawValue, new.text, message.createdAt.milliseconds)
        ids.insert(message.id)
        return message
    }

    /// Adds the message of a line, unless it is already there.
    mutating func load(
        _ line: MessageLine, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        if let id = line.id { return try load(line, id: id, transaction) }
        if let place = line.place { return try load(line, place: place, transaction) }
        return .added(try add(line.new, createdAt: line.createdAt, transaction).id.rawValue)
    }

    /// Tells readers of lists about rows that did not go to the end. Called once, at the end.
    func finish(_ transaction: borrowing Transaction) throws {
        if ids.isOutOfOrder { try transaction.run(Messages.Queries.noteChange) }
    }

    private mutating func load(
        _ line: MessageLine, id: ID<Message>, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        if id.rawValue <= ids.last, try transaction.one(Messages.Queries.isPurged, id.rawValue) {
            return .conflict("post \(id.rawValue) was removed for good")
        }
        if id.rawValue <= ids.last,
            let held = try transaction.first(Messages.Queries.byID, id.rawValue)
        {
            return line.says(held.message)
                ? .unchanged(id.rawValue)
                : .conflict("post \(id.rawValue) is there with another content")
        }
        try add(line.new, id: id, createdAt: line.createdAt, transaction)
        return .added(id.rawValue)
    }

    private mutating func load(
        _ line: MessageLine, place: Int64, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        let checksum = PlaceChecksum.of(line.new)
        let last = try lastPlace ?? transaction.one(Messages.Queries.lastPlace)
        lastPlace = max(last, place)
        if place <= last,
            let held = try transaction.first(Messages.Queries.atPlace, place, checksum)
        {
            return .unchanged(held)
        }
        let id = try add(line.new, createdAt: line.createdAt, transaction).id.rawValue
        try transaction.run(Messages.Queries.insertPlace, place, checksum, id)
        return .added(id)
    }

    private mutating func nextNumber(
        _ thread: Int64, _ transaction: borrowing Transaction
    ) throws -> Int64 {
        let last =
            try lastNumbers[thread] ?? transaction.one(Messages.Queries.lastNumber, thread)
        lastNumbers[thread] = last + 1
        return last + 1
    }
}

extension MessageLine {
    /// Whether `message` is what this line would have become.
    fileprivate func says(_ message: Message) -> Bool {
        message.thread == new.thread && message.user == new.user && message.text == new.text
            && (createdAt == nil || createdAt == message.createdAt)
    }
}
