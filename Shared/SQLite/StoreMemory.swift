/// What a reading connection remembers from one state of the store to the next, so that what many
/// answers show is looked up once and not in each of them.
///
/// It is the connection's own, in one hand at a time like the connection itself, and may hold
/// references that nothing else sees. Its limits are its own business.
@usableFromInline package protocol StoreMemory: AnyObject {
    /// Nothing is remembered yet.
    init()

    /// The connection sees another state of the store than when this was asked last: forget what
    /// may have changed. What is remembered afterwards is true for the state that `reader` sees.
    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) throws
}

extension Reader where Self: ~Copyable {
    /// What this connection remembers, true for the state it reads now. Nil where several reads do
    /// not share a state, and in writes, which see what nobody else sees yet.
    @inlinable package func memory<Memory: StoreMemory>(_ type: Memory.Type) throws -> Memory? {
        guard database.snapshot.isHeld else { return nil }
        let (wanted, state) = (ObjectIdentifier(type), database.snapshot.number)
        let place = database.memories.place(of: wanted)
        if let kept = database.memories[place], kept.state == state {
            return unsafe unsafeDowncast(kept.memory, to: Memory.self)
        }
        let memory = database.memories[place]?.memory as? Memory ?? Memory()
        // Noted last: what could not be renewed is asked again.
        try memory.renew(self)
        database.memories[place] = KeptMemory(type: wanted, memory: memory, state: state)
        return memory
    }
}

/// A memory, and the number of the state it was renewed for.
@usableFromInline
struct KeptMemory {
    @usableFromInline let type: ObjectIdentifier
    @usableFromInline let memory: AnyObject
    @usableFromInline let state: UInt64

    @inlinable init(type: ObjectIdentifier, memory: AnyObject, state: UInt64) {
        self.type = type
        self.memory = memory
        self.state = state
    }
}

/// The memories of one connection, one of each type. It lies beside the connection and not in an
/// array of it, which would count references each time it is looked at: reads do so several times.
@safe @usableFromInline
struct MemoryShelf {
    /// As many as any service has, and some more.
    @usableFromInline static let placesMax = 8

    @usableFromInline let places = UnsafeMutablePointer<KeptMemory?>.allocate(capacity: placesMax)

    init() { unsafe places.initialize(repeating: nil, count: MemoryShelf.placesMax) }

    /// To be called once, when the connection ends.
    func clear() {
        unsafe places.deinitialize(count: MemoryShelf.placesMax)
        unsafe places.deallocate()
    }

    /// Where the memory of this type is, or will be.
    @inlinable func place(of type: ObjectIdentifier) -> Int {
        var place = 0
        while let taken = unsafe places[place]?.type, taken != type {
            place += 1
            precondition(place < MemoryShelf.placesMax, "few types remember something")
        }
        return place
    }

    @inlinable subscript(place: Int) -> KeptMemory? {
        get { unsafe places[place] }
        nonmutating set { unsafe places[place] = newValue }
    }
}
