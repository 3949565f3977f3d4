import Host
import Records
import UsersService

@main struct UsersMain {
    static func main() async {
        await Host.run("users", port: 8101) { host in
            let accounts = try Accounts(
                keysIn: "\(host.settings.dataFolder)/keys", secret: host.secret("users.secret"),
                registration: host.settings.isRegistrationOpen ? .open : .closed,
                setup: host.secret("setup.secret"), limitsAttempts: host.settings.rateLimits)
            let users = Users(
                store: try host.store("users", Users.schema), access: host.access,
                accounts: accounts)
            host.authenticator = users.authenticator
            host.every(seconds: 60, "the upkeep of accounts") {
                try await users.upkeep(nowSeconds: $0)
            }
            let audit = ActivityAudit(users)
            host.every(seconds: 10, "the audit of counts") { _ in try await audit.step() }
            host.count("projection_drift_total", "Users whose counts were wrong.") {
                audit.drifted
            }
            if let notice = try users.setupNotice() { host.tell(notice) }
            return [users]
        }
    }
}
