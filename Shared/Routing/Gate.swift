import HTTP

/// The door of one route: asks what its rules ask, from the head alone. A class, so that going
/// through counts one reference.
final class Gate: Sendable {
    let rules: RouteRules
    let media: RequestMedia
    let progress: (any SourceProgress)?

    init(rules: RouteRules, media: RequestMedia, progress: (any SourceProgress)?) {
        self.rules = rules
        self.media = media
        self.progress = progress
    }

    /// Nothing is known yet.
    var passage: Passage { Passage(sources: rules.sources, progress: progress) }

    /// Fills `passage` with what was found out; throws the answer to whoever may not pass.
    func admit(
        _ head: RequestHead, _ context: RequestContext, _ settings: RouterSettings,
        _ limiter: RateLimiter, _ passage: inout Passage
    ) throws(APIError) {
        let visitor = try visitor(head, context, settings)
        passage.visitor = visitor
        try rules.access.check(
            visitor, head, now: context.arrivedAtMilliseconds,
            hasOperator: settings.isOperator != nil)
        passage.rate = rate(visitor, head, context, limiter, settings.trust)
        try passage.rate?.require()
        try media.check(head)
        if rules.needsMatch, !head.storage.has(.ifMatch) {
            throw APIError(
                .preconditionRequired, "send the ETag of what you know as If-Match")
        }
        if try head.idempotencyKey() != nil, rules.repetition == .refused {
            throw .malformed("this takes no Idempotency-Key: a body of any size is not kept")
        }
        if head.storage.has(.forumPosition) {
            passage.awaited = try SourcePosition.all(in: head).filter { wanted in
                guard let progress else { return false }
                return !progress.hasReached(wanted.position, of: wanted.source)
            }
        }
    }

    private func visitor(
        _ head: RequestHead, _ context: RequestContext, _ settings: RouterSettings
    ) throws(APIError) -> Visitor {
        guard head.storage.has(.authorization) else { return .stranger }
        if let isOperator = settings.isOperator, let token = head.bearerToken, isOperator(token) {
            return .operator
        }
        guard rules.access != .operator, let authenticator = settings.authenticator else {
            return .stranger
        }
        let now = context.arrivedAtMilliseconds
        let caller = try authenticator.caller(head, nowMilliseconds: now)
        return caller.map { .caller($0) } ?? .stranger
    }

    private func rate(
        _ visitor: Visitor, _ head: RequestHead, _ context: RequestContext,
        _ limiter: RateLimiter, _ trust: ProxyTrust
    ) -> RateVerdict? {
        guard let bucket = rules.bucket else { return nil }
        let now = context.arrivedAtMilliseconds
        switch visitor {
        case .operator: return nil
        case .stranger:
            let address = trust.client(of: head, context)
            return limiter.take(bucket, for: .network(address), nowMilliseconds: now)
        case .caller(let caller):
            let age = caller.joinedAtMilliseconds.map { now - $0 }
            let isYoung = age.map { $0 < RateQuotas.youngMilliseconds } ?? false
            return limiter.take(
                bucket, for: .user(caller.user), isYoung: isYoung, nowMilliseconds: now)
        }
    }
}
