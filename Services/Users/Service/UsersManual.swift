import HTTP
import JSON
import Records
import Routing
import UsersAPI

extension Users {
    /// What stands in paths.
    static let names = [
        "username": "whatever its case, and former ones, too",
        "session": "as the list of sessions calls it, or current",
        "token": "as the list of tokens calls it", "ban": "its number",
        "job": "as the 202 calls it that began the deletion, such as j_3",
    ]

    /// What is to be known of each route.
    static let manual: RouteManual = [
        "GET /": .init("Says that there is somebody", answers: .content("text/plain")),
        "GET /api/": .init("Says that there is somebody", answers: .content("text/plain")),
        "GET /api/users": .init(
            "Members", answers: .list(User.self),
            query: [
                .word("sort", UserOrder.self, "id without it, username beside q"),
                .word("role", Role.self, "only who has this one"),
                .text("q", "the beginning of a username, in the order of these"),
            ]),
        "GET /api/users/{id}": .init(
            "One member", answers: .one(User.self), also: [.notFound, .gone]),
        "POST /api/users": .init(
            "Registers a member", takes: NewAccount.self, answers: .one(User.self),
            also: [.forbidden]),
        "POST /api/users/bulk": .init(
            "Loads members, one a line", answers: .content("application/x-ndjson"), status: .ok),

        "GET /api/users/by-name/{username}": .init(
            "One member by name; a former name leads to the present one",
            answers: .one(User.self), also: [.movedPermanently, .notFound]),
        "GET /api/users/search": .init(
            "Members whose names begin so", answers: .all(UserCard.self),
            query: [
                .text("q", "the beginning of a username"),
                .integer("limit", in: NameLimits.searched, "how many at most"),
            ]),
        "GET /api/users/{id}/avatar": .init(
            "The picture of a member", answers: .content("image/svg+xml"),
            also: [.notModified, .notFound, .gone]),
        "GET /api/users/0/avatar": .init(
            "The picture of everybody deleted", answers: .content("image/svg+xml"),
            also: [.notModified]),

        "GET /api/users/.well-known/jwks.json": .init(
            "The keys that tokens are signed with", answers: .content("application/json"),
            also: [.notModified]),
        "GET /.well-known/jwks.json": .init(
            "The same, where programs look for it", answers: .content("application/json"),
            also: [.notModified]),
        "POST /api/users/sessions": .init(
            "Signs in", takes: SignIn.self, answers: .one(TokenSet.self),
            also: [.unauthorized, .forbidden]),
        "POST /api/users/sessions/refresh": .init(
            "Changes a refresh token for new tokens", takes: RefreshRequest.self,
            answers: .one(TokenSet.self), status: .ok, also: [.unauthorized]),
        "GET /api/users/sessions": .init(
            "Where the caller is signed in", answers: .all(Session.self)),
        "DELETE /api/users/sessions/{session}": .init(
            "Signs out: a session by its name, or `current`", also: [.notFound]),
        "DELETE /api/users/sessions": .init("Signs out everywhere"),

        "GET /api/users/me": .init("The caller, as nobody else sees it", answers: .one(Me.self)),
        "PATCH /api/users/{id}": .init(
            "Changes a profile", takes: ProfilePatch.self, answers: .one(User.self),
            also: [.notFound]),
        "PUT /api/users/me/password": .init(
            "Chooses another password; every other session ends", takes: PasswordChange.self),
        "PUT /api/users/{id}/username": .init(
            "Chooses another username; the former one leads to it for a while",
            takes: NewUsername.self, answers: .one(User.self), also: [.notFound, .conflict]),

        "GET /api/users/me/tokens": .init(
            "The caller's tokens for programs", answers: .all(APIToken.self)),
        "POST /api/users/me/tokens": .init(
            "Makes a token for a program; this answer alone shows it", takes: NewAPIToken.self,
            answers: .one(APIToken.self)),
        "DELETE /api/users/me/tokens/{token}": .init("Ends a token", also: [.notFound]),

        "GET /api/users/audit": .init(
            "What was done to accounts, newest first", answers: .list(AuditEntry.self)),
        "PUT /api/users/{id}/roles": .init(
            "Gives a member a role", takes: RoleChange.self, answers: .one(User.self),
            also: [.notFound, .conflict]),
        "GET /api/users/{id}/bans": .init(
            "The bans of a member, newest first", answers: .all(BanRecord.self),
            also: [.notFound]),
        "POST /api/users/{id}/bans": .init(
            "Bans a member", takes: NewBan.self, answers: .one(BanRecord.self),
            also: [.notFound]),
        "DELETE /api/users/bans/{ban}": .init("Lifts a ban", also: [.notFound]),
        "DELETE /api/users/{id}": .init(
            "Deletes a member, as a job of all services; the member shows the password",
            takes: Farewell.self, needsBody: false, answers: .one(Job.self), status: .accepted,
            also: [.notFound, .conflict],
            query: [.word("content", DeletionMode.self, "what becomes of what they wrote")]),
        "POST /api/users/{id}/restore": .init(
            "Brings a deleted member back", answers: .one(User.self), status: .ok,
            also: [.notFound, .gone]),
        "GET /api/users/jobs/{job}": .init(
            "How far a deletion is", answers: .one(Job.self), also: [.notFound]),
    ]
}
