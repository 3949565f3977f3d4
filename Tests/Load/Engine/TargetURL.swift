/// Where the requests go: an IPv4 address and a port.
struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    let octets: [UInt8]
    let port: UInt16

    var description: String { octets.map { String($0) }.joined(separator: ".") + ":\(port)" }

    /// 127.0.0.0/8 never leaves this machine.
    var isLoopback: Bool { octets.first == 127 }
}

/// One `http://` URL of the command line, its path still a template.
struct TargetURL: Sendable, Equatable {
    let text: String
    let endpoint: Endpoint
    /// What the `Host` field says: the host as written, with the port if one was written.
    let authority: String
    let path: Template

    private static let scheme = "http://"

    init(_ text: String) throws(LoadFailure) {
        guard text.hasPrefix(Self.scheme) else {
            throw .usage("\(text): only http:// URLs are supported")
        }
        let rest = text.dropFirst(Self.scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        guard path.utf8.allSatisfy({ $0 > ASCIIText.space && $0 < 0x7F && $0 != UInt8(ascii: "#") })
        else { throw .usage("\(text): percent-encode spaces, '#' and what is not ASCII") }
        self.text = text
        self.authority = String(authority)
        self.endpoint = try Self.endpoint(of: authority, in: text)
        self.path = try Template(path.hasPrefix("/") ? String(path) : "/" + path)
    }

    private static func endpoint(
        of authority: Substring, in text: String
    ) throws(LoadFailure) -> Endpoint {
        let host = authority.prefix { $0 != ":" }
        var port = 80
        if host.endIndex < authority.endIndex {
            port = ASCIIText.decimal(authority[host.endIndex...].dropFirst().utf8) ?? 0
            guard (1...65535).contains(port) else {
                throw .usage("\(text): the port must be a number from 1 to 65535")
            }
        }
        guard let octets = host == "localhost" ? [127, 0, 0, 1] : octets(of: host) else {
            throw .usage("\(text): the host must be localhost or an IPv4 address")
        }
        return Endpoint(octets: octets, port: UInt16(port))
    }

    private static func octets(of host: Substring) -> [UInt8]? {
        let fields = host.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { ASCIIText.decimal($0.utf8).flatMap(UInt8.init(exactly:)) }
        return fields.count == 4 && numbers.count == 4 ? numbers : nil
    }
}
