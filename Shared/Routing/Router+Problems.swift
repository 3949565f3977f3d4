import Bytes
package import HTTP

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

    func answerUnknown(_ head: RequestHead, _ context: RequestContext) -> Response {
        if head.form == .asterisk, head.method == .options {
            return Response(.noContent, fields: [.allow: Router.allMethods])
        }
        return problem(.notFound("\(head.pathText)"), head, context)
    }

    func answerMethod(
        _ head: RequestHead, _ context: RequestContext, allow: String
    ) -> Response {
        if head.method == .options { return Response(.noContent, fields: [.allow: allow]) }
        var error = APIError(
            .methodNotAllowed, "\(head.method.name) is not among: \(allow)")
        error.fields = [.allow: allow]
        return problem(error, head, context)
    }

    /// The answer to what a handler threw. Unknown errors are reported once and shown as nothing.
    func problem(
        _ thrown: any Error, _ head: RequestHead, _ context: RequestContext, _ number: Int
    ) -> Response {
        let known = (thrown as? any APIErrorConvertible)?.apiError
        if let known, known.code != .internal { return problem(known, head, context) }
        let place = "\(routes[number].method.name) \(routes[number].pattern.text)"
        onUnexpected(thrown, place, context.trace)
        let shown = APIError(.internal, "something went wrong; it has been reported")
        return problem(shown, head, context)
    }

    func problem(
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

    /// The module that has the path, whatever the method; for an unknown path the one with whose
    /// prefix it starts. So would the listener rules in front of the split services choose: one
    /// process and three name the same service.
    private func service(of head: RequestHead) -> String {
        let path = unsafe head.storage.bytes(head.path)
        var captures = RouteTable.Captures()
        if let leaf = unsafe table.leaf(path, offset: head.path.lower, &captures) {
            return modules[owners[table.anyRoute(leaf)]].name
        }
        let owner = modules.first { unsafe path.starts(with: $0.prefix) }
        return (owner ?? modules[0]).name
    }
}
