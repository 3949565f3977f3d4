import CLinux
import Glibc
import Reactor

/// A server that does with each connection what the test says, on blocking sockets and a thread of
/// its own.
final class ScriptedServer: Sendable {
    /// The server's side of one connection.
    struct Peer {
        let descriptor: Int32
        /// Which connection this is, from 0.
        let number: Int

        /// Reads up to the empty line after a head; nil once the client has closed.
        func readHead() -> String? {
            var text: [UInt8] = []
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) == 1 {
                text.append(byte)
                if text.suffix(4) == [13, 10, 13, 10] {
                    return String(decoding: text, as: UTF8.self)
                }
            }
            return nil
        }

        /// Reads exactly `count` bytes, or fewer if the client closes.
        func read(_ count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            var filled = 0
            while filled < count {
                let got = bytes.withUnsafeMutableBytes { room in
                    recv(descriptor, room.baseAddress! + filled, count - filled, 0)
                }
                guard got > 0 else { break }
                filled += got
            }
            return Array(bytes[..<filled])
        }

        /// Reads until the client closes its side; answers how many bytes came.
        func readToEnd() -> Int {
            var room = [UInt8](repeating: 0, count: 65536)
            var total = 0
            while true {
                let got = recv(descriptor, &room, room.count, 0)
                guard got > 0 else { return total }
                total += got
            }
        }

        /// Answers how many bytes could be sent.
        @discardableResult
        func write(_ bytes: [UInt8]) -> Int {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { room in
                    send(
                        descriptor, room.baseAddress! + sent, bytes.count - sent,
                        Int32(forum_no_signal))
                }
                guard count > 0 else { break }
                sent += count
            }
            return sent
        }

        func write(_ text: String) { write(Array(text.utf8)) }

        /// Makes the close a reset.
        func resetOnClose() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout<Glibc.linger>.size))
        }
    }

    let address: SocketAddress
    private let descriptor: Int32

    /// `script` runs once for each connection, in turn, and the connection closes when it returns.
    init(_ script: @escaping @Sendable (Peer) -> Void) throws {
        let listener = try Socket.listen(on: .loopback(0))
        address = try listener.localAddress()
        descriptor = listener.release()
        _ = fcntl(descriptor, F_SETFL, 0)
        let descriptor = descriptor
        Self.run {
            var number = 0
            while case let accepted = accept(descriptor, nil, nil), accepted >= 0 {
                // A program started by another test must not keep it open.
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                let peer = Peer(descriptor: accepted, number: number)
                number += 1
                Self.run {
                    script(peer)
                    close(accepted)
                }
            }
        }
    }

    deinit {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private static func run(_ body: @escaping @Sendable () -> Void) {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { box in
                Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
                return nil
            }, box)
        precondition(result == 0, "a thread can be started")
        pthread_detach(thread)
    }
}
