/// Immutable bytes, shared without copying. Equal when the bytes are.
///
/// Sendable because nobody writes to bytes that were frozen.
@usableFromInline
package struct ByteString: @unchecked Sendable, Hashable, ExpressibleByStringLiteral {
    @usableFromInline let storage: ByteStorage?
    @usableFromInline let start: Int
    @usableFromInline package let count: Int

    @inlinable init(storage: ByteStorage?, start: Int, count: Int) {
        self.storage = storage
        self.start = start
        self.count = count
    }

    /// No bytes, no allocation.
    @inlinable package init() { self.init(storage: nil, start: 0, count: 0) }

    /// A copy of `bytes`.
    @inlinable package init(copying bytes: UnsafeRawBufferPointer) {
        var buffer = ByteBuffer(capacity: bytes.count)
        unsafe buffer.append(bytes)
        self = buffer.freeze()
    }

    @inlinable package init(_ bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBytes { unsafe ByteString(copying: $0) }
    }

    /// The UTF-8 bytes of `text`.
    @inlinable package init(_ text: String) {
        var buffer = ByteBuffer(capacity: text.utf8.count)
        buffer.append(text)
        self = buffer.freeze()
    }

    @inlinable package init(stringLiteral text: String) { self.init(text) }

    @inlinable package var isEmpty: Bool { count == 0 }

    /// Lends the bytes for the length of the call.
    @inlinable package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let storage else {
            return try unsafe body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        defer { withExtendedLifetime(storage) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: storage.base + start, count: count))
    }

    /// A part of the same bytes, not copied.
    @inlinable package func slice(from lower: Int, count: Int) -> ByteString {
        precondition(lower >= 0 && count >= 0 && lower + count <= self.count, "a slice lies inside")
        return ByteString(storage: storage, start: start + lower, count: count)
    }

    /// The bytes as text; parts that are not UTF-8 come out as U+FFFD.
    package var text: String { unsafe withBytes { unsafe String(decoding: $0, as: UTF8.self) } }

    package var array: [UInt8] { unsafe withBytes { unsafe Array($0) } }

    @inlinable package static func == (left: ByteString, right: ByteString) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withBytes { a in
            unsafe right.withBytes { b in unsafe a.elementsEqual(b) }
        }
    }

    @inlinable package func hash(into hasher: inout Hasher) {
        unsafe withBytes { unsafe hasher.combine(bytes: $0) }
    }
}
