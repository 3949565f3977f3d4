import Bytes
import HTTP
import HTTPClient
import Reactor
import Telemetry

/// A loop with a pool, and a way to say what happens on it from a test.
final class TestClient: Sendable {
    let loop: EventLoop
    let pool: LoopBound<UpstreamPool>
    let metrics: UpstreamMetrics

    init(_ settings: UpstreamSettings = UpstreamSettings()) throws {
        loop = try EventLoop(name: "client")
        metrics = UpstreamMetrics(Metrics())
        pool = LoopBound(UpstreamPool(loop: loop, settings: settings, metrics: metrics), on: loop)
    }

    deinit {
        pool.execute { $0.closeIdle() }
        loop.stop()
    }

    /// Runs `body` on the loop and waits for its result.
    func onLoop<Result: Sendable>(
        _ body: @escaping @Sendable (UpstreamPool) -> Result
    ) async -> Result {
        await withCheckedContinuation { done in
            pool.execute { done.resume(returning: body($0)) }
        }
    }

    /// One exchange; `steer` is called with the recorder once the request has begun. Answers what
    /// was told, in order.
    func exchange(
        _ method: Method = .get, to address: SocketAddress, framing: BodyFraming = .none,
        fresh: Bool = false, timeouts: UpstreamTimeouts? = nil, fields: Fields = Fields(),
        _ steer: @escaping @Sendable (Recorder, UpstreamConnection) -> Void = { _, _ in }
    ) async -> [String] {
        await withCheckedContinuation { done in
            pool.execute { pool in
                let recorder = Recorder { done.resume(returning: $0) }
                do throws(UpstreamFailure) {
                    let connection = try pool.open(address, fresh: fresh, for: recorder)
                    recorder.told.append(connection.isReused ? "reused" : "new")
                    connection.begin(method, framing: framing, timeouts: timeouts) { buffer in
                        MessageWriter.writeRequestHead(
                            method, target: "/", host: "test", fields, framing: framing,
                            connection: .implied, into: &buffer)
                    }
                    steer(recorder, connection)
                } catch {
                    done.resume(returning: ["\(error.code)"])
                }
            }
        }
    }
}

/// Writes down what a connection tells, and does what the test wants at each turn.
final class Recorder: UpstreamHandler {
    var told: [String] = []
    var bodyBytes = 0
    var onHead: ((UpstreamConnection) -> Void)?
    var onBody: ((UpstreamConnection) -> Void)?
    var onRoom: ((UpstreamConnection) -> Void)?
    private let done: ([String]) -> Void

    init(_ done: @escaping ([String]) -> Void) { self.done = done }

    /// Ends the test's wait although the exchange has not ended.
    func stopWaiting() { done(told) }

    func upstreamInterim(_ head: ResponseHead, _ connection: UpstreamConnection) {
        told.append("interim \(head.status.code)")
    }

    func upstreamHead(_ head: ResponseHead, _ connection: UpstreamConnection) {
        told.append("head \(head.status.code)")
        onHead?(connection)
    }

    func upstreamBody(_ bytes: UnsafeRawBufferPointer, _ connection: UpstreamConnection) {
        bodyBytes += bytes.count
        if bytes.count < 100 { told.append(String(decoding: bytes, as: UTF8.self)) }
        onBody?(connection)
    }

    func upstreamEnd(_ connection: UpstreamConnection) {
        told.append("end")
        done(told)
    }

    func upstreamFailed(_ failure: UpstreamFailure, _ connection: UpstreamConnection) {
        told.append("\(failure.code)")
        done(told)
    }

    func upstreamRoomAgain(_ connection: UpstreamConnection) {
        told.append("room")
        onRoom?(connection)
    }
}

extension TestClient {
    /// Waits until the pool holds `count` idle connections, looking again every millisecond; false
    /// if that takes longer than anything here can.
    func idle(becomes count: Int) async -> Bool {
        await withCheckedContinuation { done in
            pool.execute { pool in
                let deadline = pool.loop.nowMilliseconds + 20_000
                TestClient.look(pool, for: count, until: deadline) { done.resume(returning: $0) }
            }
        }
    }

    private static func look(
        _ pool: UpstreamPool, for count: Int, until deadline: Int64,
        _ done: @escaping @Sendable (Bool) -> Void
    ) {
        if pool.idleCount == count { return done(true) }
        if pool.loop.nowMilliseconds > deadline { return done(false) }
        let again = LoopBound(pool, on: pool.loop)
        pool.loop.schedule(afterMilliseconds: 1) {
            look(again.here, for: count, until: deadline, done)
        }
    }
}
