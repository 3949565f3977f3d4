import HTTP

// The way of requests that the rules of their route are about.
extension Router {
    func admit(
        _ number: Int, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters
    ) -> ResponsePlan {
        var passage = Passage()
        do throws(APIError) {
            try gates[number].admit(head, context, settings, &passage)
        } catch {
            var refusal = problem(error, head, context, number)
            passage.complete(&refusal)
            return .respond(refusal)
        }
        return plan(number, head, context, parameters, passage)
    }

    private func plan(
        _ number: Int, _ head: RequestHead, _ context: RequestContext,
        _ parameters: PathParameters, _ passage: Passage
    ) -> ResponsePlan {
        let findings = passage.findings(settings.trust)
        switch runs[number].handler {
        case .immediate(let handler):
            let request = Request(
                head: head, context: context, parameters: parameters, findings: findings)
            var response: Response
            do {
                response = try handler(request)
            } catch {
                response = problem(error, head, context, number)
            }
            passage.complete(&response)
            return .respond(response)
        case .collected(let bytesMax, let handler):
            return .collect(bytesMax: bytesMax) { request in
                var response = await self.answer(request, number, parameters, findings, handler)
                passage.complete(&response)
                return response
            }
        case .streamed(let handler):
            return .stream { request in
                var response = await self.answer(request, number, parameters, findings, handler)
                passage.complete(&response)
                return response
            }
        }
    }
}
