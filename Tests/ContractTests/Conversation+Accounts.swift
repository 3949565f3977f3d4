import Fixture
import HTTP
import JSON
import Testing

// Registering, signing in and out, and tokens.
extension Conversation {
    static let password = "correct horse battery"

    func accounts() async throws {
        try await register("ada", ", \"invite\":\"\(try forum.invite)\"")
        for name in ["mona", "alma", "bruno", "carla", "sven"] {
            try await register(name, ",\"name\":\"\(name) Reyes\"")
        }
        try await refusedRegistrations()
        try await sessions()
        try await tokens()
        try await passwords()
        for name in ["ada", "mona", "bruno", "carla", "sven"] { try await signIn(name) }
        try await knownEverywhere()
    }

    private func register(_ name: String, _ more: String) async throws {
        let body = "{\"username\":\"\(name)\",\"password\":\"\(Self.password)\"\(more)}"
        let answer = try await post(201, "/api/users", body, key: "register-\(name)")
        let id = try #require(Int(try answer.member("id") ?? ""))
        people[name] = Person(name: name, token: nil, id: id)
    }

    @discardableResult
    func signIn(_ name: String, _ password: String = password) async throws -> Person {
        let body = "{\"username\":\"\(name)\",\"password\":\"\(password)\"}"
        let answer = try await post(201, "/api/users/sessions", body)
        var person = try person(name)
        person.token = try answer.text(of: "accessToken")
        person.refreshToken = try answer.text(of: "refreshToken")
        people[name] = person
        return person
    }

    /// Other services learn the keys and the accounts by themselves.
    private func knownEverywhere() async throws {
        for name in people.keys.sorted() {
            let person = try person(name)
            try await wait(for: "/api/threads/subscriptions", as: person) { $0.status == 200 }
            try await wait(for: "/api/posts/mentions", as: person) { $0.status == 200 }
        }
    }

    private func refusedRegistrations() async throws {
        // The same key and request: the answer of the first time.
        let body =
            "{\"username\":\"mona\",\"password\":\"\(Self.password)\",\"name\":\"mona Reyes\"}"
        try await post(201, "/api/users", body, key: "register-mona")
        try await post(422, "/api/users", "{\"username\":\"else\"}", key: "register-mona")
        try await post(422, "/api/users", #"{"username":"MONA","password":"long enough 1"}"#)
        try await post(422, "/api/users", #"{"username":"eve","password":"short"}"#)
        try await post(422, "/api/users", #"{"username":"e e","password":7,"bio":[]}"#)
        try await post(
            422, "/api/users", #"{"username":"eve","password":"long enough 1","invite":"no"}"#)
        try await post(400, "/api/users", #"{"username":"#)
    }

    private func sessions() async throws {
        let target = "/api/users/sessions"
        try await post(401, target, #"{"username":"alma","password":"not the one"}"#)
        try await post(401, target, #"{"username":"nobody","password":"not the one"}"#)
        try await post(422, target, "{}")
        let first = try await signIn("alma")
        let second = try await signIn("alma")
        try await get(200, target, as: second)
        try await get(401, target)
        try await get(401, target, as: Person(name: "a liar", token: "eyJhbGciOiJub25lIn0.e30."))
        try await delete(404, "\(target)/s_99", as: second)
        try await delete(204, "\(target)/s_1", as: second)
        let body = "{\"refreshToken\":\"\(second.refreshToken)\"}"
        let refreshed = try await post(200, "\(target)/refresh", body, key: "refresh-1")
        try await post(200, "\(target)/refresh", body, key: "refresh-1")
        var person = second
        person.token = try refreshed.text(of: "accessToken")
        person.refreshToken = try refreshed.text(of: "refreshToken")
        people["alma"] = person
        // Of a session that was ended.
        try await post(
            401, "\(target)/refresh", "{\"refreshToken\":\"\(first.refreshToken)\"}")
        try await post(401, "\(target)/refresh", #"{"refreshToken":"frt_nothing"}"#)
    }

    private func tokens() async throws {
        let alma = try person("alma")
        let target = "/api/users/me/tokens"
        let body = #"{"name":"reader","scopes":["posts:read","threads:read"]}"#
        let made = try await post(201, target, as: alma, body)
        try await post(201, target, as: alma, #"{"name":"spare","scopes":["posts:write"]}"#)
        try await post(422, target, as: alma, #"{"name":"","scopes":["fly"]}"#)
        try await get(200, target, as: alma)
        let program = Person(name: "a program", token: try made.text(of: "token"))
        try await get(403, target, as: program)
        try await wait(for: "/api/posts/mentions", as: program) { $0.status == 200 }
        try await post(403, "/api/threads", as: program, #"{"title":"By a program"}"#)
        try await delete(204, "\(target)/2", as: alma)
        try await delete(404, "\(target)/2", as: alma)
    }

    private func passwords() async throws {
        let target = "/api/users/me/password"
        let alma = try person("alma")
        try await put(403, target, as: alma, #"{"current":"another","new":"staple horse 22"}"#)
        try await put(
            422, target, as: alma, "{\"current\":\"\(Self.password)\",\"new\":\"short\"}")
        let body = "{\"current\":\"\(Self.password)\",\"new\":\"staple horse 22\"}"
        try await put(204, target, as: alma, body)
        try await get(401, "/api/users/me", as: alma)
        let again = try await signIn("alma", "staple horse 22")
        try await delete(204, "/api/users/sessions", as: again)
        try await get(401, "/api/users/me", as: again)
        try await signIn("alma", "staple horse 22")
        try await delete(204, "/api/users/sessions/current", as: try person("alma"))
        try await signIn("alma", "staple horse 22")
    }
}

extension Answer {
    /// The text of a member.
    func text(of name: StaticString) throws -> String {
        let member = try json[name]
        guard case .string(let text)? = member else {
            Issue.record("no \(name) in \(self.text)")
            return ""
        }
        return text
    }
}
