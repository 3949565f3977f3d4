package import HTTP

/// What the router found out about a request before it called the handler. Most requests have none.
final class Findings: Sendable {
    let visitor: Visitor
    let trust: ProxyTrust

    init(_ visitor: Visitor, _ trust: ProxyTrust) {
        self.visitor = visitor
        self.trust = trust
    }

    var isStranger: Bool {
        if case .stranger = visitor { true } else { false }
    }
}

// What handlers ask about who sends a request.
extension Request {
    /// Who sends it; nil for a stranger and for the operator.
    package var caller: Caller? {
        guard let findings = findings as? Findings, case .caller(let caller) = findings.visitor
        else { return nil }
        return caller
    }

    /// Whether it came with the admin secret.
    package var isOperator: Bool {
        guard let findings = findings as? Findings, case .operator = findings.visitor else {
            return false
        }
        return true
    }

    /// The caller, on a route that a member needs; throws 401 for a stranger, 403 for the
    /// operator, who has no account.
    package func member() throws(APIError) -> Caller {
        if let caller { return caller }
        throw isOperator ? .needsAccount : .needsSignIn
    }

    /// Where the request comes from: the peer, or what the gateway in front of us says.
    package var clientAddress: IPAddress {
        let trust = (findings as? Findings)?.trust ?? .privateNetworks
        return trust.client(of: head, context)
    }
}
