import Bytes
import Synchronization

/// The body of a bulk request: a piece that was made before it began, then the rest of the section.
final class LoadBody: Sendable {
    private let load: SectionLoad
    private let first: Mutex<ByteString?>

    init(_ load: SectionLoad, _ first: ByteString) {
        self.load = load
        self.first = Mutex(first)
    }

    /// The next piece; nil at the end.
    func next() -> ByteString? {
        let held = first.withLock { first in
            defer { first = nil }
            return first
        }
        return held ?? load.next()
    }
}
