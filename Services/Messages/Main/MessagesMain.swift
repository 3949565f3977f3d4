import Host
import MessagesService
import Records

@main struct MessagesMain {
    static func main() async {
        await Host.run("messages", port: 8103) { host in
            let messages = try Messages(
                in: host, users: host.feed(of: "users"), threads: host.feed(of: "threads"))
            host.authenticator = host.authenticator(knowing: CardDirectory(messages.store))
            return [messages]
        }
    }
}
