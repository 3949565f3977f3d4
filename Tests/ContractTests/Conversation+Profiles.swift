import Fixture
import HTTP
import Testing

// What people say of themselves, and what they are called.
extension Conversation {
    func profiles() async throws {
        let (alma, bruno, ada) = (try person("alma"), try person("bruno"), try person("ada"))
        let me = "/api/users/\(alma.id)"
        try await get(200, "/api/users/me", as: alma)
        try await get(401, "/api/users/me")
        try await send(
            428, .patch, me, as: alma, [.contentType: "application/merge-patch+json"],
            body: #"{"bio":"rows"}"#)
        try await edit(412, me, as: alma, #"{"bio":"rows"}"#, match: "\"u1.999\"")
        try await edit(
            200, me, as: alma,
            #"{"bio":"rows at dawn","location":"Lübeck","website":"https://alma.example"}"#)
        try await edit(200, me, as: alma, #"{"location":null,"email":"alma@example.org"}"#)
        try await edit(422, me, as: alma, #"{"website":"javascript:1","name":""}"#)
        try await edit(403, me, as: bruno, #"{"bio":"hacked"}"#)
        try await edit(200, me, as: ada, #"{"signature":"— A."}"#)
        try await names(of: me)
        try await get(200, "/api/users/\(bruno.id)/avatar")
        try await get(200, "/api/users/0/avatar")
        let tag = try await get(200, "/api/users/\(bruno.id)")[.etag] ?? ""
        try await get(304, "/api/users/\(bruno.id)", as: .stranger, [.ifNoneMatch: tag])
    }

    private func names(of me: String) async throws {
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        try await put(422, "\(me)/username", as: alma, #"{"username":"Bruno"}"#)
        try await put(403, "\(me)/username", as: bruno, #"{"username":"someone"}"#)
        try await put(200, "\(me)/username", as: alma, #"{"username":"alma.r"}"#)
        try await get(301, "/api/users/by-name/alma")
        try await get(200, "/api/users/by-name/ALMA.R")
        try await get(404, "/api/users/by-name/nobody")
        try await get(200, "/api/users/search?q=al")
        try await get(400, "/api/users/search")
        try await put(200, "\(me)/username", as: alma, #"{"username":"alma"}"#)
    }
}
