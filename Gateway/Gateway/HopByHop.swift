import Bytes
package import HTTP

/// Tells the fields that end at this hop from those that go on (RFC 9110 §7.6.1).
///
/// What `Connection` names ends here too, except the fields that say who the client is, what the message is
/// or which request it belongs to: nobody may strip those by naming them. Used while its head is not reset.
@safe package struct HopByHop {
    /// All bytes of the head's fields.
    let bytes: UnsafeRawBufferPointer
    /// Names listed in `Connection`, beside the usual `close` and `keep-alive`.
    private var nominated: [Slice] = []

    package init(_ storage: HeadStorage) {
        unsafe bytes = storage.fieldBytes
        guard storage.has(.connection) else { return }
        for line in storage.lines where line.known == .connection { collect(line.value) }
    }

    /// Whether the field goes on. Framing fields never do: whoever sends on writes his own.
    package func passes(_ line: FieldLine) -> Bool { passes(line, besides: 0) }

    /// The same with further fields left out: `besides` has their bits.
    @inline(__always)
    func passes(_ line: FieldLine, besides: UInt64) -> Bool {
        let bit = line.known.mask
        if (HopByHop.removed | besides) & bit != 0 { return false }
        if line.known == .other, isProxyField(line.name) { return false }
        return nominated.isEmpty || HopByHop.protected & bit != 0 || !isNominated(line)
    }

    private mutating func collect(_ list: Slice) {
        if isUsual(list) { return }
        var start = list.lower
        for offset in list.lower...list.upper {
            if offset < list.upper, unsafe bytes[offset] != UInt8(ascii: ",") { continue }
            let name = trimmed(from: start, to: offset)
            start = offset + 1
            if !name.isEmpty, !isUsual(name) { nominated.append(name) }
        }
    }

    private func trimmed(from lower: Int, to upper: Int) -> Slice {
        var lower = lower
        var upper = upper
        while lower < upper, unsafe isBlank(bytes[lower]) { lower += 1 }
        while upper > lower, unsafe isBlank(bytes[upper - 1]) { upper -= 1 }
        return Slice(offset: lower, count: upper - lower)
    }

    private func isUsual(_ name: Slice) -> Bool {
        equals(name, "keep-alive") || equals(name, "close")
    }

    private func isNominated(_ line: FieldLine) -> Bool {
        !isIdentity(line) && nominated.contains { isSame($0, line.name) }
    }

    private func isSame(_ one: Slice, _ other: Slice) -> Bool {
        guard one.count == other.count else { return false }
        for index in 0..<Int(one.count) {
            let left = unsafe ASCII.lowercased(bytes[one.lower + index])
            let right = unsafe ASCII.lowercased(bytes[other.lower + index])
            if left != right { return false }
        }
        return true
    }

    /// `Proxy` and `Proxy-…`: meant for this hop, and a known way to talk programs into a foreign proxy.
    private func isProxyField(_ name: Slice) -> Bool {
        guard name.count >= 5, unsafe ASCII.lowercased(bytes[name.lower]) == UInt8(ascii: "p")
        else { return false }
        return begins(name, "proxy-") || equals(name, "proxy")
    }

    private func isIdentity(_ line: FieldLine) -> Bool {
        line.known == .other
            && (begins(line.name, "x-forwarded-") || begins(line.name, "x-real-ip")
                || begins(line.name, "x-amzn-"))
    }

    private func begins(_ name: Slice, _ lowercase: StaticString) -> Bool {
        let count = lowercase.utf8CodeUnitCount
        return name.count >= count && equals(Slice(offset: name.lower, count: count), lowercase)
    }

    private func equals(_ name: Slice, _ lowercase: StaticString) -> Bool {
        unsafe ASCII.equals(
            UnsafeRawBufferPointer(rebasing: bytes[name.lower..<name.upper]), lowercase: lowercase)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }

    /// Always end here.
    private static let removed = KnownField.bits([
        .connection, .contentLength, .keepAlive, .proxyAuthenticate, .proxyAuthorization,
        .proxyConnection, .te, .trailer, .transferEncoding, .upgrade,
    ])

    /// Go on even if `Connection` names them.
    private static let protected = KnownField.bits([
        .authorization, .contentEncoding, .contentType, .cookie, .forwarded, .host,
        .idempotencyKey, .setCookie, .traceparent, .tracestate, .via, .xAmznTraceID,
        .xForwardedFor, .xForwardedPort, .xForwardedProto, .xRequestID,
    ])
}

extension KnownField {
    /// The field as one bit of a set.
    @inline(__always)
    var mask: UInt64 { 1 &<< UInt64(rawValue) }

    /// A set of fields, a bit for each.
    static func bits(_ fields: [KnownField]) -> UInt64 { fields.reduce(0) { $0 | $1.mask } }
}
