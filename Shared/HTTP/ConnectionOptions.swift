import Bytes

/// What the Connection fields of a head say about the connection (RFC 9112 §9.3).
struct ConnectionOptions {
    private(set) var saysClose = false
    private(set) var saysKeepAlive = false

    @inline(__always)
    init(_ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer) {
        if section.has(.connection) { unsafe read(section, head) }
    }

    private mutating func read(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer
    ) {
        for line in section.lines where line.known == .connection {
            var tokens = FieldTokens(line.value)
            while let token = unsafe tokens.next(head) {
                let option = unsafe UnsafeRawBufferPointer(
                    rebasing: head[token.lower..<token.upper])
                if unsafe ASCII.equals(option, lowercase: "close") { saysClose = true }
                if unsafe ASCII.equals(option, lowercase: "keep-alive") { saysKeepAlive = true }
            }
        }
    }

    /// Whether the sender lets the connection be used again: unless it says close, and in HTTP/1.0
    /// only if it asks.
    func persists(minorVersion: UInt8) -> Bool {
        !saysClose && (minorVersion > 0 || saysKeepAlive)
    }
}
