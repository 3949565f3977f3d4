import CLinux
import Glibc
import Reactor

/// One end of a connection in bare bytes, blocking, so that a test says exactly what goes over the
/// wire.
final class RawConnection {
    /// Nothing on loopback takes this long.
    private static let patienceMilliseconds: Int32 = 10_000

    private let descriptor: Int32
    private var held: [UInt8] = []

    init(to address: SocketAddress) throws {
        descriptor = try Socket.connect(to: address).release()
        _ = wait(for: Int16(POLLOUT))
    }

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends all of it, unless the other side takes nothing for `patience`; answers how much was
    /// taken.
    @discardableResult
    func send(_ bytes: [UInt8], patience: Int32 = patienceMilliseconds) -> Int {
        var sent = 0
        while sent < bytes.count, wait(for: Int16(POLLOUT), patience) {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress, $0.count,
                    Int32(forum_no_signal) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EAGAIN { continue }
            if count <= 0 { return sent }
            sent += count
        }
        return sent
    }

    /// Sends no more; goes on reading.
    func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the close a reset.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// One message: the head as text, without its empty line, and the body by its framing. Nil if
    /// the connection ends before the message does.
    func message(toHead isHead: Bool = false) -> Message? {
        guard let head = take(until: "\r\n\r\n") else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        var message = Message(lines: lines)
        if isHead || message.forbidsBody { return message }
        if message["transfer-encoding"] == "chunked" {
            guard let body = chunks() else { return nil }
            message.body = body
        } else if let length = message["content-length"].flatMap({ Int($0) }) {
            guard let body = take(length) else { return nil }
            message.body = body
        } else if message.isAnswer {
            message.body = rest()
        }
        return message
    }

    /// All bytes until the other side ends; nil if it resets instead.
    func readToEnd() -> String? {
        while let piece = readSome() {
            if piece.isEmpty { return String(decoding: held, as: UTF8.self) }
            held += piece
        }
        return nil
    }

    /// Whether the other side ends or resets the connection before long.
    func isEnded() -> Bool {
        while let piece = readSome() { if piece.isEmpty { return true } }
        return !isQuiet(milliseconds: 0)
    }

    /// Whether the other side says nothing for a moment: for claims that something does not happen.
    func isQuiet(milliseconds: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&one, 1, milliseconds) == 0
    }

    /// Reads and drops `count` bytes; answers whether they all came.
    func skip(_ count: Int) -> Bool {
        var left = count
        while true {
            let taken = min(left, held.count)
            held.removeFirst(taken)
            left -= taken
            if left == 0 { return true }
            guard let piece = readSome(), !piece.isEmpty else { return false }
            held = piece
        }
    }

    /// Everything up to `mark`, which is taken too and not answered.
    func take(until mark: String) -> String? {
        let mark = Array(mark.utf8)
        var from = 0
        while true {
            if let range = held[from...].firstRange(of: mark) {
                defer { held.removeFirst(range.upperBound) }
                return String(decoding: held[..<range.lowerBound], as: UTF8.self)
            }
            from = max(0, held.count - mark.count)
            guard let piece = readSome(), !piece.isEmpty else { return nil }
            held += piece
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        while held.count < count {
            guard let piece = readSome(), !piece.isEmpty else { return nil }
            held += piece
        }
        defer { held.removeFirst(count) }
        return Array(held[..<count])
    }

    private func chunks() -> [UInt8]? {
        var body: [UInt8] = []
        while let line = take(until: "\r\n"), let size = Int(line, radix: 16) {
            guard let data = take(size + 2) else { return nil }
            if size == 0 { return body }
            body += data.dropLast(2)
        }
        return nil
    }

    private func rest() -> [UInt8] {
        while let piece = readSome(), !piece.isEmpty { held += piece }
        defer { held = [] }
        return held
    }

    private func readSome() -> [UInt8]? {
        guard wait(for: Int16(POLLIN)) else { return nil }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &room, room.count, 0)
        return count < 0 ? nil : Array(room[..<count])
    }

    private func wait(for events: Int16, _ patience: Int32 = patienceMilliseconds) -> Bool {
        var one = pollfd(fd: descriptor, events: events, revents: 0)
        return poll(&one, 1, patience) == 1
    }
}

/// A request or an answer as it came over the wire.
struct Message: Sendable {
    let lines: [String]
    var body: [UInt8] = []

    var start: String { lines[0] }
    var text: String { String(decoding: body, as: UTF8.self) }
    var isAnswer: Bool { start.hasPrefix("HTTP/") }
    var status: Int { Int(start.split(separator: " ")[1]) ?? 0 }
    var forbidsBody: Bool { isAnswer && (status < 200 || status == 204 || status == 304) }

    /// All values of a field, in order, joined by `|`; nil without any.
    subscript(name: String) -> String? {
        let values = lines.dropFirst().compactMap { line -> String? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name else { return nil }
            return parts[1].trimmingPrefix(" ").description
        }
        return values.isEmpty ? nil : values.joined(separator: "|")
    }
}

extension String {
    func components(separatedBy mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    }
}
