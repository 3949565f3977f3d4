import Host
import MessagesService
import Records

@main struct MessagesMain {
    static func main() async {
        await Host.run("messages", port: 8103) { host in
            let access = WriteAccess(isOpen: host.openWrites, admin: host.admin)
            return [Messages(store: try host.store("messages", Messages.schema), access: access)]
        }
    }
}
