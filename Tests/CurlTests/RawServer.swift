import Foundation
import Glibc
import Synchronization

/// A server of a few lines: every connection is handed to a closure on a thread of its own.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let accepted = Mutex(0)

    var origin: String { "http://127.0.0.1:\(port)" }
    /// How many connections came.
    var connections: Int { accepted.withLock { $0 } }

    init(_ serve: @escaping @Sendable (RawConnection) -> Void) {
        signal(SIGPIPE, SIG_IGN)
        let (listener, port) = RawServer.listen()
        self.listener = listener
        self.port = port
        Thread.detachNewThread { [accepted = Counted(self)] in
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                // A program started by another test must not keep it open.
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                accepted.count()
                Thread.detachNewThread {
                    serve(RawConnection(descriptor: descriptor))
                    close(descriptor)
                }
            }
            close(listener)
        }
    }

    deinit { stop() }

    /// Accepts no more.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// A port that nobody listens on, for now.
    static func unusedPort() -> UInt16 {
        let (listener, port) = listen()
        close(listener)
        return port
    }

    private static func listen() -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                precondition(bind(listener, pointer, size) == 0, "a free port")
                precondition(Glibc.listen(listener, 64) == 0, "a listening socket")
                getsockname(listener, pointer, &size)
            }
        }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// Counts for the server without keeping it alive.
    private final class Counted: @unchecked Sendable {
        private weak var server: RawServer?

        init(_ server: RawServer) { self.server = server }

        func count() { server?.accepted.withLock { $0 += 1 } }
    }
}

/// One connection of a `RawServer`.
struct RawConnection: Sendable {
    let descriptor: Int32

    /// Bytes up to and including `end`; empty if the peer is gone before.
    func read(until end: String = "\r\n\r\n") -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(end.utf8.count).elementsEqual(end.utf8) {
            guard recv(descriptor, &byte, 1, 0) == 1 else { return "" }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Exactly `count` bytes, or fewer if the peer is gone.
    func read(_ count: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let more = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress! + have, count - have, 0)
            }
            guard more > 0 else { break }
            have += more
        }
        return String(decoding: bytes[..<have], as: UTF8.self)
    }

    /// The data of the next chunk; empty at the last one.
    func readChunk() -> String {
        guard let size = Int(read(until: "\r\n").dropLast(1), radix: 16) else { return "" }
        let data = read(size)
        _ = read(2)
        return data
    }

    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    func chunk(_ data: String) { write(String(data.utf8.count, radix: 16) + "\r\n\(data)\r\n") }

    func answer(_ body: String, status: String = "200 OK", fields: String = "") {
        write("HTTP/1.1 \(status)\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Makes the peer see a reset instead of an end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger,
            socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}
