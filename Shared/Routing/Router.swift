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

    private let modules: [Module]
    private let routes: [Route]
    private let table: RouteTable
    private let onUnexpected: Report

    private struct Module {
        let name: String
        let prefix: [UInt8]
    }

    /// The first module is the default: it answers, in problems, for paths that are nobody's.
    package init(_ modules: [any ServiceModule], onUnexpected: @escaping Report) {
        precondition(!modules.isEmpty, "a router has at least one module")
        self.modules = modules.map { Module(name: $0.name, prefix: Array($0.prefix.utf8)) }
        routes = modules.flatMap(\.routes)
        table = RouteTable(routes)
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
        let route = routes[number]
        do throws(APIError) {
            try route.media.check(head)
        } catch {
            return .respond(problem(error, head, context, route))
        }
        let parameters = PathParameters(names: route.names, slices: captures.slices)
        return plan(route, head, context, parameters)
    }

    private func plan(
        _ route: Route, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters
    ) -> ResponsePlan {
        switch route.handler {
        case .immediate(let handler):
            let request = Request(head: head, context: context, parameters: parameters)
            do {
                return .respond(try handler(request))
            } catch {
                return .respond(problem(error, head, context, route))
            }
        case .collected(let bytesMax, let handler):
            return .collect(bytesMax: bytesMax) { request in
                await self.answer(request, route, parameters, handler)
            }
        case .streamed(let handler):
            return .stream { request in
                await self.answer(request, route, parameters, handler)
            }
        }
    }

    private func answer(
        _ request: borrowing Request, _ route: Route, _ parameters: PathParameters,
        _ handler: @Sendable (borrowing Request) async throws -> Response
    ) async -> Response {
        let matched = Request(
            head: request.head, context: request.context, body: request.body,
            parameters: parameters)
        do {
            return try await handler(matched)
        } catch {
            return problem(error, matched.head, matched.context, route)
        }
    }
}

// What is answered when no handler answers.
extension Router {
    /// The problem of a broken rule: with a slug where the list has one, else `about:blank`.
    package func refuse(
        _ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext
    ) -> Response {
        let problem = Problem(
            fault, instance: head?.pathText, service: head.map(service) ?? modules[0].name,
            trace: context.trace)
        let isMethod = fault.status == .methodNotAllowed
        return problem.response(isMethod ? [.allow: Router.allMethods] : Fields())
    }

    /// Every method that any route may have: the same from one service as from all of them.
    private static let allMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"

    private func answerUnknown(_ head: RequestHead, _ context: RequestContext) -> Response {
        if head.form == .asterisk, head.method == .options {
            return Response(.noContent, fields: [.allow: Router.allMethods])
        }
        return problem(.notFound("\(head.pathText)"), head, context)
    }

    private func answerMethod(
        _ head: RequestHead, _ context: RequestContext, allow: String
    ) -> Response {
        if head.method == .options { return Response(.noContent, fields: [.allow: allow]) }
        var error = APIError(
            .methodNotAllowed, "\(head.method.name) is not among: \(allow)")
        error.fields = [.allow: allow]
        return problem(error, head, context)
    }

    /// The answer to what a handler threw. Unknown errors are reported once and shown as nothing.
    private func problem(
        _ thrown: any Error, _ head: RequestHead, _ context: RequestContext, _ route: Route
    ) -> Response {
        let known = (thrown as? any APIErrorConvertible)?.apiError
        if let known, known.code != .internal { return problem(known, head, context) }
        let place = "\(route.method.name) \(route.pattern.text)"
        onUnexpected(thrown, place, context.trace)
        let shown = APIError(.internal, "something went wrong; it has been reported")
        return problem(shown, head, context)
    }

    private func problem(
        _ error: APIError, _ head: RequestHead, _ context: RequestContext
    ) -> Response {
        var problem = Problem(
            error.code, detail: error.detail, instance: head.pathText, service: service(of: head),
            trace: context.trace)
        problem.errors = error.errors
        problem.extensions = error.extensions
        var fields = error.fields
        if let seconds = error.retryAfterSeconds { fields[.retryAfter] = "\(seconds)" }
        return problem.response(fields)
    }

    /// The module whose prefix the path starts with, as the listener rules in front of the split
    /// services would choose: so one process and three name the same service.
    private func service(of head: RequestHead) -> String {
        let path = unsafe head.storage.bytes(head.path)
        let owner = modules.first { unsafe path.starts(with: $0.prefix) }
        return (owner ?? modules[0]).name
    }
}
