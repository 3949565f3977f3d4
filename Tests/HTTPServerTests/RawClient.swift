import CLinux
import Foundation
import Glibc
import Reactor

/// A blocking client of bare bytes, so that a test says exactly what goes over the wire.
final class RawClient: Sendable {
    private let descriptor: Int32
    /// Nothing on loopback takes this long, even beside a thousand other tests.
    private static let patienceMilliseconds: Int32 = 60_000

    init(_ address: SocketAddress) throws {
        let socket = try Socket.connect(to: address)
        descriptor = socket.release()
        _ = wait(for: Int16(POLLOUT))
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count, wait(for: Int16(POLLOUT)) {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(forum_no_signal))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    /// Runs `wait` on a thread of its own.
    static func waiting<Result: Sendable>(
        _ wait: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: wait()) }
        }
    }

    /// Sends no more; goes on reading.
    func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// All bytes until the server closes; nil if it resets instead.
    func readToEnd() -> String? {
        var all: [UInt8] = []
        while let piece = readSome() {
            if piece.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += piece
        }
        return nil
    }

    /// Reads until `text` has been seen, and answers everything read.
    func read(until text: String) -> String {
        var all: [UInt8] = []
        while !String(decoding: all, as: UTF8.self).contains(text) {
            guard let piece = readSome(), !piece.isEmpty else { break }
            all += piece
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Whether the server says nothing for a moment: for claims that something does not happen.
    func isQuiet(milliseconds: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&one, 1, milliseconds) == 0
    }

    private func readSome() -> [UInt8]? {
        guard wait(for: Int16(POLLIN)) else { return nil }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &room, room.count, 0)
        return count < 0 ? nil : Array(room[..<count])
    }

    private func wait(for events: Int16) -> Bool {
        var one = pollfd(fd: descriptor, events: events, revents: 0)
        return poll(&one, 1, RawClient.patienceMilliseconds) == 1
    }
}
