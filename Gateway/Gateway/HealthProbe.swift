import Bytes
import HTTP
package import Reactor

/// One health check on its own connection: connect, ask, read the head of the answer, close.
///
/// A kept connection would answer another question, whether an old connection still works.
final class HealthProbe: LoopHandler {
    /// More than any head an ALB accepts from a target (32 KB); a longer one is no valid answer.
    private static let headBytesMax = 32 * 1024
    /// One read takes this much: the whole answer of any sane health check.
    private static let readBytes = 4 * 1024

    private let loop: EventLoop
    private let matcher: HealthMatcher
    private var socket: Socket
    private var request: ByteBuffer
    private var answer = ByteBuffer()
    private var scanned = 0
    private let deadline: Int64
    private var token = Token(slot: .max, generation: .max)
    private var done: ((TargetHealth.Outcome) -> Void)?

    /// Probes `address` on `loop` and tells what it came to, once, on that loop.
    static func start(
        _ address: SocketAddress, _ settings: HealthCheckSettings, on loop: EventLoop,
        done: @escaping (TargetHealth.Outcome) -> Void
    ) {
        do throws(SystemError) {
            let socket = try Socket.connect(to: address)
            let probe = HealthProbe(socket, address, settings, loop, done)
            try probe.open()
        } catch {
            done(.failed)
        }
    }

    private init(
        _ socket: consuming Socket, _ address: SocketAddress, _ settings: HealthCheckSettings,
        _ loop: EventLoop, _ done: @escaping (TargetHealth.Outcome) -> Void
    ) {
        self.loop = loop
        self.socket = socket
        self.done = done
        matcher = settings.matcher
        deadline = loop.nowMilliseconds + Int64(settings.timeoutMilliseconds)
        request = ByteBuffer(capacity: 256)
        request.append("GET \(settings.path) HTTP/1.1\r\nHost: \(address)\r\n")
        request.append(
            "User-Agent: ELB-HealthChecker/2.0\r\nConnection: close\r\n\r\n" as StaticString)
    }

    private func open() throws(SystemError) {
        token = loop.add(self)
        do throws(SystemError) {
            try loop.watch(socket.descriptor, for: token)
        } catch {
            loop.remove(token)
            throw error
        }
        loop.arm(token, at: deadline)
    }

    func ready(_ readiness: Readiness) {
        if readiness.isHungUp, socket.connectFailure() != 0 { return finish(.failed) }
        if readiness.mayWrite { send() }
        if readiness.mayRead { receive() }
    }

    func deadlineReached(now: Int64) -> Int64? {
        guard done != nil else { return nil }
        if now < deadline { return deadline }
        finish(.timedOut)
        return nil
    }

    private func send() {
        while done != nil, !request.isEmpty {
            switch unsafe socket.write(request.readable) {
            case .bytes(let count): request.consume(count)
            case .wouldBlock, .ended: return
            case .failed: finish(.failed)
            }
        }
    }

    private func receive() {
        while done != nil {
            var transfer = Socket.Transfer.wouldBlock
            unsafe answer.withRoom(HealthProbe.readBytes) { room in
                transfer = unsafe socket.read(into: room)
                if case .bytes(let count) = transfer { return count }
                return 0
            }
            switch transfer {
            case .bytes: judge()
            case .wouldBlock: return
            case .ended, .failed: finish(.failed)
            }
        }
    }

    /// The head decides, as soon as it is whole.
    private func judge() {
        do throws(HTTPFault) {
            let head = try unsafe ResponseParser.parse(
                answer.readable, scanned: &scanned, limits: HTTPLimits(), requestMethod: .get,
                into: HeadStorage())
            if let head, !head.status.isInformational {
                let code = Int(head.status.code)
                finish(matcher.accepts(code) ? .passed : .mismatched(code: code))
            } else if head != nil || answer.count > HealthProbe.headBytesMax {
                finish(.failed)
            }
        } catch {
            finish(.failed)
        }
    }

    private func finish(_ outcome: TargetHealth.Outcome) {
        guard let done else { return }
        self.done = nil
        loop.remove(token)
        socket.close()
        done(outcome)
    }
}

extension HealthChecker {
    /// Probes over real connections, all on `loop`.
    package static func socketProbe(on loop: EventLoop) -> Probe {
        { target, settings in
            let address = SocketAddress(
                address: target.address.address, port: settings.port ?? target.address.port)
            return await withCheckedContinuation { continuation in
                loop.execute {
                    HealthProbe.start(address, settings, on: loop) {
                        continuation.resume(returning: $0)
                    }
                }
            }
        }
    }
}
