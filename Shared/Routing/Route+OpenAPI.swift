import Bytes
import HTTP
import Synchronization

extension Route {
    /// The description of `module` as OpenAPI 3.1, this route included; made when it is first asked
    /// for.
    ///
    ///     .openAPI("/api/users/openapi.json", of: self)
    package static func openAPI(_ pattern: String, of module: any ServiceModule) -> Route {
        let kept = OnceMade { OpenAPI.document([module], title: module.name) }
        return .get(pattern) { request -> Response in
            let document = kept.value
            let etag = ETag(hashing: document)
            if request.isHeld(etag) { return .notModified(etag) }
            return .json(document, etag: etag)
        }
        .documented(
            "This description", answers: .content("application/json"), also: [.notModified])
    }
}

/// Something that is made at most once, when it is needed.
private final class OnceMade: Sendable {
    private let make: @Sendable () -> ByteString
    private let made = Mutex<ByteString?>(nil)

    init(_ make: @escaping @Sendable () -> ByteString) { self.make = make }

    var value: ByteString {
        if let value = made.withLock({ $0 }) { return value }
        // Made outside the lock: two at once make the same.
        let value = make()
        made.withLock { $0 = value }
        return value
    }
}
