import Fixture
import HTTP
import JSON
import Routing
import Testing

@testable import MessagesService
@testable import TopicsService
@testable import UsersService

@Suite("What is said of the routes")
struct ManualTests {
    /// Each service with its manual.
    private func services() throws -> [(routes: [Route], manual: RouteManual)] {
        var services: [(routes: [Route], manual: RouteManual)] = []
        let forum = try LoopbackForum { parts in
            let users = Users(
                store: try parts.store("users", Users.schema), accounts: try parts.accounts())
            let topics = Topics(store: try parts.store("topics", Topics.schema))
            let messages = Messages(store: try parts.store("messages", Messages.schema))
            services = [
                (users.routes, Users.manual), (topics.routes, Topics.manual),
                (messages.routes, Messages.manual),
            ]
            return [users, topics, messages]
        }
        withExtendedLifetime(forum) {}
        return services
    }

    @Test("something is said of every route")
    func complete() throws {
        for (routes, _) in try services() {
            for route in routes where route.rules.documentation == nil {
                Issue.record("\(route.name) is not documented")
            }
        }
    }

    @Test("nothing is said of routes that are not there")
    func current() throws {
        for (routes, manual) in try services() {
            #expect(manual.names.subtracting(routes.map(\.name)).sorted() == [])
        }
    }

    @Test("every parameter says what it is for")
    func parameters() throws {
        var count = 0
        for (routes, _) in try services() {
            for operation in try operations(of: routes) {
                guard case .array(let parameters)? = operation["parameters"] else { continue }
                for parameter in parameters {
                    count += 1
                    guard case .string(let text)? = parameter["description"], !text.isEmpty else {
                        Issue.record("\(operation["operationId"]): \(parameter["name"])")
                        continue
                    }
                }
            }
        }
        #expect(count > 200)
    }

    /// A service that has these routes, to be described.
    private struct Described: ServiceModule {
        let name = "described"
        let prefix = "/"
        let routes: [Route]
    }

    private func operations(of routes: [Route]) throws -> [JSONValue] {
        let document = try JSONValue.parse(
            OpenAPI.document([Described(routes: routes)], title: "described"))
        guard case .object(let paths)? = document["paths"] else { return [] }
        return paths.members.flatMap { path -> [JSONValue] in
            guard case .object(let methods) = path.value else { return [] }
            return methods.members.map(\.value)
        }
    }
}
