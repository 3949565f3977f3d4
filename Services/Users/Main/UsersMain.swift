import Host
import UsersService

@main struct UsersMain {
    static func main() async {
        await Host.run("users", port: 8101) { host in
            let users = try Users(in: host)
            host.authenticator = users.authenticator
            return [users]
        }
    }
}
