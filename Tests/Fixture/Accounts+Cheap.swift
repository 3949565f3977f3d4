import Identity
package import Routing
import SQLite
package import UsersService

extension Accounts {
    /// The setup token of every fixture: whoever first registers with it as invite is an admin.
    package static let setupOfTests = "the-setup-token-of-the-tests"

    /// Accounts whose passwords cost as little as the algorithm allows: what a guess costs is
    /// Identity's to test. The signing keys are files of `folder`, made with the time of `clock`.
    package static func cheap(
        keysIn folder: TemporaryFolder, registration: Registration = .open,
        quotas: RateQuotas = .off, clock: @Sendable () -> Int64 = StoreSettings.systemClock
    ) throws -> Accounts {
        let parameters = ScryptParameters(logN: 1, blockSize: 1, parallelism: 1)!
        return Accounts(
            issuer: try TokenIssuer(KeyRingFolder(folder.path), nowSeconds: clock() / 1000),
            passwords: PasswordPool(parameters: parameters, workers: 2),
            secret: Secret("for-the-seals-of-the-tests")!, registration: registration,
            setup: Secret(setupOfTests), quotas: quotas)
    }
}
