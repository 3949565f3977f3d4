/// Answers requests: the seam between an HTTP server and what it serves.
package protocol Responder: Sendable {
    /// Called on the loop as soon as a head is parsed; must not block.
    func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan

    /// The answer to a request that broke a rule or a limit; `head` is nil when it was not even
    /// readable.
    func refuse(_ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext) -> Response
}

/// What is to happen with a request, decided from its head alone.
package enum ResponsePlan: Sendable {
    /// The answer is known now; a body, if one follows, is read and dropped within bounds.
    case respond(Response)
    /// Call once the whole body is here; more than `bytesMax` is answered with 413 instead.
    case collect(bytesMax: Int, @Sendable (consuming Request) async -> Response)
    /// Call at once; the handler reads the body as it arrives.
    case stream(@Sendable (consuming Request) async -> Response)
}
