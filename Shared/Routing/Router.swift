import Bytes
package import HTTP

/// Answers requests with the routes of its modules.
///
/// Paths are matched byte for byte: case matters, percent escapes are not decoded for matching,
/// empty segments are not merged and dot segments not resolved; what differs is 404. One trailing
/// slash is accepted. HEAD is answered by GET (the server drops the body), OPTIONS by 204 with
/// Allow, other methods of a known path by 405 with Allow.
package final class Router: Responder {
    /// Called once for every error that nobody expected: the error, the route, the trace.
    package typealias Report = @Sendable (any Error, String, TraceContext) -> Void

    let modules: [Module]
    let routes: [Route]
    /// For every route how it is run: what the way of a plain request needs, and no more.
    let runs: [Run]
    let gates: [Gate]
    let table: RouteTable
    /// For every route the number of the module that has it.
    let owners: [Int]
    let settings: RouterSettings
    let limiter: RateLimiter
    let onUnexpected: Report

    struct Module {
        let name: String
        let prefix: [UInt8]
    }

    /// A class, so that choosing one counts one reference instead of one for each member.
    final class Run: Sendable {
        let handler: Route.Handler
        let media: RequestMedia
        let names: [String]
        /// Whether a request that brings none of the fields that rules are about passes unasked.
        let isOpen: Bool

        init(_ route: Route, isOpen: Bool) {
            handler = route.handler
            media = route.media
            names = route.names
            self.isOpen = isOpen
        }
    }

    /// The first module is the default: it answers, in problems, for paths that are nobody's.
    package init(
        _ modules: [any ServiceModule], _ settings: RouterSettings = RouterSettings(),
        onUnexpected: @escaping Report
    ) {
        precondition(!modules.isEmpty, "a router has at least one module")
        self.modules = modules.map { Module(name: $0.name, prefix: Array($0.prefix.utf8)) }
        let owned = modules.enumerated().flatMap { number, module in
            module.routes.map { (number, $0) }
        }
        owners = owned.map(\.0)
        let routes = owned.map(\.1)
        self.routes = routes
        let trustsAsUsual = settings.trust == .privateNetworks
        runs = routes.map { route in
            Run(route, isOpen: trustsAsUsual && route.rules.isOpen)
        }
        gates = owned.map { number, route in
            Gate(
                rules: route.rules, media: route.media,
                progress: modules[number].progress ?? settings.progress)
        }
        table = RouteTable(routes)
        self.settings = settings
        let isLimited = routes.contains { $0.rules.bucket != nil }
        limiter = RateLimiter(isLimited ? settings.quotas : .off)
        self.onUnexpected = onUnexpected
    }

    /// Sync reads and everything without a handler are answered at once.
    package func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        var captures = RouteTable.Captures()
        let path = unsafe head.storage.bytes(head.path)
        guard let leaf = unsafe table.leaf(path, offset: head.path.lower, &captures) else {
            return .respond(answerUnknown(head, context))
        }
        guard let number = table.route(leaf, head.method) else {
            return .respond(answerMethod(head, context, allow: table.allows[leaf]))
        }
        let run = runs[number]
        let parameters = PathParameters(names: run.names, slices: captures.slices)
        guard run.isOpen, !head.storage.hasRuled else {
            return admit(number, head, context, parameters)
        }
        do throws(APIError) {
            try run.media.check(head)
        } catch {
            return .respond(problem(error, head, context, number))
        }
        return plan(run, number, head, context, parameters)
    }

    /// The way of most requests: nothing was asked of them.
    private func plan(
        _ run: Run, _ number: Int, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters
    ) -> ResponsePlan {
        switch run.handler {
        case .immediate(let handler):
            let request = Request(head: head, context: context, parameters: parameters)
            do {
                return .respond(try handler(request))
            } catch {
                return .respond(problem(error, head, context, number))
            }
        case .collected(let bytesMax, let handler):
            return .collect(bytesMax: bytesMax) { request in
                await self.answer(request, number, parameters, nil, handler)
            }
        case .streamed(let handler):
            return .stream { request in
                await self.answer(request, number, parameters, nil, handler)
            }
        }
    }

    func answer(
        _ request: borrowing Request, _ number: Int, _ parameters: PathParameters,
        _ findings: Findings?, _ handler: @Sendable (borrowing Request) async throws -> Response
    ) async -> Response {
        let matched = Request(
            head: request.head, context: request.context, body: request.body,
            parameters: parameters, findings: findings)
        do {
            return try await handler(matched)
        } catch {
            return problem(error, matched.head, matched.context, number)
        }
    }
}

extension HeadStorage {
    /// Whether a field was received that the rules of any route are about.
    fileprivate var hasRuled: Bool {
        has(.authorization) || has(.idempotencyKey) || has(.forumPosition)
    }
}
