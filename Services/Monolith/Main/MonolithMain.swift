import Host
import MessagesService
import Records
import TopicsService
import UsersService

@main struct MonolithMain {
    static func main() async {
        await Host.run("monolith", port: 8090) { host in
            let access = WriteAccess(isOpen: host.openWrites, admin: host.admin)
            let users = Users(store: try host.store("users", Users.schema), access: access)
            let topics = Topics(store: try host.store("topics", Topics.schema), access: access)
            let messages = Messages(
                store: try host.store("messages", Messages.schema), access: access)
            return [users, topics, messages]
        }
    }
}
