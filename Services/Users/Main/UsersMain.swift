import Host
import Records
import UsersService

@main struct UsersMain {
    static func main() async {
        await Host.run("users", port: 8101) { host in
            let access = WriteAccess(isOpen: host.openWrites, admin: host.admin)
            return [Users(store: try host.store("users", Users.schema), access: access)]
        }
    }
}
