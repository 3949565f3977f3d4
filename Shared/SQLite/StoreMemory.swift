/// What a reading connection remembers from one state of the store to the next, so that what many
/// answers show is looked up once and not in each of them.
///
/// It is the connection's own, in one hand at a time like the connection itself, and may hold
/// references that nothing else sees. Its limits are its own business.
package protocol StoreMemory: AnyObject {
    /// Nothing is remembered yet.
    init()

    /// The connection sees another state of the store than when this was asked last: forget what
    /// may have changed. What is remembered afterwards is true for the state that `reader` sees.
    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) throws
}

extension Reader where Self: ~Copyable {
    /// What this connection remembers, true for the state it reads now. Nil where several reads do
    /// not share a state, and in writes, which see what nobody else sees yet.
    package func memory<Memory: StoreMemory>(_ type: Memory.Type) throws -> Memory? {
        guard database.snapshot.isHeld else { return nil }
        let kept = database.memories.firstIndex { $0.type == ObjectIdentifier(type) }
        if let kept, database.memories[kept].state == database.snapshot.number {
            return unsafe unsafeDowncast(database.memories[kept].memory, to: Memory.self)
        }
        let memory = kept.flatMap { database.memories[$0].memory as? Memory } ?? Memory()
        // Noted last: what could not be renewed is asked again.
        try memory.renew(self)
        let renewed = KeptMemory(
            type: ObjectIdentifier(type), memory: memory, state: database.snapshot.number)
        if let kept { database.memories[kept] = renewed } else { database.memories += [renewed] }
        return memory
    }
}

/// A memory, and the number of the state it was renewed for.
struct KeptMemory {
    let type: ObjectIdentifier
    let memory: any StoreMemory
    let state: UInt64
}
