import Bytes

/// The rule of one Host: exactly one valid in HTTP/1.1, at most one in HTTP/1.0 (RFC 9112 §3.2).
enum HostField {
    /// The value of the field; empty if there is none, which only HTTP/1.0 allows.
    @inline(__always)
    static func check(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer, minorVersion: UInt8
    ) throws(HTTPFault) -> Slice {
        guard let value = section.first(.host) else {
            if minorVersion == 0 { return .empty }
            throw HTTPFault(.badRequest, "host-missing", "an HTTP/1.1 request needs a Host field")
        }
        guard !section.isRepeated(.host) else {
            throw HTTPFault(.badRequest, "host-repeated", "the request has two Host fields")
        }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: head[value.lower..<value.upper])
        guard unsafe Authority.isValid(bytes) else {
            throw HTTPFault(
                .badRequest, "bad-host", "the Host field must be one host with an optional port")
        }
        return value
    }
}
