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
/// reference may `reset` it for the next head, so that a keep-alive connection parses without
/// allocating.
@usableFromInline
package final class HeadStorage: @unchecked Sendable {
    @usableFromInline var buffer = ByteBuffer()
    /// The field lines in the order received.
    package private(set) var lines: [FieldLine] = []
    @usableFromInline var present: UInt64 = 0

    package init() {}

    /// Bytes it keeps room for.
    package var capacity: Int { buffer.capacity }

    /// Forgets the last head and copies the bytes of a new one.
    package func reset(copying head: UnsafeRawBufferPointer) {
        buffer.removeAll()
        unsafe buffer.append(head)
        lines.removeAll(keepingCapacity: true)
        present = 0
    }

    package func append(_ line: FieldLine) {
        lines.append(line)
        present |= line.known.bit
    }

    /// Hands out the list of lines, emptied, so that a parser fills it in place and gives it back
    /// with `fill`.
    func takeLines() -> [FieldLine] {
        var taken: [FieldLine] = []
        swap(&taken, &lines)
        taken.removeAll(keepingCapacity: true)
        return taken
    }

    /// Copies the bytes of a head and keeps the lines read from it.
    func fill(copying head: UnsafeRawBufferPointer, _ section: consuming FieldSection) {
        buffer.removeAll()
        unsafe buffer.append(head)
        present = section.present
        lines = section.lines
    }

    /// Whether a field of this kind was received; one bit test.
    @inlinable package func has(_ known: KnownField) -> Bool { present & known.bit != 0 }

    /// The value of the first field of this kind.
    package func first(_ known: KnownField) -> Slice? {
        guard has(known) else { return nil }
        return lines.first { $0.known == known }?.value
    }

    /// The bytes at `slice`, valid while this storage is not reset.
    @inlinable package func bytes(_ slice: Slice) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(rebasing: buffer.readable[slice.lower..<slice.upper])
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
