import Bytes
import HTTP
import HTTPClient
import HTTPServer
import Reactor
import Routing
import Telemetry

/// The life of a request, for one client connection after the other request on it:
///
///     arrive ─▶ match ─▶ attempt ─▶ answer begins ─▶ body ─▶ end
///                           ▲  │
///                           └──┘ a failure that may be repeated
///
/// Both sockets live on one loop. Bytes go straight from one to the other; whoever is faster is
/// told to wait.
final class Proxy {
    /// What the requests of this loop share.
    private let context: ProxyLoop
    /// The listener the connection came through.
    private let listener: ListenerPort

    private var connection: Connection?
    private var upstream: UpstreamConnection?
    private let current = Confined(ProxiedExchange())

    /// The request under way.
    private(set) var exchange: ProxiedExchange {
        @inline(__always) _read { yield current.value }
        @inline(__always) _modify { yield &current.value }
    }

    init(_ context: ProxyLoop, _ listener: ListenerPort) {
        self.context = context
        self.listener = listener
    }

    /// The target that has the request now.
    var target: Target? { upstream == nil ? nil : exchange.trail.last?.target }
}

// MARK: From the client

extension Proxy: ExchangeHandler {
    /// Arrive and match: what never passes a gateway is answered here.
    func requestHead(_ head: RequestHead, _ connection: Connection) {
        self.connection = connection
        exchange.begin(head)
        context.enter(self, connection.token)
        let trace = connection.requestContext.trace
        if head.method == .trace || head.method == .connect {
            return answer(GatewayProblem.methodEndsHere(head.method, trace: trace))
        }
        let path = unsafe head.storage.bytes(head.path)
        if unsafe PrivatePaths.covers(path) {
            return answer(GatewayProblem.privatePath(trace: trace))
        }
        guard let rule = unsafe context.table.rule(listener: listener.slot, path: path) else {
            return answer(GatewayProblem.listenerClosed(trace: trace))
        }
        exchange.rule = rule
        switch rule.action {
        case .forward(let index):
            let targets = context.table.targetSets[index]
            exchange.targets = targets
            attempt(head, targets, connection)
        case .reference(let index):
            answer(context.table.references[index].plan(head, connection.requestContext))
        }
    }

    func requestBody(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) {
        guard let upstream else { return }
        unsafe exchange.keep(bytes)
        if unsafe !upstream.send(bytes) { connection.pauseBody() }
    }

    func requestEnd(_ connection: Connection) {
        exchange.isBodyComplete = true
        upstream?.endRequest()
    }

    func roomAgain(_ connection: Connection) { upstream?.resumeReading() }

    /// A client that sends no more before it is answered has gone: what it asked for is called off.
    func clientEnded(_ connection: Connection) { connection.cut() }

    func cancelled(_ connection: Connection) {
        if upstream != nil { leaveTarget()?.abandon() }
        exchange.reset()
        self.connection = nil
    }

    func refusal(
        of fault: HTTPFault, _ head: RequestHead?, _ connection: Connection
    ) -> Response {
        Problem(fault, trace: connection.requestContext.trace).gatewayAnswer
    }
}

// MARK: To the target

extension Proxy {
    /// Chooses a target and sends it the request, as far as it is here.
    private func attempt(_ head: RequestHead, _ targets: TargetSet, _ connection: Connection) {
        guard let target = choose(from: targets) else {
            return giveUp(exchange.trail.last?.failure)
        }
        if targets.isFailOpen { targets.metrics.failOpen.add() }
        send(head, to: target, fresh: false, connection)
    }

    /// A target that was not tried yet.
    private func choose(from targets: TargetSet) -> Target? {
        if exchange.trail.count == 0 { return context.selection.choose(from: targets) }
        let trail = exchange.trail
        return context.selection.choose(from: targets, isExcluded: trail.contains)
    }

    private func send(
        _ head: RequestHead, to target: Target, fresh: Bool, _ connection: Connection
    ) {
        if exchange.trail.count > 0 { exchange.targets?.metrics.retries.add() }
        exchange.trail.begin(target)
        exchange.sentNanoseconds = LoopClock.monotonicNanoseconds()
        target.begin(on: context.index)
        do throws(UpstreamFailure) {
            let upstream = try context.open(target, fresh: fresh, for: self)
            self.upstream = upstream
            let forwarded = context.forwarded(connection, listener)
            let timeouts = context.table.rules.timeouts
            upstream.begin(head.method, framing: head.framing, timeouts: timeouts) {
                UpstreamRequest.write(head, forwarded, fallbackHost: target.label, into: &$0)
            }
            if head.framing.hasContent { sendBody(upstream, connection) }
        } catch {
            target.end(on: context.index)
            failed(RetryPolicy.Failure(error))
        }
    }

    /// A second attempt sends again what the first one had.
    private func sendBody(_ upstream: UpstreamConnection, _ connection: Connection) {
        let hasRoom = unsafe upstream.send(exchange.kept.readable)
        if exchange.isBodyComplete { upstream.endRequest() }
        connection.invite()
        // The attempt before may have asked the client to wait; this one has not.
        if hasRoom { connection.resumeBody() } else { connection.pauseBody() }
    }

    /// The attempt under way is over.
    private func leaveTarget() -> UpstreamConnection? {
        defer { upstream = nil }
        target?.end(on: context.index)
        return upstream
    }

    /// Decides what follows a failed attempt.
    private func failed(_ failure: RetryPolicy.Failure) {
        guard let head = exchange.head, let targets = exchange.targets, let connection else {
            return
        }
        exchange.trail.fail(failure)
        targets.metrics.failedAttempts.add()
        if failure.castsDoubt { context.suspectLast(of: exchange.trail) }
        guard exchange.targetStatus == nil else { return endAnswer(isWhole: false) }
        switch context.retries.decide(failure, exchange.circumstances(head.method)) {
        case .anotherTarget: attempt(head, targets, connection)
        case .freshConnection:
            exchange.hasForgivenReuse = true
            let trail = exchange.trail
            // Another target first: the one that closed may be on its way out.
            let other = context.selection.choose(from: targets, isExcluded: trail.contains)
            guard let target = other ?? trail.last?.target else { return }
            send(head, to: target, fresh: true, connection)
        case .giveUp: giveUp(failure)
        }
    }

    private func giveUp(_ failure: RetryPolicy.Failure?) {
        guard let rule = exchange.rule, let targets = exchange.targets, let connection else {
            return
        }
        targets.metrics.unanswered.add()
        answer(
            GatewayProblem.unanswered(
                failure, rule: rule, targets: targets, attempts: exchange.trail.count,
                trace: connection.requestContext.trace))
    }

    /// The target's deregistration delay has run out.
    func cutOff() {
        guard upstream != nil else { return }
        leaveTarget()?.abandon()
        failed(.cutOff)
    }
}

// MARK: From the target

extension Proxy: UpstreamHandler {
    func upstreamHead(_ head: ResponseHead, _ upstream: UpstreamConnection) {
        guard let asked = exchange.asked, let connection else { return }
        exchange.answeredNanoseconds = LoopClock.monotonicNanoseconds()
        exchange.targetStatus = Int(head.status.code)
        exchange.forgetBody()
        let framing = ClientAnswer.framing(of: head, to: asked)
        let seconds = context.loop.wallMilliseconds / 1000
        connection.beginAnswer(head.status, framing) { buffer, option in
            ClientAnswer.write(
                head, to: asked, framing: framing, connection: option,
                secondsSince1970: seconds, into: &buffer)
        }
        context.flushSoon(connection)
    }

    func upstreamBody(
        _ bytes: UnsafeRawBufferPointer, _ upstream: UpstreamConnection
    ) {
        guard let connection else { return }
        if unsafe !connection.sendBody(bytes) { upstream.pauseReading() }
        context.flushSoon(connection)
    }

    func upstreamEnd(_ upstream: UpstreamConnection) {
        _ = leaveTarget()
        endAnswer(isWhole: true)
    }

    func upstreamFailed(_ failure: UpstreamFailure, _ upstream: UpstreamConnection) {
        _ = leaveTarget()
        failed(RetryPolicy.Failure(failure))
    }

    func upstreamRoomAgain(_ upstream: UpstreamConnection) { connection?.resumeBody() }
}

// MARK: The end

extension Proxy {
    /// Answers in the gateway's own name.
    private func answer(_ problem: Problem) { answer(problem.gatewayAnswer) }

    /// Answers what is known without asking anybody.
    private func answer(_ plan: ResponsePlan) {
        guard case .respond(let response) = plan else {
            preconditionFailure("what is looked up here needs no body and waits for nobody")
        }
        answer(response)
    }

    private func answer(_ response: Response) {
        guard let connection else { return }
        // The head's bytes are the connection's again, for its next request.
        exchange.head = nil
        self.connection = nil
        connection.respond(response)
        connection.flush()
    }

    private func endAnswer(isWhole: Bool) {
        guard let connection else { return }
        exchange.head = nil
        self.connection = nil
        connection.endAnswer(isWhole: isWhole)
    }
}
