import Bytes
package import HTTP
package import Routing
package import SQLite

/// Writes that answer a request: the effect, the answer kept under the request's Idempotency-Key,
/// and the position the client may ask other services for, all in one commit.
///
///     func create(_ request: borrowing Request) async throws -> KeyedAnswer {
///         let new = try request.decode(NewTopic.self)
///         return try await keyed.write(request) { transaction in
///             let topic = try Topics.add(new, transaction)
///             return .created(topic, at: "/api/threads/\(topic.id.rawValue)", etag: topic.etag)
///         }
///     }
///
/// Who sends the same request again within a day gets the same answer, `Idempotency-Replayed:
/// true` beside it; another request under the same key is refused with 422. Errors are not kept:
/// nothing came of them. Requests without a key, and other methods than POST, are simply written.
package struct KeyedWrites: Sendable {
    /// Where the feed of this service stands, asked inside the transaction after its changes: the
    /// source as the wire calls it, and the number of the last event. Nil if it has no feed.
    package typealias Position =
        @Sendable (borrowing Transaction) throws -> (source: String, position: Int64)?

    private let store: Store
    private let position: Position?
    private let seal: AnswerSeal?

    /// `store` has the table of `KeptAnswers`.
    package init(_ store: Store, position: Position? = nil, seal: AnswerSeal? = nil) {
        self.store = store
        self.position = position
        self.seal = seal
    }

    /// The same for answers that are secret, such as tokens.
    package func sealed(by seal: AnswerSeal) -> KeyedWrites {
        KeyedWrites(store, position: position, seal: seal)
    }

    /// Carries out `body` once and answers with what it returned, whose body is not streamed.
    ///
    /// Requests that come at the same time are carried out one after the other: all but the first
    /// are repetitions.
    package func write(
        _ request: borrowing Request,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Response
    ) async throws -> KeyedAnswer {
        let keyed = try KeyedRequest(request)?.marked(by: seal)
        return KeyedAnswer(
            try await store.write { transaction in
                guard let keyed else { return try answer(body, transaction) }
                if let kept = try KeptAnswers.find(keyed, transaction) { return try replay(kept) }
                let response = try answer(body, transaction)
                try KeptAnswers.keep(bytes(response), keyed, transaction)
                return response
            })
    }

    /// The same for a write that needs work before it, such as a password's hash: `prepare` is run
    /// once for a key, and who repeats the request meanwhile gets 409 `idempotency-in-flight`.
    ///
    /// When `prepare` or `body` throws, the request may be sent again under the same key. When the
    /// process dies, it may after `KeptAnswers.claimMilliseconds`.
    package func write<Prepared: Sendable>(
        _ request: borrowing Request, after prepare: () async throws -> Prepared,
        _ body: @escaping @Sendable (borrowing Transaction, Prepared) throws -> Response
    ) async throws -> KeyedAnswer {
        guard let keyed = try KeyedRequest(request)?.marked(by: seal) else {
            let prepared = try await prepare()
            return KeyedAnswer(
                try await store.write { transaction in
                    try answer({ try body($0, prepared) }, transaction)
                })
        }
        let claim = Int64.random(in: .min ... .max)
        if let kept = try await claimed(keyed, claim) { return KeyedAnswer(kept) }
        do {
            let prepared = try await prepare()
            return KeyedAnswer(
                try await store.write { transaction in
                    let response = try answer({ try body($0, prepared) }, transaction)
                    try KeptAnswers.keep(
                        bytes(response), inPlaceOf: claim, keyed, transaction)
                    return response
                })
        } catch {
            // The claim ends by itself if it cannot be taken back now.
            try? await store.write { try KeptAnswers.release(claim, keyed, $0) }
            throw error
        }
    }

    /// Answers `request`, which has been written, with what `body` says now, and keeps that in
    /// place of what was said: for whoever waited for more than the write itself.
    package func amend(
        _ request: borrowing Request,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> Response
    ) async throws -> KeyedAnswer {
        let keyed = try KeyedRequest(request)?.marked(by: seal)
        return KeyedAnswer(
            try await store.write { transaction in
                let response = try answer(body, transaction)
                if let keyed { try KeptAnswers.amend(bytes(response), keyed, transaction) }
                return response
            })
    }

    /// Claims `request`, or gives the answer that is kept for it.
    private func claimed(_ request: KeyedRequest, _ claim: Int64) async throws -> Response? {
        try await store.write { transaction in
            if let kept = try KeptAnswers.find(request, transaction) { return try replay(kept) }
            try KeptAnswers.claim(request, claim, transaction)
            return nil
        }
    }

    /// What `body` answers, with the position of its changes.
    private func answer(
        _ body: (borrowing Transaction) throws -> Response, _ transaction: borrowing Transaction
    ) throws -> Response {
        var response = try body(transaction)
        if let (source, position) = try position?(transaction) {
            response.fields.append(.forumPosition, "\(source)=\(position)")
        }
        return response
    }

    private func bytes(_ response: Response) throws -> [UInt8] {
        let bytes = StoredAnswer(response).bytes
        return try seal.map { try $0.seal(bytes).array } ?? bytes.array
    }

    private func replay(_ kept: [UInt8]) throws -> Response {
        var bytes = ByteString(kept)
        if let seal {
            guard let opened = seal.open(bytes) else {
                throw APIError(
                    .conflict, "this was answered before and cannot be said again; use a new key")
            }
            bytes = opened
        }
        var response = try StoredAnswer(bytes: bytes).response()
        response.fields.append(.idempotencyReplayed, "true")
        return response
    }
}
