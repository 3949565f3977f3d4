package import Bytes
import HTTP
import JSON
package import Routing

/// One description of the API (OpenAPI 3.1), put together from those of several services. Equal
/// parts make equal bytes, wherever they are put together.
package struct MergedDescription: Sendable {
    /// What one service says of itself.
    package struct Part: Sendable {
        /// As problems call the service.
        package let name: String
        /// Its own description; nil while nothing is known of it.
        package let document: ByteString?

        package init(_ name: String, _ document: ByteString?) {
            self.name = name
            self.document = document
        }
    }

    /// Nil while no service has said anything.
    private let made: (bytes: ByteString, etag: ETag)?

    /// A part that cannot be read counts as one that is not there: what is left out is said in the
    /// description.
    package init(_ parts: [Part]) {
        var documents: [JSONValue] = []
        var missing: [String] = []
        for part in parts {
            // What is wrong with it is the service's own business; here it is missing.
            if let bytes = part.document, let document = try? JSONValue.parse(bytes) {
                documents.append(document)
            } else {
                missing.append(part.name)
            }
        }
        guard !documents.isEmpty else {
            made = nil
            return
        }
        documents.append(MergedDescription.own)
        let bytes = DescriptionMerger(documents).write(leavingOut: missing)
        made = (bytes, ETag(hashing: bytes))
    }

    /// What one process knows of its own modules.
    package init(of modules: [any ServiceModule]) {
        self.init(modules.map { Part($0.name, OpenAPI.document([$0], title: $0.name)) })
    }

    func answer(to request: borrowing Request) throws -> Response {
        guard let made else {
            throw APIError(.serviceUnavailable, "no service has described itself yet; try again")
        }
        if request.isHeld(made.etag) { return .notModified(made.etag) }
        return .json(made.bytes, etag: made.etag)
    }

    /// The routes of the front door itself.
    private static let own: JSONValue = {
        let bytes = OpenAPI.document([FrontDoor()], title: "forum")
        guard let document = try? JSONValue.parse(bytes) else {
            preconditionFailure("what is written as JSON is JSON")
        }
        return document
    }()

    /// The routes as a service, to be described: they answer nothing here.
    private struct FrontDoor: ServiceModule {
        let name = "forum"
        let prefix = "/problems/"
        var routes: [Route] {
            ReferenceRoutes.table({ _ in .noContent }, { _ in .noContent }, { _ in .noContent })
        }
    }
}
