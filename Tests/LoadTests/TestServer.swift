import CLinux
import Glibc
import Synchronization

/// A small HTTP/1.1 server on a loopback port of the system's choice, one thread, any number of
/// connections.
final class TestServer: Sendable {
    struct Request: Sendable {
        let line: String
        let body: String
        /// How many requests came before on any connection.
        let index: Int
    }

    enum Answer: Sendable {
        /// Written piece by piece, each with a `send` of its own.
        case pieces([String])
        case piecesAndClose([String])
        case silence

        static func ok(_ body: String = "hello") -> Answer {
            .pieces(["HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"])
        }

        static func status(_ status: Int) -> Answer {
            .pieces(["HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n"])
        }
    }

    let port: UInt16
    private let listener: CInt
    private let stopper: CInt
    private let handler: @Sendable (Request) -> Answer
    private let received = Mutex<[Request]>([])
    private let thread = Mutex(pthread_t())

    init(_ handler: @escaping @Sendable (Request) -> Answer) {
        self.handler = handler
        listener = Self.listen()
        port = Self.port(of: listener)
        stopper = eventfd(0, CInt(forum_eventfd_flags))
        let box = Unmanaged.passRetained(self)
        let code = thread.withLock { thread in
            pthread_create(
                &thread, nil,
                { argument in
                    Unmanaged<TestServer>.fromOpaque(argument!).takeRetainedValue().serve()
                    return nil
                }, box.toOpaque())
        }
        precondition(code == 0, "a thread can be started")
    }

    var requests: [Request] { received.withLock { $0 } }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Called once, when no more requests come.
    func stop() {
        eventfd_write(stopper, 1)
        pthread_join(thread.withLock { $0 }, nil)
        close(listener)
        close(stopper)
    }

    /// A listening socket on a free loopback port.
    static func listen() -> CInt {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = SocketAddressBox.loopback
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        precondition(bound == 0 && Glibc.listen(descriptor, 512) == 0, "a port is free")
        return descriptor
    }

    static func port(of descriptor: CInt) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private func serve() {
        var pending: [CInt: [UInt8]] = [:]
        while true {
            var entries = ([listener, stopper] + pending.keys).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            poll(&entries, nfds_t(entries.count), -1)
            if entries[1].revents != 0 { break }
            if entries[0].revents != 0 { pending[accept(listener, nil, nil)] = [] }
            for entry in entries.dropFirst(2) where entry.revents != 0 {
                var bytes = [UInt8](repeating: 0, count: 64 << 10)
                let count = recv(entry.fd, &bytes, bytes.count, 0)
                pending[entry.fd]?.append(contentsOf: bytes[..<max(0, count)])
                if count <= 0 || !answer(entry.fd, &pending[entry.fd, default: []]) {
                    close(entry.fd)
                    pending[entry.fd] = nil
                }
            }
        }
        for descriptor in pending.keys { close(descriptor) }
    }

    /// Answers all complete requests; false when the connection is to be closed.
    private func answer(_ descriptor: CInt, _ bytes: inout [UInt8]) -> Bool {
        while let (line, body, length) = Self.split(bytes) {
            bytes.removeFirst(length)
            let request = received.withLock { received in
                received.append(Request(line: line, body: body, index: received.count))
                return received[received.count - 1]
            }
            switch handler(request) {
            case .pieces(let pieces): Self.send(pieces, to: descriptor)
            case .piecesAndClose(let pieces):
                Self.send(pieces, to: descriptor)
                return false
            case .silence: break
            }
        }
        return true
    }

    private static func send(_ pieces: [String], to descriptor: CInt) {
        var on: CInt = 1
        setsockopt(
            descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        for piece in pieces {
            var rest = Array(piece.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(forum_no_signal))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// The first request line, its body and the bytes both take; nil while something is missing.
    private static func split(_ bytes: [UInt8]) -> (String, String, Int)? {
        let end = Array("\r\n\r\n".utf8)
        guard let index = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            return nil
        }
        let lines = String(decoding: bytes[..<index], as: UTF8.self).split(separator: "\r\n")
        let field = lines.first { $0.lowercased().hasPrefix("content-length:") }
        let length = field.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
        guard bytes.count >= index + 4 + length else { return nil }
        let body = String(decoding: bytes[(index + 4)..<(index + 4 + length)], as: UTF8.self)
        return (String(lines[0]), body, index + 4 + length)
    }
}

private enum SocketAddressBox {
    static var loopback: sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
