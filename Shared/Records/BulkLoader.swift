/// What a service brings to a bulk load: how a line reads and how records are kept.
package protocol BulkLoader: Sendable {
    associatedtype Record: Sendable

    /// The record that one line spells; throws what is wrong with it.
    static func record(_ line: UnsafeRawBufferPointer) throws -> Record

    /// Keeps all records in one commit and tells what became of each, in order; throws if none was
    /// kept.
    func load(_ records: [Record]) async throws -> [BulkOutcome]
}
