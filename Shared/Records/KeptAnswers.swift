import HTTP
import Routing
package import SQLite

/// The table of answers that are kept with the keys of their requests, in the store whose changes
/// they tell of.
package enum KeptAnswers {
    /// What a service adds to its migrations: `Migration(2, "kept answers", KeptAnswers.schema)`.
    package static let schema = Array(
        """
        -- Answers to keyed requests, kept for a day: whoever repeats one gets the same again.
        -- claim is who is at it now, answer what came of it: one of them is NULL.
        CREATE TABLE kept_answers (
            id          INTEGER PRIMARY KEY,
            subject     TEXT    NOT NULL,
            key         TEXT    NOT NULL,
            fingerprint BLOB    NOT NULL,
            at          INTEGER NOT NULL,
            claim       INTEGER,
            answer      BLOB,
            CHECK ((claim IS NULL) <> (answer IS NULL))
        ) STRICT;

        CREATE UNIQUE INDEX kept_answers_by_key ON kept_answers (subject, key);
        """.utf8)

    /// How long an answer is kept: who has not repeated a request for a day has given up.
    package static let lifetimeMilliseconds: Int64 = 24 * 60 * 60 * 1000
    /// How long a claim holds: the longest work before a write, a hash behind a full queue of them,
    /// takes seconds. Later its process has died.
    package static let claimMilliseconds: Int64 = 30_000

    /// Forgets what was answered to a user, names and texts included: for the deletion of accounts.
    package static func forget(
        user: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Queries.forget, KeyedRequest.subject(ofUser: user))
    }

    /// The answer that is kept for `request`; nil if it is new. Throws `idempotency-reuse` if the
    /// key belongs to another request, `idempotency-in-flight` if somebody is still at it.
    static func find(
        _ request: KeyedRequest, _ transaction: borrowing Transaction
    ) throws -> [UInt8]? {
        guard let row = try transaction.first(Queries.find, request.subject, request.key) else {
            return nil
        }
        let age = transaction.now - row.at
        let isOver = age >= (row.answer == nil ? claimMilliseconds : lifetimeMilliseconds)
        if isOver {
            try transaction.run(Queries.remove, row.id)
            return nil
        }
        guard row.fingerprint == request.fingerprint else {
            throw APIError(
                .idempotencyReuse, "this key came with another request before; use a new one")
        }
        guard let answer = row.answer else { throw stillRunning }
        return answer
    }

    /// Keeps the answer to a request that is new, and forgets some that are old.
    static func keep(
        _ answer: [UInt8], _ request: KeyedRequest, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Queries.insert, request.subject, request.key, request.fingerprint, transaction.now,
            nil, answer)
        try removeOld(transaction)
    }

    /// Notes that somebody is at `request`, which is new. The number says who.
    static func claim(
        _ request: KeyedRequest, _ claim: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Queries.insert, request.subject, request.key, request.fingerprint, transaction.now,
            claim, nil)
        try removeOld(transaction)
    }

    /// Keeps the answer in place of a claim; throws if the claim was too old and another has it.
    static func keep(
        _ answer: [UInt8], inPlaceOf claim: Int64, _ request: KeyedRequest,
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Queries.settle, request.subject, request.key, claim, answer, transaction.now)
        if transaction.changes != 1 { throw stillRunning }
    }

    /// Keeps another answer in place of the one that is kept; does nothing where none is.
    static func amend(
        _ answer: [UInt8], _ request: KeyedRequest, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Queries.amend, request.subject, request.key, request.fingerprint, answer)
    }

    /// Takes a claim back: nothing came of it.
    static func release(
        _ claim: Int64, _ request: KeyedRequest, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Queries.release, request.subject, request.key, claim)
    }

    private static func removeOld(_ transaction: borrowing Transaction) throws {
        try transaction.run(Queries.removeOld, transaction.now - lifetimeMilliseconds)
    }

    private static var stillRunning: APIError {
        APIError(.idempotencyInFlight, "the same request is still being worked on; try again")
    }
}

extension KeptAnswers {
    /// What the table says of a request.
    struct Entry: Sendable {
        let id: Int64
        let fingerprint: [UInt8]
        let at: Int64
        let answer: [UInt8]?
    }

    private enum Queries {
        static let find = Query<(String, String), Entry>(
            "SELECT id, fingerprint, at, answer FROM kept_answers WHERE subject = ?1 AND key = ?2"
        ) {
            Entry(
                id: $0.int64(0), fingerprint: $0.bytes(1), at: $0.int64(2),
                answer: $0.optionalBytes(3))
        }
        /// subject, key, fingerprint, at, claim, answer
        static let insert = Query<(String, String, [UInt8], Int64, Int64?, [UInt8]?), Void>(
            """
            INSERT INTO kept_answers (subject, key, fingerprint, at, claim, answer)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """)
        static let settle = Query<(String, String, Int64, [UInt8], Int64), Void>(
            """
            UPDATE kept_answers SET claim = NULL, answer = ?4, at = ?5
            WHERE subject = ?1 AND key = ?2 AND claim = ?3
            """)
        static let amend = Query<(String, String, [UInt8], [UInt8]), Void>(
            """
            UPDATE kept_answers SET answer = ?4
            WHERE subject = ?1 AND key = ?2 AND fingerprint = ?3 AND claim IS NULL
            """)
        static let release = Query<(String, String, Int64), Void>(
            "DELETE FROM kept_answers WHERE subject = ?1 AND key = ?2 AND claim = ?3")
        static let remove = Query<Int64, Void>("DELETE FROM kept_answers WHERE id = ?1")
        static let forget = Query<String, Void>("DELETE FROM kept_answers WHERE subject = ?1")
        /// Looks at the eight oldest: one comes and up to eight go, so the table shrinks to a day
        /// and no write pays for a full sweep.
        static let removeOld = Query<Int64, Void>(
            """
            DELETE FROM kept_answers WHERE id IN (
                SELECT id FROM (SELECT id, at FROM kept_answers ORDER BY id LIMIT 8)
                WHERE at <= ?1)
            """)
    }
}
