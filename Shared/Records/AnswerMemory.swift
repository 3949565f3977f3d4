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

    /// A power of two. Whoever comes to a place replaces what was there.
    private static let places = 1 << 13
    /// All bodies together; beyond, everything is forgotten: a crowd that asks for everything
    /// leaves nothing worth keeping.
    private static let bytesMax = 16 << 20
    /// Longer targets are nobody's front page.
    static let targetBytesMax = 256

    private var answers: [Kept?] = []
    private var bytes = 0

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) { forget() }

    /// The answer to this request, if it was made before; 304 where the client holds it.
    func answer(to request: borrowing Request, at now: Int64) -> Response? {
        if answers.isEmpty { return nil }
        guard let kept = answers[place(request)], kept.endsAt.map({ now < $0 }) ?? true,
            unsafe kept.target.withBytes({ bytes in
                unsafe bytes.elementsEqual(request.head.storage.bytes(request.head.target))
            })
        else { return nil }
        return request.isHeld(kept.etag) ? .notModified(kept.etag) : kept.answer
    }

    /// Keeps a whole answer that has a tag.
    func keep(_ answer: Response, to request: borrowing Request, endsAt: Int64?) {
        guard answer.status == .ok, case .bytes(let body) = answer.body,
            let tag = answer.fields[.etag]
        else { return }
        if bytes + body.count > AnswerMemory.bytesMax { forget() }
        if answers.isEmpty { answers = Array(repeating: nil, count: AnswerMemory.places) }
        let target = unsafe ByteString(copying: request.head.storage.bytes(request.head.target))
        bytes += body.count
        answers[place(request)] = Kept(
            target: target, answer: answer, etag: ETag(sent: tag), endsAt: endsAt)
    }

    private func forget() {
        if bytes == 0 { return }
        answers = []
        bytes = 0
    }

    private func place(_ request: borrowing Request) -> Int {
        let hash = unsafe request.head.storage.bytes(request.head.target).reduce(UInt64(5381)) {
            ($0 &* 33) ^ UInt64($1)
        }
        return Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (AnswerMemory.places - 1)
    }
}

extension Store {
    /// An answer that is the same for all guests until the store changes: made by `make` in one
    /// state of it, or made before. Callers get their own.
    ///
    /// `endsAt` says when something shown ends by itself, after `now`: milliseconds since 1970.
    package func answer(
        _ request: borrowing Request, at now: Int64 = 0,
        endsAt: ((borrowing Connection) throws -> Int64?)? = nil,
        _ make: (borrowing Connection) throws -> Response
    ) throws -> Response {
        try snapshot { connection in
            guard request.isForGuests, let memory = try connection.memory(AnswerMemory.self) else {
                return try make(connection)
            }
            if let kept = memory.answer(to: request, at: now) { return kept }
            let answer = try make(connection)
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
