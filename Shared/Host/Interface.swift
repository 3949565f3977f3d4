import Glibc

/// The network interfaces of this host.
enum Interface {
    /// The first IPv4 address that other hosts can reach: what a service in a container registers.
    /// 127.0.0.1 where there is none.
    static func address() -> String {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&first) == 0 else { return loopback }
        defer { unsafe freeifaddrs(first) }
        var entry = unsafe first
        while let one = unsafe entry {
            if let text = unsafe text(of: one.pointee), text != loopback { return text }
            unsafe entry = one.pointee.ifa_next
        }
        return loopback
    }

    private static let loopback = "127.0.0.1"

    private static func text(of interface: ifaddrs) -> String? {
        guard let address = unsafe interface.ifa_addr,
            unsafe address.pointee.sa_family == sa_family_t(AF_INET),
            unsafe Int32(interface.ifa_flags) & Int32(IFF_LOOPBACK) == 0
        else { return nil }
        let number = unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            unsafe UInt32(bigEndian: $0.pointee.sin_addr.s_addr)
        }
        return "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
    }
}
