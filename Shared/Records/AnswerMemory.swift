import Bytes
package import HTTP
import Routing
package import SQLite

/// What guests were answered, true as long as nothing is committed to the store.
///
/// The front page is asked for again and again between two writes; all of them get the same bytes,
/// so they are made once. Each connection has its own, and no lock.
final class AnswerMemory: StoreMemory {
    private struct Kept {
        let target: ByteString
        let answer: Response
        let etag: ETag
        /// When something in it ends by itself: milliseconds since 1970; nil for never.
        let endsAt: Int64?
    }

    /// All answers together, 64 MiB: thirty thousand threads, beside one loop. Beyond, everything
    /// is forgotten: a crowd that asks for everything leaves nothing worth keeping.
    private static let bytesMax = 64 << 20
    /// What an answer takes beside its body: two places, target, fields and tag, rounded up.
    /// Without it, answers of a few bytes would be kept by the million.
    private static let bytesBesideBody = 1_024
    /// Longer targets are nobody's front page.
    static let targetBytesMax = 256
    /// The table begins so small because each commit empties it.
    private static let placesAtFirst = 256

    /// As many places as a power of two. Whoever comes to a place replaces what was there.
    private var answers: [Kept?] = []
    private var count = 0
    private var bytes = 0

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) { forget() }

    /// The answer to this request, if it was made before; 304 where the client holds it.
    func answer(to request: borrowing Request, at clock: () -> Int64) -> Response? {
        if answers.isEmpty { return nil }
        let target = unsafe request.head.storage.bytes(request.head.target)
        guard let kept = answers[unsafe AnswerMemory.place(target, of: answers.count)],
            kept.endsAt.map({ clock() < $0 }) ?? true,
            unsafe kept.target.withBytes({ unsafe $0.elementsEqual(target) })
        else { return nil }
        return request.isHeld(kept.etag) ? .notModified(kept.etag) : kept.answer
    }

    /// Keeps a whole answer that has a tag.
    func keep(_ answer: Response, to request: borrowing Request, endsAt: Int64?) {
        guard answer.status == .ok, case .bytes(let body) = answer.body,
            let tag = answer.fields[.etag]
        else { return }
        let cost = body.count + AnswerMemory.bytesBesideBody
        if bytes + cost > AnswerMemory.bytesMax { forget() }
        if 2 * count >= answers.count { grow() }
        let target = unsafe ByteString(copying: request.head.storage.bytes(request.head.target))
        bytes += cost
        count += 1
        put(Kept(target: target, answer: answer, etag: ETag(sent: tag), endsAt: endsAt))
    }

    private func put(_ kept: Kept) {
        let place = unsafe kept.target.withBytes {
            unsafe AnswerMemory.place($0, of: answers.count)
        }
        answers[place] = kept
    }

    private func grow() {
        let before = answers
        let places = max(AnswerMemory.placesAtFirst, 2 * before.count)
        answers = Array(repeating: nil, count: places)
        for kept in before { if let kept { put(kept) } }
    }

    private func forget() {
        if answers.isEmpty { return }
        answers = []
        (count, bytes) = (0, 0)
    }

    private static func place(_ target: UnsafeRawBufferPointer, of places: Int) -> Int {
        let hash = unsafe ByteHash.of(target)
        return Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (places - 1)
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
        try snapshot { connection in
            let answer = try make(connection)
            guard request.isForGuests, let memory = try connection.memory(AnswerMemory.self) else {
                return answer
            }
            memory.keep(answer, to: request, endsAt: try endsAt?(connection))
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
