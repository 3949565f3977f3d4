package import Records

extension Users {
    /// The service as it runs in `host`, with its accounts, its upkeep and what the operator has to
    /// be told at the start.
    package init(in host: some ServiceHost) throws {
        let accounts = try Accounts(
            keysIn: host.folder("keys"), secret: host.secret("users.secret"),
            registration: host.isRegistrationOpen ? .open : .closed,
            setup: host.secret("setup.secret"), limitsAttempts: host.limitsRates,
            passwordCost: host.passwordCost)
        let users = Users(
            store: try host.store("users", Users.schema), accounts: accounts)
        host.every(seconds: 60, "the upkeep of accounts") {
            try await users.upkeep(nowSeconds: $0)
        }
        let audit = ActivityAudit(users)
        host.every(seconds: 10, "the audit of users' counts") { _ in try await audit.step() }
        host.count("projection_drift_total", "Rows whose counts were wrong.", of: "users") {
            audit.drifted
        }
        if let notice = try users.setupNotice() { host.tell(notice) }
        self = users
    }
}
