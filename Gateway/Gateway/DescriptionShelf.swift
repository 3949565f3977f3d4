package import Bytes
import Reference
import Routing

/// The last good copy of what each target group says of itself: what a service said that is down
/// now is still true of its API.
package struct DescriptionShelf: Sendable {
    /// A description as it was last read.
    package struct Copy: Sendable, Equatable {
        package let document: ByteString
        /// Its tag, to ask whether there is a newer one; nil if it came without.
        package let etag: String?

        package init(_ document: ByteString, etag: String?) {
            self.document = document
            self.etag = etag
        }
    }

    private static let pages = ProblemPages()
    private var copies: [DescriptionSource: Copy] = [:]

    /// The copy from `source`; nil while there is none.
    subscript(source: DescriptionSource) -> Copy? { copies[source] }

    /// False if that is the copy that was there already.
    mutating func keep(_ copy: Copy, of source: DescriptionSource) -> Bool {
        let isNew = copies[source] != copy
        copies[source] = copy
        return isNew
    }

    /// What a rule answers that shows `sources`.
    func reference(_ sources: [DescriptionSource]) -> Router {
        let parts = sources.map {
            MergedDescription.Part($0.targetGroup, copies[$0]?.document)
        }
        // Every error that these routes have is a problem that they know.
        return Router([ReferenceRoutes(MergedDescription(parts), DescriptionShelf.pages)]) {
            error, route, _ in
            assertionFailure("\(route) failed: \(error)")
        }
    }
}
