import Bytes
import HTTP
import Reactor

/// One GET, for its status alone. Lives on a loop, ends with one call of `done`: the status, or nil
/// when there was no answer in time.
final class HTTPProbe: LoopHandler {
    /// An answer on this machine takes a millisecond; a hung process shall not hold up the others.
    private static let millisecondsMax: Int64 = 1_000
    /// `HTTP/1.1 200`.
    private static let statusBytes = 12

    private let loop: EventLoop
    private let done: (Int?) -> Void
    private var socket: Socket
    private var token: Token?
    private var request: ByteString
    private var answer = ByteBuffer()

    /// Begins at once.
    static func get(
        _ target: String, at address: SocketAddress, on loop: EventLoop,
        _ done: @escaping (Int?) -> Void
    ) {
        do throws(SystemError) {
            let socket = try Socket.connect(to: address)
            let probe = HTTPProbe(socket, target, address, loop, done)
            try probe.begin()
        } catch {
            done(nil)
        }
    }

    private init(
        _ socket: consuming Socket, _ target: String, _ address: SocketAddress,
        _ loop: EventLoop, _ done: @escaping (Int?) -> Void
    ) {
        self.socket = socket
        self.loop = loop
        self.done = done
        var head = ByteBuffer()
        MessageWriter.writeRequestHead(
            .get, target: target, host: ByteString("\(address)"), Fields(), framing: .none,
            connection: .close, into: &head)
        request = head.freeze()
    }

    private func begin() throws(SystemError) {
        let token = loop.add(self)
        do throws(SystemError) {
            try loop.watch(socket.descriptor, for: token)
        } catch {
            loop.remove(token)
            throw error
        }
        self.token = token
        loop.arm(token, at: loop.nowMilliseconds + HTTPProbe.millisecondsMax)
    }

    func ready(_ readiness: Readiness) {
        if readiness.mayWrite, !request.isEmpty {
            // A head of a hundred bytes fits an empty socket.
            _ = unsafe request.withBytes { unsafe socket.write($0) }
            request = ByteString()
        }
        read()
    }

    func deadlineReached(now: Int64) -> Int64? {
        finish(nil)
        return nil
    }

    private func read() {
        var transfer = Socket.Transfer.ended
        unsafe answer.withRoom(1024) { room in
            transfer = unsafe socket.read(into: room)
            if case .bytes(let count) = transfer { return count }
            return 0
        }
        switch transfer {
        case .wouldBlock: return
        case .bytes where answer.count < HTTPProbe.statusBytes: return read()
        case .bytes: finish(status())
        case .ended, .failed: finish(nil)
        }
    }

    private func status() -> Int? {
        let bytes = unsafe answer.readable
        let code = unsafe UnsafeRawBufferPointer(rebasing: bytes[9..<HTTPProbe.statusBytes])
        return unsafe DecimalText.parse(code).map(Int.init)
    }

    private func finish(_ status: Int?) {
        guard let token else { return }
        self.token = nil
        loop.remove(token)
        socket.close()
        done(status)
    }
}
