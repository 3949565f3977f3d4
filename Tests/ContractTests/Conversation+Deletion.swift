import Fixture
import HTTP
import Testing

// Leaving: a job of three services.
extension Conversation {
    func deletion() async throws {
        let (ada, carla) = (try person("ada"), try person("carla"))
        try await post(201, "/api/posts", as: carla, #"{"thread":1,"text":"I was here"}"#)
        let target = "/api/users/\(carla.id)"
        try await delete(403, target, as: carla, #"{"password":"not the one"}"#)
        try await delete(403, "/api/users/\(ada.id)", as: carla)
        try await delete(400, "\(target)?content=burn", as: ada)
        let body = "{\"password\":\"\(Self.password)\"}"
        let answer = try await delete(202, "\(target)?content=anonymize", as: carla, body)
        let job = try answer.text(of: "id")
        try await wait(for: "/api/users/jobs/\(job)", as: ada) {
            $0.text.contains(#""state":"done""#)
        }
        try await get(404, "/api/users/jobs/j_99", as: ada)
        try await get(403, "/api/users/jobs/\(job)", as: try person("alma"))
        try await get(410, target)
        try await get(404, "/api/users/by-name/carla")
        try await get(401, "/api/users/me", as: carla)
        try await get(200, "/api/posts/by-user/\(carla.id)")
        try await post(
            401, "/api/users/sessions", "{\"username\":\"carla\",\"password\":\"\(Self.password)\"}"
        )
        try await post(403, "\(target)/restore", as: try person("mona"))
        try await post(200, "\(target)/restore", as: ada)
        try await post(409, "\(target)/restore", as: ada)
        try await get(200, target)
        try await signIn("carla")
        try await erasure()
    }

    private func erasure() async throws {
        let ada = try person("ada")
        let sven = try person("sven")
        let answer = try await delete(202, "/api/users/\(sven.id)?content=erase", as: ada)
        let job = try answer.text(of: "id")
        try await wait(for: "/api/users/jobs/\(job)", as: ada) {
            $0.text.contains(#""state":"done""#)
        }
        try await get(200, "/api/posts/by-user/\(sven.id)")
        try await get(200, "/api/posts/8", as: ada)
        try await post(410, "/api/users/\(sven.id)/restore", as: ada)
        let body = "{\"password\":\"\(Self.password)\"}"
        try await delete(409, "/api/users/\(ada.id)", as: ada, body)
    }
}
