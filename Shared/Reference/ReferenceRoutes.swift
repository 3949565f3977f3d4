import HTTP
package import Routing

/// What a client can look up at the front door, whoever stands there: the description of the whole
/// API and the meaning of its problems.
package struct ReferenceRoutes: ServiceModule {
    package let name = "forum"
    package let prefix = "/problems/"
    private let description: MergedDescription
    private let pages: ProblemPages

    /// Answers with `description` and `pages`.
    package init(_ description: MergedDescription, _ pages: ProblemPages = ProblemPages()) {
        self.description = description
        self.pages = pages
    }

    package var routes: [Route] {
        ReferenceRoutes.table(pages.list, pages.show, description.answer)
    }

    typealias Handler = @Sendable (borrowing Request) throws -> Response

    /// The routes, for whoever answers them.
    static func table(
        _ problems: @escaping Handler, _ problem: @escaping Handler,
        _ document: @escaping Handler
    ) -> [Route] {
        [
            .get("/problems", problems)
                .documented(
                    "Every problem there is, as a page or as JSON",
                    answers: .all(ProblemExplanation.self)),
            .get("/problems/{slug}", problem)
                .documented(
                    "What a problem means and what helps", answers: .one(ProblemExplanation.self),
                    also: [.notFound]),
            .get("/openapi.json", document)
                .documented(
                    "This description", answers: .content("application/json"),
                    also: [.notModified, .serviceUnavailable]),
        ].documented(by: [:], names: ["slug": "the last part of its type"])
    }
}
