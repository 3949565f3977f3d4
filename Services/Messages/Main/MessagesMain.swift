import Host
import MessagesService
import Records

@main struct MessagesMain {
    static func main() async {
        await Host.run("messages", port: 8103) { host in
            let store = try host.store("messages", Messages.schema)
            host.authenticator = host.authenticator(knowing: CardDirectory(store))
            let messages = Messages(
                store: store, access: host.access, users: try host.feed(of: "users"),
                probe: Messages.probe(try host.feed(of: "threads")))
            host.every(seconds: 2, "the chores of posts") { _ in
                while try await messages.continueChores() {}
            }
            return [messages]
        }
    }
}
