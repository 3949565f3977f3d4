package import HTTP
package import JSON

/// What a reader of the API wants to know of a service's routes, an entry for each, named as the
/// table of routes has it: beside that table, so that the table stays one screen long.
///
///     static let manual: RouteManual = [
///         "GET /api/threads/{id}": .init("One thread", answers: .one(Topic.self)),
///     ]
package struct RouteManual: Sendable, ExpressibleByDictionaryLiteral {
    /// What is said of one route; see `Route.documented`.
    package struct Entry: Sendable {
        fileprivate let document: @Sendable (Route) -> Route

        /// With `needsBody` false the message may be left out.
        package init(
            _ summary: String, takes: (any JSONDecodable.Type)? = nil, needsBody: Bool = true,
            answers answer: RouteAnswer = .nothing, status: Status? = nil, also: [Status] = [],
            query: [QueryDocumentation] = []
        ) {
            document = { route in
                route.documented(
                    summary, takes: takes, needsBody: needsBody, answers: answer, status: status,
                    also: also, query: query)
            }
        }
    }

    private let entries: [String: Entry]

    /// Naming a route twice is a programmer's mistake.
    package init(dictionaryLiteral entries: (String, Entry)...) {
        self.entries = Dictionary(uniqueKeysWithValues: entries)
    }

    /// The routes that it has entries for: `GET /api/threads`.
    package var names: Set<String> { Set(entries.keys) }

    fileprivate func document(_ route: Route) -> Route {
        entries[route.name]?.document(route) ?? route
    }
}

extension Route {
    /// As manuals and reports call it: `GET /api/threads/{id}`.
    package var name: String { "\(method.name) \(pattern.text)" }
}

extension [Route] {
    /// The same routes, each with what `manual` says of it, and what `names` says of the names that
    /// their paths capture: `["job": "as its 202 calls it"]`. That `id` is a number is known.
    package func documented(
        by manual: RouteManual, names: [String: String] = [:]
    ) -> [Route] {
        map { route in
            manual.document(route).with { $0.documentation?.names = names }
        }
    }
}
