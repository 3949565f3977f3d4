import Gateway
import Glibc
import Reactor
import Synchronization
import Testing

@Suite(.serialized) struct StreamingTests {
    private static let largeBytes = 192 << 20
    /// Well below the body, well above what other tests of the same process may need meanwhile.
    private static let growthMax = 96 << 20

    @Test("a large answer passes whole, however slowly it is taken, and memory stays flat")
    func largeAnswer() async throws {
        let size = StreamingTests.largeBytes
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let piece = [UInt8](repeating: 1, count: 1 << 20)
            for _ in 0..<(size >> 20) { connection.send(piece) }
        }
        let gateway = try await TestGateway(target)
        let before = residentBytes()
        let (isWhole, peak) = try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = connection.take(until: "\r\n\r\n")
            var peak = 0
            for _ in 0..<(size >> 20) {
                guard connection.skip(1 << 20) else { return (false, peak) }
                peak = max(peak, residentBytes())
            }
            return (true, peak)
        }
        #expect(isWhole)
        #expect(peak - before < StreamingTests.growthMax, "grew by \((peak - before) >> 20) MB")
    }

    @Test(
        "a large body passes whole and memory stays flat",
        arguments: ["Content-Length: \(largeBytes)", "Transfer-Encoding: chunked"])
    func largeBody(framing: String) async throws {
        let size = StreamingTests.largeBytes
        let target = try ScriptedTarget { connection, _ in
            guard let head = connection.take(until: "\r\n\r\n") else { return }
            var isWhole = true
            if head.contains("chunked") {
                isWhole = connection.skipChunks() == size
            } else {
                isWhole = connection.skip(size)
            }
            connection.send(answer("\(isWhole)"))
        }
        let gateway = try await TestGateway(target)
        let before = residentBytes()
        let peak = Peak()
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n")
            let isChunked = framing.contains("chunked")
            let piece = [UInt8](repeating: 7, count: 1 << 20)
            for _ in 0..<(size >> 20) {
                if isChunked { connection.send("100000\r\n") }
                connection.send(piece)
                if isChunked { connection.send("\r\n") }
                peak.note(residentBytes())
            }
            if isChunked { connection.send("0\r\n\r\n") }
            return connection.message()
        }
        #expect(response?.text == "true")
        #expect(
            peak.value - before < StreamingTests.growthMax,
            "grew by \((peak.value - before) >> 20) MB")
    }

    @Test("a target that takes nothing holds its client back")
    func backPressure() async throws {
        let held = Signal()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.take(until: "\r\n\r\n")
            held.wait()
        }
        let gateway = try await TestGateway(target)
        let taken = try await gateway.client { connection in
            connection.send(
                "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
            return connection.sendUntilStalled(megabytes: 256)
        }
        held.raise()
        // What two pairs of socket buffers hold, not more.
        #expect(taken < 64 << 20, "\(taken >> 20) MB were taken")
    }

    @Test("a client that takes nothing holds its target back")
    func backPressureOfAnswer() async throws {
        let taken = Peak()
        let stalled = Signal()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            taken.note(connection.sendUntilStalled(megabytes: 256))
            stalled.raise()
        }
        let gateway = try await TestGateway(target)
        try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            stalled.wait()
        }
        #expect(taken.value < 64 << 20, "\(taken.value >> 20) MB were taken")
    }

    @Test("pieces of an answer reach the client as they come")
    func eventStream() async throws {
        let next = Steps()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n")
            for number in 0..<3 {
                next.wait(for: number)
                connection.send("9\r\ndata: \(number)\n\n\r\n")
            }
            connection.send("0\r\n\r\n")
        }
        let gateway = try await TestGateway(target)
        let events = try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = connection.take(until: "\r\n\r\n")
            return (0..<3).map { number in
                next.allow(number)
                return connection.take(until: "\n\n\r\n")?.suffix(1)
            }
        }
        #expect(events == ["0", "1", "2"])
    }

    @Test("pieces of a body reach the target as they come, while it answers")
    func bothWays() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.take(until: "\r\n\r\n")
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 {
                guard connection.take(until: "\r\n") != nil,
                    let piece = connection.take(until: "\r\n")
                else { return }
                connection.send("1\r\n\(piece)\r\n")
            }
            connection.send("0\r\n\r\n")
        }
        let gateway = try await TestGateway(target)
        let echoed = try await gateway.client { connection in
            connection.send(
                "POST /users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            return ["a", "b", "c"].enumerated().map { index, letter in
                connection.send("1\r\n\(letter)\r\n")
                if index == 0 { _ = connection.take(until: "\r\n\r\n") }
                _ = connection.take(until: "1\r\n")
                return connection.take(until: "\r\n")
            }
        }
        #expect(echoed == ["a", "b", "c"])
    }
}

/// Memory of this process in RAM.
func residentBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY)
    defer { close(descriptor) }
    var room = [UInt8](repeating: 0, count: 128)
    let count = max(0, read(descriptor, &room, room.count))
    let fields = String(decoding: room[..<count], as: UTF8.self).split(separator: " ")
    return (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
}

/// The largest number seen.
final class Peak: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }
    func note(_ value: Int) { number.withLock { $0 = max($0, value) } }
}

/// Steps that one thread allows and another waits for.
final class Steps: Sendable {
    private let allowed = Mutex(-1)

    func allow(_ step: Int) { allowed.withLock { $0 = step } }
    func wait(for step: Int) { while allowed.withLock({ $0 }) < step { sched_yield() } }
}

extension Signal {
    /// For threads that may block.
    func wait() { while !isRaised { usleep(1_000) } }
}

extension RawConnection {
    /// Sends until nothing is taken for a while; answers how many bytes were.
    fileprivate func sendUntilStalled(megabytes: Int) -> Int {
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        var total = 0
        for _ in 0..<megabytes {
            let sent = send(piece, patience: 300)
            total += sent
            if sent < piece.count { return total }
        }
        return total
    }

    /// Reads and drops a chunked body; answers its length.
    fileprivate func skipChunks() -> Int {
        var total = 0
        while let line = take(until: "\r\n"), let size = Int(line, radix: 16) {
            guard skip(size), take(until: "\r\n") != nil else { return -1 }
            if size == 0 { return total }
            total += size
        }
        return -1
    }
}
