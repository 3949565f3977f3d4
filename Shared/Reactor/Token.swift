/// A place in a loop's table and which tenant of that place is meant.
///
/// Tasks hold tokens instead of connections: once the tenant is gone the token finds nothing. It
/// also rides in the poller's user data, so that an event for a descriptor that was closed and
/// reused is dropped.
package struct Token: Hashable, Sendable {
    package let slot: UInt32
    package let generation: UInt32

    @inlinable package init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    @inlinable init(packed: UInt64) {
        self.init(slot: UInt32(truncatingIfNeeded: packed), generation: UInt32(packed >> 32))
    }

    @inlinable var packed: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}
