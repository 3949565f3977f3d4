import Bytes

/// The Expect field (RFC 9110 §10.1.1): only `100-continue` can be met.
enum Expectation {
    /// Whether the client waits for `100 Continue`; HTTP/1.0 clients cannot, and are not believed.
    @inline(__always)
    static func check(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer, minorVersion: UInt8
    ) throws(HTTPFault) -> Bool {
        guard let value = section.first(.expect) else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: head[value.lower..<value.upper])
        guard !section.isRepeated(.expect), unsafe ASCII.equals(bytes, lowercase: "100-continue")
        else {
            throw HTTPFault(
                .expectationFailed, "expectation-failed",
                "the only expectation that can be met is 100-continue")
        }
        return minorVersion > 0
    }
}
