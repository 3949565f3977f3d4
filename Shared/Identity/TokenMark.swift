import Bytes

/// What a remembered token is looked up by: sixteen letters of its signature, 96 bits as good as
/// random. They find a token and prove nothing: who finds one compares all of it.
struct TokenMark: Hashable {
    /// Nothing shorter can be a token.
    static let tokenBytesMin = 18

    private let front: UInt64
    private let back: UInt64

    /// The mark of a token of at least `tokenBytesMin` bytes. The last two letters are left out:
    /// of those some bits are always zero.
    init(_ token: ByteString) {
        precondition(token.count >= TokenMark.tokenBytesMin, "the letters are there")
        let start = token.count - TokenMark.tokenBytesMin
        (front, back) = unsafe token.withBytes { bytes in
            unsafe (
                bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
            )
        }
    }

    /// A number below `count`, evenly spread: the high bits of a product depend on all letters.
    func index(below count: Int) -> Int {
        let spread = (front ^ back) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: (spread >> 32) % UInt64(count))
    }
}
