import Bytes
import HTTP
package import Identity
import Records
package import Routing
import SQLite

/// What the service needs to let people in.
package struct Accounts: Sendable {
    /// Who may register.
    package enum Registration: Sendable {
        case open
        /// Nobody but the first admin, who has the setup token.
        case closed
    }

    let issuer: TokenIssuer
    let passwords: PasswordPool
    let registration: Registration
    let setup: Secret?
    let seal: AnswerSeal
    private let limiter: RateLimiter

    /// `secret` keeps answers with tokens from whoever reads the file of the store. `setup` makes
    /// an admin of the one who first registers with it as `invite`; nil: there is no such way.
    package init(
        issuer: TokenIssuer, passwords: PasswordPool, secret: Secret,
        registration: Registration = .open, setup: Secret? = nil,
        quotas: RateQuotas = .usual
    ) {
        self.issuer = issuer
        self.passwords = passwords
        self.registration = registration
        self.setup = setup
        seal = AnswerSeal(under: secret)
        limiter = RateLimiter(quotas)
    }

    /// Counts an attempt to get into the account called `username`, from wherever it comes; throws
    /// 429 beyond the quota. Names that nobody has are counted the same.
    func countAttempt(_ username: String, at now: Int64) throws(APIError) {
        let name = String(decoding: username.utf8.prefix(64).map(ASCII.lowercased), as: UTF8.self)
        try limiter.take(.login, for: .name(name), nowMilliseconds: now)?.require()
    }

    /// A password that somebody chooses; throws `validation` for `/password`.
    static func chosen(_ text: String, as member: String) throws(APIError) -> Password {
        do throws(PasswordFault) {
            return try Password(choosing: text)
        } catch {
            throw .validation(member, error.code, error.description)
        }
    }

    /// Whether `text` is the password of `credential`; takes as long for nobody's.
    func check(_ text: String, against credential: Credential?) async throws -> PasswordVerdict {
        let hash = credential.flatMap { PasswordHash(parsing: $0.hash) }
        if let password = Password(entered: text) {
            return try await passwords.check(password, against: hash)
        }
        guard let nobody = Password(entered: "") else { return .wrong }
        _ = try await passwords.check(nobody, against: nil)
        return .wrong
    }
}

extension AnswerSeal {
    /// Seals under `secret`; what makes requests the same is keyed with it, too, because a plain
    /// digest of a request with a password would be a quick way to guess it.
    init(under secret: Secret) {
        let purpose = ByteString("kept answers")
        self.init(
            seal: { try Sealed($0, under: secret, for: purpose).bytes },
            open: { bytes in
                // That it cannot be opened is all there is to say: the keys are others now.
                try? Sealed(stored: bytes)?.opened(with: secret, for: purpose)
            },
            mark: { digest in
                try KeyDerivation.derive(
                    Digest.sha256Bytes, from: ByteString(secret.text), salt: digest,
                    info: ByteString("forum request mark 1"))
            })
    }
}

/// Too many want in at once, or the process is ending.
extension PasswordPoolFault: APIErrorConvertible {
    package var apiError: APIError {
        switch self {
        case .overloaded: APIError(.overloaded, "too many sign in at once; try again")
        case .closed: APIError(.serviceUnavailable, "this instance is stopping; try again")
        }
    }
}
