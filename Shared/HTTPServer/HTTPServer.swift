package import HTTP
package import Reactor

/// An HTTP/1.1 server: one listener and one set of connections for each loop, on one address.
///
/// The end of its life has an order: `announceClose` (each answer says `Connection: close`),
/// `stopListening`, `finish` (what is in flight ends, what remains is cut).
package final class HTTPServer: Sendable {
    /// The address it listens on, with the port the system chose if it was asked for port 0.
    package let address: SocketAddress
    private let parts: [LoopBound<Part>]

    private struct Part {
        let context: ServerContext
        let listener: Listener
    }

    /// What a server is made of on each loop: its answers and, if wanted, its log.
    package struct LoopParts {
        package let makeHandler: () -> any ExchangeHandler
        package let log: (any ExchangeLog)?

        package init(
            log: (any ExchangeLog)? = nil, makeHandler: @escaping () -> any ExchangeHandler
        ) {
            self.makeHandler = makeHandler
            self.log = log
        }
    }

    /// Listens on `address` and serves on every loop of `group`. `makeParts` runs once on each
    /// loop. Fails, with nothing left open, if the address is taken or not ours.
    package init(
        on address: SocketAddress, group: EventLoopGroup, limits: HTTPLimits = HTTPLimits(),
        metrics: ServerMetrics, makeParts: @escaping @Sendable (EventLoop) -> LoopParts
    ) async throws(SystemError) {
        try Socket.checkFree(address)
        var bound = address
        var parts: [LoopBound<Part>] = []
        let share = max(1, limits.connectionsMax / group.loops.count)
        for loop in group.loops {
            do throws(SystemError) {
                let socket = try Socket.listen(on: bound)
                bound = try socket.localAddress()
                let part = try await HTTPServer.open(socket, on: loop, connectionsMax: share) {
                    let made = makeParts(loop)
                    return ServerContext(
                        loop: loop, limits: limits, metrics: metrics, log: made.log,
                        makeHandler: made.makeHandler)
                }
                parts.append(part)
            } catch {
                await HTTPServer.stopListening(parts)
                throw error
            }
        }
        self.address = bound
        self.parts = parts
    }

    /// Listens with `socket` on `loop`, for which `makeContext` is called there.
    private static func open(
        _ socket: consuming Socket, on loop: EventLoop, connectionsMax: Int,
        makeContext: @escaping @Sendable () -> ServerContext
    ) async throws(SystemError) -> LoopBound<Part> {
        let descriptor = socket.release()
        let (part, failure) = await withCheckedContinuation { done in
            loop.execute {
                let context = makeContext()
                let listener = Listener(
                    socket: Socket(descriptor: descriptor), context: context,
                    connectionsMax: connectionsMax)
                let part = LoopBound(Part(context: context, listener: listener), on: loop)
                done.resume(returning: (part, HTTPServer.open(listener)))
            }
        }
        if let failure { throw failure }
        return part
    }

    /// Serves what `responder` answers.
    package convenience init(
        on address: SocketAddress, group: EventLoopGroup, limits: HTTPLimits = HTTPLimits(),
        metrics: ServerMetrics, responder: any Responder,
        log: (@Sendable (EventLoop) -> (any ExchangeLog)?)? = nil
    ) async throws(SystemError) {
        try await self.init(on: address, group: group, limits: limits, metrics: metrics) { loop in
            LoopParts(log: log?(loop)) { ResponderHandler(responder) }
        }
    }

    /// From now on each answer is the last of its connection.
    package func announceClose() { onEachLoop { $0.context.announceClose() } }

    /// Takes no new connections; returns once no loop listens.
    package func stopListening() async { await HTTPServer.stopListening(parts) }

    private static func stopListening(_ parts: [LoopBound<Part>]) async {
        for part in parts {
            await withCheckedContinuation { done in
                part.execute {
                    $0.listener.close()
                    done.resume()
                }
            }
        }
    }

    /// Closes idle connections, waits until the others have been answered or `milliseconds` have
    /// passed, then cuts what is left. Answers how many were cut.
    package func finish(withinMilliseconds milliseconds: Int64) async -> Int {
        // All loops at once: an idle connection of one must not wait for a busy one of another.
        onEachLoop { part in
            part.context.isFinishing = true
            part.context.closeIdle()
        }
        let deadline = LoopClock.monotonicMilliseconds() + milliseconds
        var cut = 0
        for part in parts {
            cut += await withCheckedContinuation { done in
                part.execute { part in
                    HTTPServer.await(part.context, until: deadline) { done.resume(returning: $0) }
                }
            }
        }
        return cut
    }

    private func onEachLoop(_ body: @escaping @Sendable (Part) -> Void) {
        for part in parts { part.execute(body) }
    }

    private static func open(_ listener: Listener) -> SystemError? {
        do throws(SystemError) {
            try listener.open()
            return nil
        } catch {
            return error
        }
    }

    /// Looks every few milliseconds whether the loop's connections are gone.
    private static func await(
        _ context: ServerContext, until deadline: Int64, done: @escaping @Sendable (Int) -> Void
    ) {
        let left = context.connections.count
        if left == 0 || context.loop.nowMilliseconds >= deadline {
            context.cutAll()
            context.log?.flush()
            return done(left)
        }
        let again = LoopBound(context, on: context.loop)
        context.loop.schedule(afterMilliseconds: 10) {
            HTTPServer.await(again.here, until: deadline, done: done)
        }
    }
}
