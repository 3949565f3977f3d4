import Bytes
package import HTTP

/// Tells the fields that end at this hop from those that go on (RFC 9110 §7.6.1).
///
/// What `Connection` names ends here too, except the fields that say who the client is, what the
/// message is or which request it belongs to: nobody may strip those by naming them.
package struct HopByHop {
    /// Names listed in `Connection`, beside the usual `close` and `keep-alive`.
    private var nominated: [Slice] = []
    private let storage: HeadStorage

    package init(_ storage: HeadStorage) {
        self.storage = storage
        guard storage.has(.connection) else { return }
        for line in storage.lines where line.known == .connection { collect(line.value) }
    }

    /// Whether the field goes on. Framing fields never do: whoever sends on writes his own.
    package func passes(_ line: FieldLine) -> Bool {
        let bit = HopByHop.bit(line.known)
        if HopByHop.removed & bit != 0 { return false }
        if line.known == .other, isProxyField(line.name) { return false }
        if nominated.isEmpty || HopByHop.protected & bit != 0 { return true }
        return !isNominated(line.name) || isIdentity(line)
    }

    private mutating func collect(_ list: Slice) {
        var start = list.lower
        for offset in list.lower...list.upper {
            if offset < list.upper, byte(offset) != UInt8(ascii: ",") { continue }
            let name = trimmed(from: start, to: offset)
            start = offset + 1
            if !name.isEmpty, !isUsual(name) { nominated.append(name) }
        }
    }

    private func trimmed(from lower: Int, to upper: Int) -> Slice {
        var lower = lower
        var upper = upper
        while lower < upper, isBlank(byte(lower)) { lower += 1 }
        while upper > lower, isBlank(byte(upper - 1)) { upper -= 1 }
        return Slice(offset: lower, count: upper - lower)
    }

    private func isUsual(_ name: Slice) -> Bool {
        let bytes = unsafe storage.bytes(name)
        return unsafe ASCII.equals(bytes, lowercase: "close")
            || ASCII.equals(bytes, lowercase: "keep-alive")
    }

    private func isNominated(_ name: Slice) -> Bool {
        nominated.contains { listed in
            listed.count == name.count
                && (0..<Int(name.count)).allSatisfy {
                    ASCII.lowercased(byte(listed.lower + $0))
                        == ASCII.lowercased(byte(name.lower + $0))
                }
        }
    }

    /// `Proxy` and `Proxy-…`: meant for this hop, and a known way to talk programs into a foreign
    /// proxy.
    private func isProxyField(_ name: Slice) -> Bool {
        guard name.count >= 5, ASCII.lowercased(byte(name.lower)) == UInt8(ascii: "p") else {
            return false
        }
        return begins(name, "proxy-") || name.count == 5 && begins(name, "proxy")
    }

    private func isIdentity(_ line: FieldLine) -> Bool {
        line.known == .other
            && (begins(line.name, "x-forwarded-") || begins(line.name, "x-real-ip")
                || begins(line.name, "x-amzn-"))
    }

    private func begins(_ name: Slice, _ lowercase: StaticString) -> Bool {
        guard name.count >= lowercase.utf8CodeUnitCount else { return false }
        let beginning = Slice(offset: name.lower, count: lowercase.utf8CodeUnitCount)
        return unsafe ASCII.equals(storage.bytes(beginning), lowercase: lowercase)
    }

    private func byte(_ offset: Int) -> UInt8 {
        unsafe storage.bytes(Slice(offset: offset, count: 1))[0]
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }

    private static func bit(_ field: KnownField) -> UInt64 { 1 << UInt64(field.rawValue) }

    private static func bits(_ fields: [KnownField]) -> UInt64 {
        fields.reduce(0) { $0 | bit($1) }
    }

    /// Always end here.
    private static let removed = bits([
        .connection, .contentLength, .keepAlive, .proxyAuthenticate, .proxyAuthorization,
        .proxyConnection, .te, .trailer, .transferEncoding, .upgrade,
    ])

    /// Go on even if `Connection` names them.
    private static let protected = bits([
        .authorization, .contentEncoding, .contentType, .cookie, .forwarded, .host,
        .idempotencyKey, .setCookie, .traceparent, .tracestate, .via, .xAmznTraceID,
        .xForwardedFor, .xForwardedPort, .xForwardedProto, .xRequestID,
    ])
}
