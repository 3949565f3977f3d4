import HTTP
import Reactor
import Telemetry

/// Accepts connections for one loop.
final class Listener: LoopHandler {
    /// Connections taken in one turn, so that a flood of them cannot starve the open ones.
    private static let acceptsMax = 64
    /// How long accepting pauses when the process has no descriptor left.
    private static let pauseMilliseconds: Int64 = 100

    private var socket: Socket
    private let context: ServerContext
    private let connectionsMax: Int
    private var token = Token(slot: .max, generation: .max)
    private var isWatching = false

    init(socket: consuming Socket, context: ServerContext, connectionsMax: Int) {
        self.socket = socket
        self.context = context
        self.connectionsMax = connectionsMax
    }

    func open() throws(SystemError) {
        token = context.loop.add(self)
        do throws(SystemError) {
            try context.loop.watchListener(socket.descriptor, for: token)
        } catch {
            close()
            throw error
        }
        isWatching = true
    }

    /// Accepts no more; open connections live on.
    func close() {
        context.loop.remove(token)
        socket.close()
    }

    func ready(_ readiness: Readiness) {
        for _ in 0..<Listener.acceptsMax {
            do throws(SystemError) {
                guard let (descriptor, peer) = try socket.accept() else { return }
                take(Socket(descriptor: descriptor), peer)
            } catch {
                return pause()
            }
        }
    }

    func deadlineReached(now: Int64) -> Int64? {
        if !isWatching, socket.descriptor >= 0 {
            // If this fails the listener stays silent; the next deadline tries again.
            isWatching = (try? context.loop.watchListener(socket.descriptor, for: token)) != nil
        }
        return isWatching ? nil : now + Listener.pauseMilliseconds
    }

    private func take(_ accepted: consuming Socket, _ peer: SocketAddress) {
        context.metrics.connectionsAccepted.add()
        let connection = Connection(socket: accepted, peer: peer, context: context)
        guard context.connections.count < connectionsMax else {
            context.metrics.connectionsRefused.add()
            return connection.turnAway()
        }
        // Not watchable means out of kernel memory: the connection is cut, the client sees a reset.
        try? connection.open()
    }

    private func pause() {
        context.loop.unwatch(socket.descriptor)
        isWatching = false
        context.loop.arm(token, at: context.loop.nowMilliseconds + Listener.pauseMilliseconds)
    }
}
