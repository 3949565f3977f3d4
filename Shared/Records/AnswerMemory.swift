import Bytes
package import HTTP
import Routing
package import SQLite

/// What guests were answered, true as long as nothing is committed to the store.
///
/// The front page is asked for again and again between two writes; all of them get the same bytes,
/// so they are made once. Each connection has its own, and no lock. All answers of a state lie one
/// behind the other in an arena: a commit forgets a hundred thousand of them at once, and whoever
/// asks for one touches little memory beside it.
final class AnswerMemory: StoreMemory {
    /// Longer targets are nobody's front page.
    static let targetBytesMax = 256
    /// The table begins so small because each commit empties it.
    private static let placesAtFirst = 256
    /// How many heads are looked through for one that is the same: nearly all answers of a service
    /// have one of a few.
    private static let headsCompared = 8
    /// Answers with a head of their own, such as the links of a page, beside which they are few.
    private static let headsMax = 4_096

    /// Where an answer lies; the rest of the hash tells it from another one's without a look.
    private struct Place {
        static let empty = Place(tag: 0, offset: .max)

        let tag: UInt32
        /// In the arena, in units of its alignment.
        let offset: UInt32
    }

    private let arena = AnswerArena()
    /// As many places as a power of two, half of them empty at least. Whoever finds a place taken
    /// goes to the next.
    private var places: [Place] = []
    private var count = 0
    /// Fields with an empty tag, those that many answers have in common first.
    private var heads: [Fields] = []

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) {
        if places.isEmpty { return }
        places = []
        heads = []
        count = 0
        arena.clear()
    }

    /// The answer to this request, if it was made before; 304 where the client holds it.
    func answer(to request: borrowing Request, at clock: () -> Int64) -> Response? {
        if places.isEmpty { return nil }
        let target = unsafe request.head.storage.bytes(request.head.target)
        let hash = unsafe ByteHash.of(target)
        let place = places[unsafe index(of: target, hash)]
        if place.offset == .max { return nil }
        let entry = arena.entry(at: place.offset)
        if entry.endsAt != .max && clock() >= entry.endsAt { return nil }
        let etag = unsafe ETag(sent: String(decoding: entry.etag, as: UTF8.self))
        if request.isHeld(etag) { return .notModified(etag) }
        var fields = heads[entry.head]
        fields.replace(.etag, by: etag.text)
        return unsafe Response(.ok, fields: fields, body: .bytes(ByteString(copying: entry.body)))
    }

    /// Keeps a whole answer that has a tag, while there is room. Once that is full, what is there
    /// stays until the next commit: what is asked for most was asked for early, and a crowd that
    /// asks for everything once is not worth the work of keeping.
    func keep(_ answer: Response, to request: borrowing Request, endsAt: Int64?) {
        guard answer.status == .ok, case .bytes(let body) = answer.body,
            let etag = answer.fields[.etag], let head = head(answer.fields)
        else { return }
        let target = unsafe request.head.storage.bytes(request.head.target)
        let offset = unsafe body.withBytes { body in
            unsafe arena.append(target, etag, body, head: head, endsAt: endsAt ?? .max)
        }
        guard let offset else { return }
        count += 1
        if 2 * count >= places.count { grow() }
        unsafe put(target, at: offset)
    }

    /// The number of the fields without their tag; nil if there are too many others.
    private func head(_ fields: Fields) -> Int? {
        var head = fields
        head.replace(.etag, by: "")
        if let known = heads.prefix(AnswerMemory.headsCompared).firstIndex(of: head) {
            return known
        }
        guard heads.count < AnswerMemory.headsMax else { return nil }
        heads.append(head)
        return heads.count - 1
    }

    /// Where the answer to `target` is noted, or will be.
    private func index(of target: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        var index = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (places.count - 1)
        while places[index].offset != .max {
            if places[index].tag == tag {
                let entry = arena.entry(at: places[index].offset)
                if unsafe entry.target.elementsEqual(target) { break }
            }
            index = (index + 1) & (places.count - 1)
        }
        return index
    }

    private func put(_ target: UnsafeRawBufferPointer, at offset: UInt32) {
        let hash = unsafe ByteHash.of(target)
        places[unsafe index(of: target, hash)] = Place(
            tag: UInt32(truncatingIfNeeded: hash >> 32), offset: offset)
    }

    private func grow() {
        let before = places
        let wanted = max(AnswerMemory.placesAtFirst, 2 * before.count)
        places = Array(repeating: .empty, count: wanted)
        for place in before where place.offset != .max {
            unsafe put(arena.entry(at: place.offset).target, at: place.offset)
        }
    }
}

extension Store {
    /// `handler`, asked only where a guest asks for what was not answered before in this state of
    /// the store. `clock` is the handler's own: milliseconds since 1970.
    package func kept(
        at clock: @escaping @Sendable () -> Int64 = StoreSettings.systemClock,
        _ handler: @escaping @Sendable (borrowing Request) throws -> Response
    ) -> @Sendable (borrowing Request) throws -> Response {
        { request in
            guard request.isForGuests else { return try handler(request) }
            let kept = try self.read { connection in
                try connection.memory(AnswerMemory.self)?.answer(to: request, at: clock)
            }
            return try kept ?? handler(request)
        }
    }

    /// Makes an answer in one state of the store, for a handler in `kept`, which gives it to all
    /// guests until that changes. `endsAt` says when something shown ends by itself: milliseconds
    /// since 1970, nil for never.
    package func answer(
        _ request: borrowing Request, endsAt: ((borrowing Connection) throws -> Int64?)? = nil,
        _ make: (borrowing Connection) throws -> Response
    ) throws -> Response {
        try answerEnding(request) { (try make($0), try endsAt?($0)) }
    }

    /// The same where what was read for the answer says when something in it ends.
    package func answerEnding(
        _ request: borrowing Request,
        _ make: (borrowing Connection) throws -> (answer: Response, endsAt: Int64?)
    ) throws -> Response {
        try snapshot { connection in
            let (answer, endsAt) = try make(connection)
            if request.isForGuests, let memory = try connection.memory(AnswerMemory.self) {
                memory.keep(answer, to: request, endsAt: endsAt)
            }
            return answer
        }
    }
}

extension Request {
    /// Whether it asks for what anybody may have.
    fileprivate var isForGuests: Bool {
        caller == nil && !isOperator && head.target.count <= AnswerMemory.targetBytesMax
    }
}
