import Host
import Records
import TopicsService

@main struct TopicsMain {
    static func main() async {
        await Host.run("topics", port: 8102) { host in
            let store = try host.store("topics", Topics.schema)
            host.authenticator = host.authenticator(knowing: CardDirectory(store))
            return [Topics(store: store, access: host.access)]
        }
    }
}
