import Host
import MessagesService
import Records
import TopicsService
import UsersService

@main struct MonolithMain {
    static func main() async {
        await Host.run("monolith", port: 8090) { host in
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
            if let notice = try users.setupNotice() { host.tell(notice) }
            let topics = Topics(
                store: try host.store("topics", Topics.schema), access: host.access)
            let (audit, activity) = (DriftAudit(topics), ActivityAudit(users))
            host.every(seconds: 10, "the audit of topics") { _ in try await audit.step() }
            host.every(seconds: 10, "the audit of users") { _ in try await activity.step() }
            host.every(seconds: 1, "the upkeep of threads") { _ in try await topics.upkeep() }
            host.count("projection_drift_total", "Topics and users whose counts were wrong.") {
                audit.drifted + activity.drifted
            }
            let messages = Messages(
                store: try host.store("messages", Messages.schema), access: host.access,
                users: users.feed, probe: Messages.probe(topics.feed))
            host.every(seconds: 2, "the chores of posts") { _ in
                while try await messages.continueChores() {}
            }
            return [users, topics, messages]
        }
    }
}
