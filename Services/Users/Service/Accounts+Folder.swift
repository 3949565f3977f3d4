import Bytes
package import Identity
import Routing
import SQLite

extension Accounts {
    /// Accounts whose signing keys are in `folder`, made at the first start, and whose passwords
    /// cost `passwordCost` to guess. `secret` and `setup` as in the other initialiser.
    package init(
        keysIn folder: String, secret: Secret, registration: Registration, setup: Secret,
        limitsAttempts: Bool, passwordCost: ScryptParameters = .standard
    ) throws {
        self.init(
            issuer: try TokenIssuer(
                KeyRingFolder(folder), nowSeconds: StoreSettings.systemClock() / 1000),
            passwords: PasswordPool(parameters: passwordCost), secret: secret,
            registration: registration, setup: setup,
            quotas: limitsAttempts ? .usual : .off)
    }
}

extension Users {
    /// What the operator has to know: how to become the first admin. Nil once somebody has.
    package func setupNotice() throws -> String? {
        guard let setup = accounts.setup else { return nil }
        let digest = Digest.sha256(ByteString(setup.text)).array
        let isUsed = try store.read { try $0.first(Queries.isSetupUsed, digest) } != nil
        return isUsed
            ? nil
            : "nobody is an admin yet: the first to register with this invite is: \(setup.text)"
    }
}
