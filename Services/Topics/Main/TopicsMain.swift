import Host
import Records
import TopicsService

@main struct TopicsMain {
    static func main() async {
        await Host.run("topics", port: 8102) { host in
            let topics = try Topics(in: host, users: host.feed(of: "users"))
            host.authenticator = host.authenticator(knowing: CardDirectory(topics.store))
            return [topics]
        }
    }
}
