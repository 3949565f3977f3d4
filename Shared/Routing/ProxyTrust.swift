import Bytes
import HTTP

/// Whose word about the address of a client is taken: X-Forwarded-For is written by anybody.
package enum ProxyTrust: Sendable {
    /// Nobody's: the peer is the client.
    case nobody
    /// That of peers on this host or in a private network, where the gateway stands.
    case privateNetworks

    /// The client behind a trusted peer is the last entry of X-Forwarded-For: the one the peer
    /// itself has added. Without a readable one it is the peer.
    func client(of head: RequestHead, _ context: RequestContext) -> IPAddress {
        guard self == .privateNetworks, context.peer.isPrivate,
            let line = head.storage.lines.last(where: { $0.known == .xForwardedFor })
        else { return context.peer }
        let value = head.storage.text(line.value)
        let entry = value.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
        return IPAddress(forwarded: entry) ?? context.peer
    }
}

extension IPAddress {
    /// An entry of X-Forwarded-For: an address, with or without a port: `203.0.113.7:1234`,
    /// `[2001:db8::1]:1234`.
    init?(forwarded entry: Substring) {
        let text = entry.filter { $0 != " " && $0 != "\t" }
        if text.hasPrefix("[") {
            self.init(String(text.dropFirst().prefix { $0 != "]" }))
        } else if text.contains("."), text.filter({ $0 == ":" }).count == 1 {
            self.init(String(text.prefix { $0 != ":" }))
        } else {
            self.init(text)
        }
    }
}
