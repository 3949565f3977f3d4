import CLinux
import Glibc
import Reactor
import Synchronization

/// A target that does on each of its connections what a test tells it, in bare bytes.
final class ScriptedTarget: Sendable {
    /// Answers every request on a connection until it ends.
    typealias Script = @Sendable (_ connection: RawConnection, _ number: Int) -> Void

    let address: SocketAddress
    private let descriptor: Int32
    private let seen = Mutex<(connections: Int, requests: [Message])>((0, []))

    /// Runs `script` for each connection, on a thread of its own; connections are numbered from 0.
    init(_ script: @escaping Script) throws {
        let socket = try Socket.listen(on: .loopback(0))
        address = try socket.localAddress()
        descriptor = socket.release()
        let descriptor = descriptor
        onThread { [weak self] in
            ScriptedTarget.accept(descriptor) { connection in
                guard
                    let number = self?.seen.withLock({
                        $0.connections += 1; return $0.connections
                    })
                else { return }
                let held = Held(RawConnection(descriptor: connection))
                onThread { script(held.connection, number - 1) }
            }
            // Only now may the number be given to another socket.
            close(descriptor)
        }
    }

    /// Answers each request by what `answer` makes of it.
    static func answering(
        _ answer: @escaping @Sendable (Message) -> String
    ) throws -> ScriptedTarget {
        let target = Box()
        let made = try ScriptedTarget { connection, _ in
            while let request = connection.message() {
                target.value.withLock { $0 }?.note(request)
                connection.send(answer(request))
            }
        }
        target.value.withLock { $0 = made }
        return made
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var connections: Int { seen.withLock { $0.connections } }
    var requests: [Message] { seen.withLock { $0.requests } }

    func note(_ request: Message) { seen.withLock { $0.requests.append(request) } }

    private static func accept(_ listener: Int32, _ take: (Int32) -> Void) {
        while true {
            var one = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&one, 1, -1) >= 0, one.revents & Int16(POLLIN) != 0 else { return }
            let accepted = Glibc.accept(listener, nil, nil)
            if accepted >= 0 {
                // A program started by another test must not keep it open.
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                take(accepted)
            } else if errno != EAGAIN {
                return
            }
        }
    }

    /// Filled once the target exists; the script may run before that.
    private final class Box: Sendable { let value = Mutex<ScriptedTarget?>(nil) }

    /// Handed to the one thread that uses it.
    private final class Held: @unchecked Sendable {
        let connection: RawConnection
        init(_ connection: RawConnection) { self.connection = connection }
    }
}

/// A whole answer with a body of known length.
func answer(_ body: String, status: String = "200 OK", fields: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

/// A port that refuses connections: bound for as long as this process lives, so that nobody else
/// gets it, and never listened on.
func deadPort() throws -> SocketAddress {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var raw = sockaddr_in()
    raw.sin_family = sa_family_t(AF_INET)
    raw.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &raw) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    guard bound == 0 else { throw SystemError.last("bind") }
    return try Socket(descriptor: descriptor).keptOpen()
}

extension Socket {
    /// The address of a socket that is never closed.
    fileprivate consuming func keptOpen() throws -> SocketAddress {
        let address = try localAddress()
        _ = release()
        return address
    }
}
