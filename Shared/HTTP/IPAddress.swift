import Glibc

/// An address of the network layer: IPv6, or IPv4 in its mapped form (RFC 4291 §2.5.5.2).
@usableFromInline
package struct IPAddress: Hashable, Sendable {
    /// The first eight bytes: the network a site was given, and its subnet.
    @usableFromInline package let high: UInt64
    /// The last eight bytes.
    @usableFromInline package let low: UInt64

    @inlinable package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address in host byte order: 127.0.0.1 is 0x7f00_0001.
    @inlinable package init(v4 address: UInt32) {
        self.init(high: 0, low: IPAddress.mappedPrefix | UInt64(address))
    }

    /// The address that `text` spells, alone: no port, no brackets, no zone; nil for anything else.
    package init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if unsafe inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if unsafe inet_pton(AF_INET6, text, &v6) == 1 {
            self = unsafe withUnsafeBytes(of: v6) { raw in
                unsafe IPAddress(
                    high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
        } else {
            return nil
        }
    }

    @inlinable static var mappedPrefix: UInt64 { 0xffff_0000_0000 }

    /// The IPv4 address in host byte order; nil for IPv6.
    package var v4: UInt32? {
        guard high == 0, low >> 32 == 0xffff else { return nil }
        return UInt32(truncatingIfNeeded: low)
    }

    /// As people write it (RFC 5952): `203.0.113.7`, `2001:db8::1`.
    package var text: String {
        var room = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if let v4 {
            var raw = in_addr(s_addr: v4.bigEndian)
            _ = unsafe inet_ntop(AF_INET, &raw, &room, socklen_t(room.count))
        } else {
            var raw = (high.bigEndian, low.bigEndian)
            _ = unsafe inet_ntop(AF_INET6, &raw, &room, socklen_t(room.count))
        }
        let bytes = room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether it is this host's own, or one of a network that nobody outside can send from:
    /// loopback, private use (RFC 1918, RFC 4193), link-local.
    package var isPrivate: Bool {
        guard let v4 else {
            let isLoopback = high == 0 && low == 1
            return isLoopback || high >> 57 == 0xfc >> 1 || high >> 54 == 0xfe80 >> 6
        }
        return v4 >> 24 == 127 || v4 >> 24 == 10 || v4 >> 20 == 0xac1 || v4 >> 16 == 0xc0a8
            || v4 >> 16 == 0xa9fe
    }
}
