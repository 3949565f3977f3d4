import Host
import Records
import TopicsService

@main struct TopicsMain {
    static func main() async {
        await Host.run("topics", port: 8102) { host in
            let access = WriteAccess(isOpen: host.openWrites, admin: host.admin)
            return [Topics(store: try host.store("topics", Topics.schema), access: access)]
        }
    }
}
