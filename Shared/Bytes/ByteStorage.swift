/// Heap bytes in one allocation, shared by a `ByteBuffer` and the `ByteString`s frozen from it.
///
/// Only the one `ByteBuffer` that owns it writes; once frozen nobody does.
@usableFromInline
final class ByteStorage: ManagedBuffer<Int, UInt8> {
    /// Room for at least `capacity` bytes; the header keeps the capacity asked for.
    @inlinable
    static func allocate(capacity: Int) -> ByteStorage {
        let buffer = ByteStorage.create(minimumCapacity: capacity) { _ in capacity }
        return unsafe unsafeDowncast(buffer, to: ByteStorage.self)
    }

    @inlinable var base: UnsafeMutableRawPointer {
        unsafe withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) }
    }
}
