import Glibc
import Reactor

/// The ports that a stack listens on.
enum Ports {
    /// Why a stack cannot listen. One line: what, where, what to do.
    struct Taken: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// The entry's and the operator's address: free now, and different.
    static func choose(
        _ options: UpOptions
    ) throws(Taken) -> (entry: SocketAddress, admin: SocketAddress) {
        let entry = try take(options.address, options.port, "--port")
        if options.isMonolith { return (entry.address, entry.address) }
        let admin = options.adminPort ?? (options.port == 0 ? 0 : options.port + 1)
        if admin != 0, admin == options.port {
            throw Taken(description: "--port and --admin-port must differ")
        }
        // The entry is held until the other is found, so that a free one is not found twice.
        let operators = try take("127.0.0.1", admin, "--admin-port")
        return (entry.address, operators.address)
    }

    /// A port that is listened on for the time it takes to choose all of them.
    private struct Held: ~Copyable {
        let socket: Socket
        let address: SocketAddress
    }

    private static func take(
        _ host: String, _ port: Int, _ option: String
    ) throws(Taken) -> Held {
        guard let port = UInt16(exactly: port), let wanted = SocketAddress(host, port: port) else {
            throw Taken(description: "\(host):\(port) is no address: choose another \(option)")
        }
        do throws(SystemError) {
            try Socket.checkFree(wanted)
            let socket = try Socket.listen(on: wanted)
            let address = try socket.localAddress()
            return Held(socket: socket, address: address)
        } catch {
            throw Taken(description: reason(error, wanted, option))
        }
    }

    private static func reason(
        _ error: SystemError, _ wanted: SocketAddress, _ option: String
    ) -> String {
        let remedy = "choose another port with \(option) N (0: any free one)"
        if error.code == EADDRINUSE {
            return "port \(wanted.port) on \(wanted.host) is in use by another program: \(remedy)"
        }
        let reason = unsafe String(cString: strerror(error.code))
        return "cannot listen on \(wanted): \(reason): \(remedy)"
    }
}
