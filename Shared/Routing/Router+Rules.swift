import HTTP

// The way of requests that the rules of their route are about.
extension Router {
    func admit(
        _ number: Int, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters
    ) -> ResponsePlan {
        let gate = gates[number]
        var passage = gate.passage
        do throws(APIError) {
            try gate.admit(head, context, settings, limiter, &passage)
        } catch {
            var refusal = problem(error, head, context, number)
            passage.complete(&refusal) { gates[number].rules.reads($0, for: head) }
            return .respond(refusal)
        }
        return plan(number, head, context, parameters, passage)
    }

    private func plan(
        _ number: Int, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters, _ passage: Passage
    ) -> ResponsePlan {
        switch runs[number].handler {
        case .immediate(let handler):
            if passage.awaited.isEmpty {
                return .respond(answer(head, context, number, parameters, passage, handler))
            }
            return .collect(bytesMax: RoutingLimits.bodyBytesMax) { request in
                await self.answer(request, number, parameters, passage, handler)
            }
        case .collected(let bytesMax, let handler):
            return .collect(bytesMax: bytesMax) { request in
                await self.answer(request, number, parameters, passage, handler)
            }
        case .streamed(let handler):
            return .stream { request in
                await self.answer(request, number, parameters, passage, handler)
            }
        }
    }

    /// Answers here and now.
    private func answer(
        _ head: RequestHead, _ context: RequestContext, _ number: Int,
        _ parameters: PathParameters, _ passage: Passage,
        _ handler: @Sendable (borrowing Request) throws -> Response
    ) -> Response {
        let request = Request(
            head: head, context: context, parameters: parameters,
            findings: passage.findings(settings.trust))
        var response: Response
        do {
            response = try handler(request)
        } catch {
            response = problem(error, head, context, number)
        }
        passage.complete(&response) { gates[number].rules.reads($0, for: head) }
        return response
    }

    /// Answers once everything that is awaited has come, or has not come in time.
    private func answer(
        _ request: borrowing Request, _ number: Int, _ parameters: PathParameters,
        _ passage: Passage, _ handler: @Sendable (borrowing Request) async throws -> Response
    ) async -> Response {
        var passage = passage
        await passage.wait()
        var response = await answer(
            request, number, parameters, passage.findings(settings.trust), handler)
        let head = request.head
        passage.complete(&response) { gates[number].rules.reads($0, for: head) }
        return response
    }
}
