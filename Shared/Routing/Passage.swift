import HTTP

/// A request on its way through a gate: what was found out for the handler, and what that means
/// for the answer.
struct Passage: Sendable {
    var visitor = Visitor.stranger
    /// What the quota of the route says.
    var rate: RateVerdict?
    /// What the client knows of and has not arrived here.
    var awaited: [SourcePosition] = []
    /// The sources that the answer is made from.
    let sources: [String]
    let progress: (any SourceProgress)?

    /// For the handler; nil if there is nothing to tell.
    func findings(_ trust: ProxyTrust) -> Findings? {
        if case .stranger = visitor, trust == .privateNetworks { return nil }
        return Findings(visitor, trust)
    }

    /// Waits for what is awaited, within bounds; what has not come by then is still awaited.
    mutating func wait() async {
        guard let progress, !awaited.isEmpty else { return }
        let asked = awaited
        awaited = await withTaskGroup(of: SourcePosition?.self) { group in
            for position in asked {
                group.addTask {
                    let hasCome = await progress.wait(
                        until: position.position, of: position.source,
                        milliseconds: RoutingLimits.positionMilliseconds)
                    return hasCome ? nil : position
                }
            }
            return await group.reduce(into: []) { missed, one in
                if let one { missed.append(one) }
            }
        }
    }

    /// Adds to an answer what the rules ask for. `isShown` is asked of sources that are behind:
    /// whether this answer is made from them.
    func complete(_ response: inout Response, isShown: (_ source: String) -> Bool) {
        rate?.write(into: &response.fields)
        if let progress, !sources.isEmpty || !awaited.isEmpty {
            addStaleness(progress, &response, isShown)
        }
        if case .stranger = visitor { return }
        // What was made for one caller is nobody else's, unless the handler says that it is.
        if response.fields[.cacheControl] == nil {
            response.fields.append(.cacheControl, CachePolicy.personal.text)
        }
    }

    /// Names the sources that are behind, and those that the client knows more of than we do.
    private func addStaleness(
        _ progress: any SourceProgress, _ response: inout Response, _ isShown: (String) -> Bool
    ) {
        var text = ""
        for source in sources {
            guard let seconds = progress.stalenessSeconds(of: source), isShown(source) else {
                continue
            }
            Passage.name(source, seconds, in: &text)
        }
        let late = awaited.map(\.source)
        for (index, source) in late.enumerated() where !late[..<index].contains(source) {
            let seconds = progress.stalenessSeconds(of: source)
            let isNamed = seconds != nil && sources.contains(source) && isShown(source)
            if !isNamed { Passage.name(source, seconds ?? 0, in: &text) }
        }
        if !text.isEmpty { response.fields.append(.forumStaleness, text) }
    }

    /// Two sources.
    private static let stalenessBytesUsual = 40

    private static func name(_ source: String, _ seconds: Int, in text: inout String) {
        if text.isEmpty { text.reserveCapacity(stalenessBytesUsual) } else { text += ", " }
        text += source
        text += ";age="
        text += String(seconds)
    }
}
