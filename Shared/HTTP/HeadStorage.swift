// Public, so that the look into a head can be inlined into other modules: a proxy does it for each
// field.
public import Bytes

/// Where one field line lies in the bytes of its head.
@usableFromInline
package struct FieldLine: Sendable {
    @usableFromInline package let known: KnownField
    @usableFromInline package let name: Slice
    @usableFromInline package let value: Slice

    @inlinable package init(known: KnownField, name: Slice, value: Slice) {
        self.known = known
        self.name = name
        self.value = value
    }
}

/// The bytes of one head and where its fields lie.
///
/// A parser fills it, then it is only read and may cross isolation. Whoever holds the only
/// reference may have it filled again for the next head, so that a keep-alive connection parses
/// without allocating.
@usableFromInline
package final class HeadStorage: @unchecked Sendable {
    @usableFromInline let contents = Confined(Contents())

    @usableFromInline
    struct Contents: ~Copyable {
        @usableFromInline var buffer = ByteBuffer()
        @usableFromInline var lines: [FieldLine] = []
        @usableFromInline var present: UInt64 = 0
        /// Of a request's head; nothing of an answer's.
        @usableFromInline var request = RequestHead.Facts()
    }

    package init() {}

    /// The field lines in the order received.
    @inlinable package var lines: [FieldLine] { _read { yield contents.value.lines } }

    /// Bytes it keeps room for.
    package var capacity: Int { contents.value.buffer.capacity }

    /// Hands out the list of lines, emptied, so that a parser fills it in place and gives it back
    /// with `fill`.
    func takeLines() -> [FieldLine] {
        var taken: [FieldLine] = []
        swap(&taken, &contents.value.lines)
        taken.removeAll(keepingCapacity: true)
        return taken
    }

    /// Copies the bytes of a head and keeps the lines read from it.
    func fill(copying head: UnsafeRawBufferPointer, _ section: consuming FieldSection) {
        contents.value.buffer.removeAll()
        unsafe contents.value.buffer.append(head)
        contents.value.present = section.present
        contents.value.lines = section.takeLines()
    }

    /// Whether a field of this kind was received; one bit test.
    @inlinable package func has(_ known: KnownField) -> Bool {
        contents.value.present & known.bit != 0
    }

    /// The value of the first field of this kind.
    package func first(_ known: KnownField) -> Slice? {
        guard has(known) else { return nil }
        return lines.first { $0.known == known }?.value
    }

    /// The bytes at `slice`, valid while this storage is not reset.
    @inlinable package func bytes(_ slice: Slice) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(
            rebasing: contents.value.buffer.readable[slice.lower..<slice.upper])
    }

    /// The bytes at `slice` as text: for the edges, not for the hot path.
    package func text(_ slice: Slice) -> String {
        unsafe String(decoding: bytes(slice), as: UTF8.self)
    }

    /// The first value of the field named `name` as text, in any case.
    package func text(_ name: FieldName) -> String? {
        if name.known != .other { return first(name.known).map(text) }
        let lowercase = name.text.lowercased()
        return lines.first { $0.known == .other && text($0.name).lowercased() == lowercase }
            .map { text($0.value) }
    }
}
