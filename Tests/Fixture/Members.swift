import Bytes
package import HTTP
import JSON

/// The people of a forum with accounts, whatever runs it: a loopback, a gateway, real processes.
/// Everything goes over HTTP, as somebody with a browser would do it.
///
///     let members = Members(transport)
///     let alma = try await members.join("alma")
///     let root = try await members.join("root", invite: setupToken)
package struct Members: Sendable {
    /// Everybody's.
    package static let password = "correct horse 7"

    private let transport: any HTTPTransport

    package init(_ transport: any HTTPTransport) { self.transport = transport }

    /// Registers somebody and signs them in; with the setup token as `invite` it is the admin.
    package func join(_ username: String, invite: String? = nil) async throws -> Member {
        let invite = invite.map { #","invite":"\#($0)""# } ?? ""
        let answer = try await post("/api/users", credentials(username, invite))
        guard answer.status == 201 else { throw Refused(answer) }
        return try await signIn(username)
    }

    /// Somebody who has registered, with new tokens.
    package func signIn(_ username: String) async throws -> Member {
        let answer = try await post("/api/users/sessions", credentials(username))
        guard answer.status == 201, case .string(let access)? = try answer.json["accessToken"],
            case .string(let refresh)? = try answer.json["refreshToken"]
        else { throw Refused(answer) }
        let named = try await get("/api/users/me?fields=id", as: access)
        guard case .integer(let id)? = try named.json["id"] else { throw Refused(named) }
        return Member(id: id, username: username, token: access, refreshToken: refresh)
    }

    /// An answer that is not what a test needs to go on.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
        init(_ answer: Answer) { description = "\(answer.status) \(answer.text)" }
    }

    private func credentials(_ username: String, _ more: String = "") -> String {
        #"{"username":"\#(username)","password":"\#(Members.password)"\#(more)}"#
    }

    private func post(_ target: String, _ body: String) async throws -> Answer {
        try await send(
            ClientRequest(
                .post, target, fields: [.contentType: "application/json"], body: ByteString(body)))
    }

    private func get(_ target: String, as token: String) async throws -> Answer {
        try await send(
            ClientRequest(.get, target, fields: [.authorization: "Bearer \(token)"]))
    }

    private func send(_ request: ClientRequest) async throws -> Answer {
        Answer(try await transport.send(request))
    }
}
