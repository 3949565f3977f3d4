/// A place on the heap for what its one owner alone touches, freed with the owner.
///
/// Swift checks while a program runs that two accesses to a property of a class never overlap.
/// A connection passed fifty such checks a request, a third of its instructions. What lives here
/// is not checked: the owner promises that nobody who is called during an access, such as a
/// handler, comes back to the same value before the access has ended.
@safe @usableFromInline
package struct Confined<Value: ~Copyable>: ~Copyable {
    @usableFromInline let place: UnsafeMutablePointer<Value>

    /// Keeps `value` in a place of its own.
    @inlinable package init(_ value: consuming Value) {
        unsafe place = .allocate(capacity: 1)
        unsafe place.initialize(to: value)
    }

    deinit {
        unsafe place.deinitialize(count: 1)
        unsafe place.deallocate()
    }

    /// The value itself, read and changed where it lies.
    @inlinable package var value: Value {
        @inline(__always) _read { yield unsafe place.pointee }
        @inline(__always) nonmutating _modify { yield unsafe &place.pointee }
    }
}
