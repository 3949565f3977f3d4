import CLinux
import Glibc

/// An IPv4 address and port. Names are resolved elsewhere: the data path only sees numbers.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address in host byte order: 127.0.0.1 is 0x7f00_0001.
    package let address: UInt32
    package let port: UInt16

    package init(address: UInt32, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// 127.0.0.1, reachable from this host only.
    package static func loopback(_ port: UInt16) -> SocketAddress {
        SocketAddress(address: 0x7f00_0001, port: port)
    }

    /// Dotted-decimal text such as `10.0.0.7`; nil for anything else.
    package init?(_ text: String, port: UInt16) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { $0.count <= 3 ? UInt8($0) : nil }
        guard parts.count == 4, octets.count == 4 else { return nil }
        self.init(address: octets.reduce(0) { $0 << 8 | UInt32($1) }, port: port)
    }

    /// The four numbers without the port.
    package var host: String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }

    package var description: String { "\(host):\(port)" }

    init(_ raw: sockaddr_in) {
        self.init(
            address: UInt32(bigEndian: raw.sin_addr.s_addr), port: UInt16(bigEndian: raw.sin_port))
    }

    var raw: sockaddr_in {
        var raw = sockaddr_in()
        raw.sin_family = sa_family_t(AF_INET)
        raw.sin_port = port.bigEndian
        raw.sin_addr.s_addr = address.bigEndian
        return raw
    }

    /// Lends the address as the system calls want it.
    func withRaw<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var raw = raw
        return unsafe withUnsafePointer(to: &raw) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
