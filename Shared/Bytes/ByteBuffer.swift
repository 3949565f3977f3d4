/// Bytes that grow at the end and are taken from the front. One owner, one allocation, none while
/// empty.
///
/// Appending is amortised constant time; `consume` moves no bytes until room is needed.
@usableFromInline
package struct ByteBuffer: ~Copyable {
    @usableFromInline var storage: ByteStorage?
    @usableFromInline var start = 0
    @usableFromInline var end = 0
    /// Bytes the allocation holds; 0 while there is none.
    @usableFromInline package internal(set) var capacity = 0

    /// Empty; allocates only if `capacity` is above zero.
    @inlinable package init(capacity: Int = 0) {
        if capacity > 0 {
            storage = ByteStorage.allocate(capacity: capacity)
            self.capacity = capacity
        }
    }

    @inlinable package var count: Int { end - start }
    @inlinable package var isEmpty: Bool { end == start }

    /// The bytes now held. Valid until the next mutation of this buffer.
    @inlinable package var readable: UnsafeRawBufferPointer {
        guard let storage else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
        return unsafe UnsafeRawBufferPointer(start: storage.base + start, count: end - start)
    }

    /// Makes room for `bytes` more, moving or growing at most once.
    @inlinable package mutating func reserve(_ bytes: Int) {
        if capacity - end < bytes { makeRoom(bytes) }
    }

    @usableFromInline
    mutating func makeRoom(_ bytes: Int) {
        let held = count
        if let storage, start > 0, capacity - held >= bytes, start >= held {
            unsafe storage.base.copyMemory(from: storage.base + start, byteCount: held)
        } else {
            let grown = max(64, max(held + bytes, capacity * 2))
            let next = ByteStorage.allocate(capacity: grown)
            if let storage, held > 0 {
                unsafe next.base.copyMemory(from: storage.base + start, byteCount: held)
            }
            storage = next
            capacity = grown
        }
        start = 0
        end = held
    }

    /// Lends room for at least `minimum` bytes at the end; `body` answers how many it filled.
    @inlinable package mutating func withRoom<Failure: Error>(
        _ minimum: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        reserve(minimum)
        guard let storage else { return }
        let room = unsafe UnsafeMutableRawBufferPointer(
            start: storage.base + end, count: capacity - end)
        let filled = try unsafe body(room)
        precondition(filled >= 0 && filled <= room.count, "no more is filled than was lent")
        end += filled
    }

    @inlinable package mutating func append(_ byte: UInt8) {
        if end == capacity { makeRoom(1) }
        unsafe storage.unsafelyUnwrapped.base.storeBytes(
            of: byte, toByteOffset: end, as: UInt8.self)
        end += 1
    }

    @inlinable package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        unsafe (storage.unsafelyUnwrapped.base + end).copyMemory(
            from: source, byteCount: bytes.count)
        end += bytes.count
    }

    @inlinable package mutating func append(_ bytes: ByteString) {
        unsafe bytes.withBytes { unsafe append($0) }
    }

    @inlinable package mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe append($0) }
    }

    /// ASCII or UTF-8 text known when the program is built.
    @inlinable @inline(__always)
    package mutating func append(_ text: StaticString) {
        precondition(text.hasPointerRepresentation, "a static text has bytes")
        unsafe append(
            UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The UTF-8 bytes of `text`.
    @inlinable package mutating func append(_ text: some StringProtocol) {
        let stored: Void? = text.utf8.withContiguousStorageIfAvailable {
            unsafe append(UnsafeRawBufferPointer($0))
        }
        if stored == nil { for byte in text.utf8 { append(byte) } }
    }

    /// The number in decimal, without padding.
    @inlinable package mutating func append(decimal number: some FixedWidthInteger) {
        unsafe withRoom(DecimalText.digitsMax) { room in
            unsafe DecimalText.write(Int64(number), into: room)
        }
    }

    /// Drops `bytes` bytes from the front.
    @inlinable package mutating func consume(_ bytes: Int) {
        precondition(bytes <= count, "no more is consumed than is held")
        start += bytes
        if start == end { start = 0; end = 0 }
    }

    /// Drops all bytes and keeps the allocation.
    @inlinable package mutating func removeAll() { start = 0; end = 0 }

    /// Drops all bytes and the allocation with them.
    @inlinable package mutating func release() {
        storage = nil
        start = 0; end = 0; capacity = 0
    }

    /// Overwrites bytes already appended, for a length that is known only afterwards.
    @inlinable package mutating func overwrite(at offset: Int, with byte: UInt8) {
        precondition(offset >= 0 && offset < count, "only what is held is overwritten")
        unsafe storage.unsafelyUnwrapped.base.storeBytes(
            of: byte, toByteOffset: start + offset, as: UInt8.self)
    }

    /// The bytes as an immutable value, without copying.
    @inlinable package consuming func freeze() -> ByteString {
        guard let storage, end > start else { return ByteString() }
        return ByteString(storage: storage, start: start, count: end - start)
    }
}
