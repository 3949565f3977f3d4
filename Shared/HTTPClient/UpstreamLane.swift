import Reactor

/// The idle connections to one address. Each connection knows its lane, so that only who opens one
/// has to look it up.
final class UpstreamLane {
    let address: SocketAddress
    /// The one used last is at the end.
    var idle: [UpstreamConnection] = []
    /// Whether the pool still finds it: not once it was closed or has run empty.
    var isListed = true

    init(_ address: SocketAddress) { self.address = address }
}
