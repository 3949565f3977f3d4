/// The bytes of a request, made once where nothing in them changes.
struct RequestTemplate: Sendable {
    let url: TargetURL
    let method: String
    private let head: [Template]
    private let body: Template?
    /// Set when no part is random: then a request costs no work at all before `send`.
    private(set) var fixed: [UInt8]?

    /// - Parameter headers: `Name: value` as it goes on the wire; may hold random places too.
    init(
        method: String, url: TargetURL, headers: [String], body: [UInt8]?
    ) throws(LoadFailure) {
        self.url = url
        self.method = method
        var head = [try Template("\(method) "), url.path, try Template(" HTTP/1.1\r\n")]
        if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) {
            head.append(try Template("Host: \(url.authority)\r\n"))
        }
        for header in headers { head.append(try Template(header + "\r\n")) }
        self.head = head
        self.body = if let body { try Template(bytes: body) } else { nil }
        guard head.allSatisfy(\.isFixed), self.body?.isFixed != false else { return }
        var generator = SeededGenerator(seed: 0)
        var scratch = RequestScratch()
        render(into: &scratch, using: &generator)
        fixed = scratch.request
    }

    /// An answer to HEAD has no body, whatever its fields say.
    var isHead: Bool { method == "HEAD" }

    /// Writes one request with fresh numbers into `scratch.request`.
    func render(into scratch: inout RequestScratch, using generator: inout SeededGenerator) {
        scratch.request.removeAll(keepingCapacity: true)
        scratch.body.removeAll(keepingCapacity: true)
        for part in head { part.append(to: &scratch.request, using: &generator) }
        if let body {
            body.append(to: &scratch.body, using: &generator)
            scratch.request.append(contentsOf: "Content-Length: ".utf8)
            ASCIIText.append(scratch.body.count, to: &scratch.request)
            scratch.request.append(contentsOf: "\r\n".utf8)
        }
        scratch.request.append(contentsOf: "\r\n".utf8)
        scratch.request.append(contentsOf: scratch.body)
    }
}

/// Memory that a worker lends to each rendering, so that a request allocates nothing.
struct RequestScratch {
    var request: [UInt8] = []
    var body: [UInt8] = []
}
