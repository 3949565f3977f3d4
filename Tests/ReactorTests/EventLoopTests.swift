import Reactor
import Synchronization
import Testing

/// What arrived, by sender.
private final class Seen: Sendable {
    let numbers = Mutex<[Int: [Int]]>([:])
}

@Suite("The event loop")
struct EventLoopTests {
    @Test("a task that prefers the loop runs on its thread, before and after it suspends")
    func taskStaysOnLoop() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let places = await withCheckedContinuation { (done: CheckedContinuation<[Bool], Never>) in
            loop.execute {
                Task.immediate(executorPreference: loop) {
                    let before = loop.isCurrent
                    await Task.yield()
                    done.resume(returning: [before, loop.isCurrent])
                }
            }
        }
        #expect(places == [true, true])
    }

    @Test("work handed over from many threads runs once each and in order for each thread")
    func inbox() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let seen = Seen()
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for number in 0..<500 {
                        loop.execute {
                            seen.numbers.withLock { $0[sender, default: []].append(number) }
                        }
                    }
                }
            }
        }
        await withCheckedContinuation { done in loop.execute { done.resume() } }
        #expect(
            seen.numbers.withLock { $0.values.allSatisfy { $0 == Array(0..<500) } && $0.count == 8 }
        )
    }

    @Test("a loop that has ended is nobody's, whatever thread the system makes next")
    func ended() async throws {
        let old = try EventLoop(name: "old")
        old.stop()
        // The C library gives a new thread the stack, and with it the identity, of one that ended.
        let next = try EventLoop(name: "next")
        defer { next.stop() }
        let isTaken = await withCheckedContinuation { done in
            next.execute { done.resume(returning: old.isCurrent) }
        }
        #expect(!isTaken)
    }

    @Test("a scheduled call is not early and runs on the loop")
    func scheduled() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let waited = await withCheckedContinuation { (done: CheckedContinuation<Int64, Never>) in
            loop.execute {
                let start = LoopClock.monotonicMilliseconds()
                loop.schedule(afterMilliseconds: 30) {
                    done.resume(returning: LoopClock.monotonicMilliseconds() - start)
                }
            }
        }
        #expect(waited >= 29)
    }

    @Test("a token of a handler that is gone finds nothing, also after its slot is reused")
    func staleToken() async throws {
        final class Nobody: LoopHandler {
            func ready(_ readiness: Readiness) {}
            func deadlineReached(now: Int64) -> Int64? { nil }
        }
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let found = await withCheckedContinuation { (done: CheckedContinuation<[Bool], Never>) in
            loop.execute {
                let first = loop.add(Nobody())
                let before = loop.find(first) != nil
                loop.remove(first)
                let second = loop.add(Nobody())
                done.resume(returning: [
                    before, first.slot == second.slot, loop.find(first) == nil,
                    loop.find(second) != nil,
                ])
            }
        }
        #expect(found == [true, true, true, true])
    }
}

@Suite("Sockets")
struct SocketTests {
    @Test(
        "a port that another listener has is reported as in use, although SO_REUSEPORT would share it"
    )
    func portInUse() throws {
        let first = try Socket.listen(on: .loopback(0))
        let address = try first.localAddress()
        #expect(throws: SystemError.self) { try Socket.checkFree(address) }
        _ = try Socket.listen(on: address)
    }

    @Test("bytes written on one side are read on the other; the end is seen as the end")
    func transfer() throws {
        let listener = try Socket.listen(on: .loopback(0))
        let client = try Socket.connect(to: listener.localAddress())
        var accepted: Int32?
        while accepted == nil { accepted = try listener.accept()?.descriptor }
        let server = Socket(descriptor: try #require(accepted))
        let sent: [UInt8] = Array("hello".utf8)
        #expect(sent.withUnsafeBytes { client.write($0) } == .bytes(5))
        var room = [UInt8](repeating: 0, count: 16)
        var got = Socket.Transfer.wouldBlock
        while got == .wouldBlock { got = room.withUnsafeMutableBytes { server.read(into: $0) } }
        #expect(got == .bytes(5) && Array(room[..<5]) == sent)
        client.endWriting()
        got = .wouldBlock
        while got == .wouldBlock { got = room.withUnsafeMutableBytes { server.read(into: $0) } }
        #expect(got == .ended)
    }

    @Test(
        "addresses are read and written as dotted decimals",
        arguments: [
            "127.0.0.1", "0.0.0.0", "255.255.255.255", "10.1.2.3",
        ])
    func addressText(text: String) throws {
        #expect(try #require(SocketAddress(text, port: 1)).host == text)
    }

    @Test(
        "what is no IPv4 address is refused",
        arguments: ["", "1.2.3", "1.2.3.4.5", "a.b.c.d", "1.2.3.256"])
    func badAddress(text: String) { #expect(SocketAddress(text, port: 1) == nil) }
}
