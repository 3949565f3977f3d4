import Bytes
import HTTP
import JSON
import Records
package import Routing
import SQLite
import UsersAPI

extension Users: ServiceModule {
    package var name: String { "users" }
    package var prefix: String { "/api/users" }

    // The columns are the point.
    // swift-format-ignore
    package var routes: [Route] {
        (baseRoutes + nameRoutes + sessionRoutes + profileRoutes + tokenRoutes + moderationRoutes)
            .documented(by: Users.manual, names: Users.names)
            + [.openAPI("/api/users/openapi.json", of: self)]
    }

    // swift-format-ignore
    private var baseRoutes: [Route] {[
        .get("/",                        ready),
        .get("/api/",                    apiReady),
        .get("/api/users",               store.kept(list)).readsCounts(of: User.self),
        .get("/api/users/{id}",          show).readsCounts(of: User.self),
        .post("/api/users",              create).limited(.register),
        .stream(.post, "/api/users/bulk", media: .lines, bulk).by(.operator),
    ]}

    // swift-format-ignore
    private var nameRoutes: [Route] {[
        .get("/api/users/by-name/{username}",     named).readsCounts(of: User.self),
        .get("/api/users/search",                 search).limited(.search),
        .get("/api/users/{id}/avatar",            avatar),
        .get("/api/users/0/avatar",               ghostAvatar),
    ]}

    // swift-format-ignore
    private var sessionRoutes: [Route] {[
        .get("/api/users/.well-known/jwks.json",  keySet),
        .get("/.well-known/jwks.json",            keySet),
        .post("/api/users/sessions",              signIn).limited(.login),
        .post("/api/users/sessions/refresh",      refresh).limited(.ip),
        .get("/api/users/sessions",               sessions).by(.member(.session)),
        .delete("/api/users/sessions/{session}",  endSession).by(.member(.session)),
        .delete("/api/users/sessions",            endSessions).by(.member(.session)),
    ]}

    // swift-format-ignore
    private var profileRoutes: [Route] {[
        .get("/api/users/me",             me).by(.member("users:read"))
            .readsCounts(of: Me.self),
        .patch("/api/users/{id}",         edit).by(.member("users:write")).needsIfMatch(),
        .put("/api/users/me/password",    changePassword).by(.member(.session)).limited(.login),
        .put("/api/users/{id}/username",  rename).by(.member(.session)),
    ]}

    // swift-format-ignore
    private var tokenRoutes: [Route] {[
        .get("/api/users/me/tokens",              apiTokens).by(.member(.session)),
        .post("/api/users/me/tokens",             addToken).by(.member(.session)),
        .delete("/api/users/me/tokens/{token}",   removeToken).by(.member(.session)),
    ]}

    // swift-format-ignore
    private var moderationRoutes: [Route] {[
        .get("/api/users/audit",          auditLog).by(.admin("users:admin")),
        .put("/api/users/{id}/roles",     setRole).by(.admin("users:admin")),
        .get("/api/users/{id}/bans",      bans).by(.moderator("users:moderate")),
        .post("/api/users/{id}/bans",     ban).by(.moderator("users:moderate")),
        .delete("/api/users/{id}",        delete).by(.member(.session)),
        .post("/api/users/{id}/restore",  restore).by(.admin("users:admin")),
        .get("/api/users/jobs/{job}",     job).by(.admin("users:admin")),
        .delete("/api/users/bans/{ban}",  liftBan).by(.moderator("users:moderate")),
    ]}

    // Made once: these are what a load balancer of the lab asks all day.
    private static let readyAnswer = Response.text("Ready to receive requests")
    private static let apiReadyAnswer = Response.text("API ready to receive requests")

    func ready(_ request: borrowing Request) -> Response { Self.readyAnswer }

    func apiReady(_ request: borrowing Request) -> Response { Self.apiReadyAnswer }

    func show(_ request: borrowing Request) throws -> Response {
        let user = try user(request.id("id", as: User.self))
        return try .json(user, for: request, etag: user.etag)
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        BulkLoad.response(request, UserLoader(store: store))
    }
}

extension User {
    /// Up to `~` what an edit must know of, then what others have made of it.
    var etag: ETag {
        if touches == 0 { return ETag("u", id.rawValue, version: version) }
        return ETag(
            "u", id.rawValue, version: version, card: ETag.Card("n", 0, version: touches))
    }
}

extension Route {
    /// Its answers show what a user wrote, if that is asked for.
    fileprivate func readsCounts<Record: JSONRecord>(of type: Record.Type) -> Route {
        reads("threads", as: ["threadCount"], of: type)
            .reads(
                "posts", as: ["postCount", "reactionsReceived"], of: type,
                orFor: [QueryChoice("sort", UserOrder.posts.rawValue)])
    }
}
