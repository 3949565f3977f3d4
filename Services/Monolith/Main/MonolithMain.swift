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
            host.every(seconds: 60, "the upkeep of the signing keys") { try accounts.upkeep() }
            if let notice = try users.setupNotice() { host.tell(notice) }
            let topics = Topics(
                store: try host.store("topics", Topics.schema), access: host.access)
            let messages = Messages(
                store: try host.store("messages", Messages.schema), access: host.access,
                probe: Messages.probe(topics.feed))
            return [users, topics, messages]
        }
    }
}
