package import HTTP

/// One line of a service's table: method, pattern, handler.
///
/// `get` has a sync and an async form and the compiler picks by the handler: the sync one is
/// answered on the loop that parsed the request, without a task.
package struct Route: Sendable {
    enum Handler: Sendable {
        case immediate(@Sendable (borrowing Request) throws -> Response)
        case collected(bytesMax: Int, @Sendable (borrowing Request) async throws -> Response)
        case streamed(@Sendable (borrowing Request) async throws -> Response)
    }

    /// Which requests it answers; a GET answers HEAD, too.
    package let method: Method
    /// The shape of their paths.
    package let pattern: RoutePattern
    let media: RequestMedia
    let handler: Handler
    let names: [String]
    /// What is asked of requests before the handler is called.
    package internal(set) var rules = RouteRules()

    private init(_ method: Method, _ pattern: String, _ media: RequestMedia, _ handler: Handler) {
        self.method = method
        self.pattern = RoutePattern(pattern)
        self.media = media
        self.handler = handler
        names = self.pattern.names
    }

    /// A read that needs no waiting; answers HEAD too.
    package static func get<Answer: ResponseConvertible>(
        _ pattern: String, _ handler: @escaping @Sendable (borrowing Request) throws -> Answer
    ) -> Route {
        Route(
            .get, pattern, .any,
            .immediate { request in try handler(request).response(to: request) })
    }

    /// A read that waits for something; answers HEAD too.
    package static func get<Answer: ResponseConvertible>(
        _ pattern: String,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        collected(.get, pattern, RoutingLimits.bodyBytesMax, .any, handler)
    }

    /// A write, whose handler wants the whole body, at most `bodyBytesMax` of it, of type `media`.
    /// It answers with what a keyed write made of it.
    package static func post(
        _ pattern: String, bodyBytesMax: Int = RoutingLimits.bodyBytesMax,
        media: RequestMedia = .json,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> KeyedAnswer
    ) -> Route {
        collected(.post, pattern, bodyBytesMax, media, handler).with { $0.repetition = .kept }
    }

    /// A POST that changes nothing when it comes again: previews, questions too long for a path.
    ///
    ///     .post("/api/posts/preview", .repeatable, preview)
    package static func post<Answer: ResponseConvertible>(
        _ pattern: String, _ nature: Nature, bodyBytesMax: Int = RoutingLimits.bodyBytesMax,
        media: RequestMedia = .json,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        collected(.post, pattern, bodyBytesMax, media, handler)
    }

    /// A handler that wants the whole body of a PUT.
    package static func put<Answer: ResponseConvertible>(
        _ pattern: String, bodyBytesMax: Int = RoutingLimits.bodyBytesMax,
        media: RequestMedia = .json,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        collected(.put, pattern, bodyBytesMax, media, handler)
    }

    /// As `put`; takes merge patches (RFC 7396).
    package static func patch<Answer: ResponseConvertible>(
        _ pattern: String, bodyBytesMax: Int = RoutingLimits.bodyBytesMax,
        media: RequestMedia = .json,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        collected(.patch, pattern, bodyBytesMax, media, handler)
    }

    /// As `put`.
    package static func delete<Answer: ResponseConvertible>(
        _ pattern: String, bodyBytesMax: Int = RoutingLimits.bodyBytesMax,
        media: RequestMedia = .json,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        collected(.delete, pattern, bodyBytesMax, media, handler)
    }

    /// A handler that is called at once and reads the body as it arrives. A POST refuses an
    /// Idempotency-Key: a body of any size is kept by nobody.
    package static func stream<Answer: ResponseConvertible>(
        _ method: Method, _ pattern: String, media: RequestMedia = .any,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        stream(method, pattern, .repeatable, media: media, handler)
            .with { $0.repetition = .refused }
    }

    /// The same for what may be sent twice with the effect of once, such as an upload that is
    /// named by its own hash: a key is welcome and not needed.
    package static func stream<Answer: ResponseConvertible>(
        _ method: Method, _ pattern: String, _ nature: Nature, media: RequestMedia = .any,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        Route(
            method, pattern, media,
            .streamed { request in try await handler(request).response(to: request) })
    }

    private static func collected<Answer: ResponseConvertible>(
        _ method: Method, _ pattern: String, _ bytesMax: Int, _ media: RequestMedia,
        _ handler: @escaping @Sendable (borrowing Request) async throws -> Answer
    ) -> Route {
        Route(
            method, pattern, media,
            .collected(bytesMax: bytesMax) { request in
                try await handler(request).response(to: request)
            })
    }
}
