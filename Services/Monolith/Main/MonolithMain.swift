import Host
import MessagesService
import Reference
import TopicsService
import UsersService

@main struct MonolithMain {
    static func main() async {
        await Host.run("monolith", port: 8090) { host in
            let users = try Users(in: host)
            host.authenticator = users.authenticator
            let topics = try Topics(in: host, users: users.feed)
            let messages = try Messages(in: host, users: users.feed, threads: topics.feed)
            let reference = ReferenceRoutes(MergedDescription(of: [users, topics, messages]))
            return [users, topics, messages, reference]
        }
    }
}
