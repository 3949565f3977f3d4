import Bytes
import HTTP
import JSON
import Reference
import Routing

/// The routes of the reference before one description.
struct Lookup {
    private let transport: LoopbackTransport

    init(_ description: MergedDescription = MergedDescription([])) {
        transport = LoopbackTransport(Router([ReferenceRoutes(description)]) { _, _, _ in })
    }

    func get(_ target: String, _ fields: Fields = Fields()) async throws -> ClientResponse {
        try await transport.send(ClientRequest(.get, target, fields: fields))
    }

    func document() async throws -> JSONValue {
        try JSONValue.parse(try await get("/openapi.json").body)
    }
}

extension JSONValue {
    /// The names of the members at a place.
    func names(_ path: String...) -> [String] {
        let place = path.reduce(self as JSONValue?) { value, name in
            guard case .object(let object)? = value else { return nil }
            return object.members.first { $0.name == name }?.value
        }
        guard case .object(let object)? = place else { return [] }
        return object.members.map(\.name)
    }
}
