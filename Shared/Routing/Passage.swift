import HTTP

/// A request on its way through a gate: what was found out for the handler, and what that means
/// for the answer.
struct Passage: Sendable {
    var visitor = Visitor.stranger

    /// For the handler; nil if there is nothing to tell.
    func findings(_ trust: ProxyTrust) -> Findings? {
        if case .stranger = visitor, trust == .privateNetworks { return nil }
        return Findings(visitor, trust)
    }

    /// Adds to an answer what the rules ask for.
    func complete(_ response: inout Response) {
        if case .stranger = visitor { return }
        // What was made for one caller is nobody else's, unless the handler says that it is.
        if response.fields[.cacheControl] == nil {
            response.fields.append(.cacheControl, CachePolicy.personal.text)
        }
    }
}
