import Fixture
import HTTP
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
}
