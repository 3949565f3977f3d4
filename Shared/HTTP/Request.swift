package import Bytes

/// What the server knows of a request beside its bytes.
package struct RequestContext: Sendable {
    /// The trace: from `traceparent`, else one made for this request.
    package let trace: TraceContext
    /// Wall-clock arrival, milliseconds since 1970.
    package let arrivedAtMilliseconds: Int64
    /// Who holds the other end of the connection: the client, or the last proxy before us.
    package let peer: IPAddress

    @inlinable package init(
        trace: TraceContext, arrivedAtMilliseconds: Int64, peer: IPAddress
    ) {
        self.trace = trace
        self.arrivedAtMilliseconds = arrivedAtMilliseconds
        self.peer = peer
    }
}

/// One request as a handler sees it. It has one owner: who answers it consumes it.
package struct Request: ~Copyable, Sendable {
    package let head: RequestHead
    package let context: RequestContext
    package let body: RequestBody
    /// What the router found in the path, in the order of the pattern's `{…}`.
    package let parameters: PathParameters
    /// What the router found out about the request before it called the handler; the router alone
    /// knows the type. Nil for most requests.
    package let findings: (any AnyObject & Sendable)?

    package init(
        head: RequestHead, context: RequestContext, body: RequestBody = .empty,
        parameters: PathParameters = PathParameters(),
        findings: (any AnyObject & Sendable)? = nil
    ) {
        self.head = head
        self.context = context
        self.body = body
        self.parameters = parameters
        self.findings = findings
    }

    /// The first value of a field as text.
    package subscript(name: FieldName) -> String? { head[name] }
}

/// The parts of a path that a pattern captured: names from the pattern, places in the head's bytes.
package struct PathParameters: Sendable {
    /// No pattern of a sane API nests deeper.
    package static let countMax = 4
    private var names: [String] = []
    private var slices: (Slice, Slice, Slice, Slice) = (.empty, .empty, .empty, .empty)

    package init() {}

    /// `slices` holds the captures in the order of `names`.
    package init(names: [String], slices: (Slice, Slice, Slice, Slice)) {
        precondition(names.count <= PathParameters.countMax, "a pattern captures at most four")
        self.names = names
        self.slices = slices
    }

    /// Where the capture called `name` lies; nil when the pattern has none of that name.
    package subscript(name: String) -> Slice? {
        switch names.firstIndex(of: name) {
        case 0: slices.0
        case 1: slices.1
        case 2: slices.2
        case 3: slices.3
        default: nil
        }
    }
}
