import Bytes
package import HTTP
import Routing
package import SQLite

/// What guests were answered, true as long as nothing is committed to the store.
///
/// The front page is asked for again and again between two writes; all of them get the same bytes,
/// so they are made once. Each connection has its own, and no lock.
final class AnswerMemory: StoreMemory {
    /// A class, so that a place takes one word and giving an answer counts one reference.
    private final class Kept {
        let target: ByteString
        let answer: Response
        let etag: ETag
        /// When something in it ends by itself: milliseconds since 1970; nil for never.
        let endsAt: Int64?

        init(target: ByteString, answer: Response, etag: ETag, endsAt: Int64?) {
            self.target = target
            self.answer = answer
            self.etag = etag
            self.endsAt = endsAt
        }
    }

    /// All answers together, 64 MiB: fifty thousand threads, beside one loop. Once it is full, what
    /// is there stays until the next commit: what is asked for most was asked for early, and a
    /// crowd that asks for everything once is not worth the work of keeping.
    private static let bytesMax = 64 << 20
    /// What an answer takes beside its body: object, places, target, fields and tag, rounded up.
    /// Without it, answers of a few bytes would be kept by the million.
    private static let bytesBesideBody = 768
    /// Longer targets are nobody's front page.
    static let targetBytesMax = 256
    /// The table begins so small because each commit empties it.
    private static let placesAtFirst = 256

    /// With the hash of the target, so that another one's is not fetched from afar.
    private struct Place {
        let hash: UInt64
        let kept: Kept
    }

    /// As many places as a power of two. Whoever comes to a place replaces what was there.
    private var places: [Place?] = []
    private var count = 0
    private var bytes = 0

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) { forget() }

    /// The answer to this request, if it was made before; 304 where the client holds it.
    func answer(to request: borrowing Request, at clock: () -> Int64) -> Response? {
        if places.isEmpty { return nil }
        let target = unsafe request.head.storage.bytes(request.head.target)
        let hash = unsafe ByteHash.of(target)
        guard let place = places[index(hash)], place.hash == hash else { return nil }
        let kept = place.kept
        guard kept.endsAt.map({ clock() < $0 }) ?? true,
            unsafe kept.target.withBytes({ unsafe $0.elementsEqual(target) })
        else { return nil }
        return request.isHeld(kept.etag) ? .notModified(kept.etag) : kept.answer
    }

    /// Keeps a whole answer that has a tag, while there is room.
    func keep(_ answer: Response, to request: borrowing Request, endsAt: Int64?) {
        guard answer.status == .ok, case .bytes(let body) = answer.body,
            let tag = answer.fields[.etag]
        else { return }
        let cost = body.count + AnswerMemory.bytesBesideBody
        if bytes + cost > AnswerMemory.bytesMax { return }
        if 2 * count >= places.count { grow() }
        let target = unsafe ByteString(copying: request.head.storage.bytes(request.head.target))
        bytes += cost
        count += 1
        var answer = answer
        // The writer's room for more is not kept with it.
        answer.body = .bytes(unsafe body.withBytes { unsafe ByteString(copying: $0) })
        let kept = Kept(target: target, answer: answer, etag: ETag(sent: tag), endsAt: endsAt)
        let hash = unsafe target.withBytes { unsafe ByteHash.of($0) }
        places[index(hash)] = Place(hash: hash, kept: kept)
    }

    private func grow() {
        let before = places
        let wanted = max(AnswerMemory.placesAtFirst, 2 * before.count)
        places = Array(repeating: nil, count: wanted)
        for place in before { if let place { places[index(place.hash)] = place } }
    }

    private func forget() {
        if places.isEmpty { return }
        places = []
        (count, bytes) = (0, 0)
    }

    private func index(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (places.count - 1)
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
