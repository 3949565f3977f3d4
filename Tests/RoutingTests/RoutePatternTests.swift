import HTTP
import Routing
import Testing

@Suite("Route patterns")
struct RoutePatternTests {
    @Test("a pattern knows the names it captures, in order")
    func names() {
        #expect(RoutePattern("/api/posts/{id}/history/{rev}").names == ["id", "rev"])
        #expect(RoutePattern("/").names == [])
        #expect(RoutePattern("/.well-known/jwks.json/").names == [])
    }

    @Test("a pattern that no path can mean stops the program")
    func wrong() async {
        await #expect(processExitsWith: .failure) { _ = RoutePattern("api/users") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/api//users") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/api/{a}/{a}") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/api/{}") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/api/x{id}") }
        await #expect(processExitsWith: .failure) { _ = RoutePattern("/{a}/{b}/{c}/{d}/{e}") }
    }

    @Test("two routes for one method and shape stop the program")
    func twice() async {
        await #expect(processExitsWith: .failure) {
            _ = Forum([
                .get("/api/{a}") { _ in Response.noContent },
                .get("/api/{b}/") { _ in Response.noContent },
            ])
        }
    }
}
