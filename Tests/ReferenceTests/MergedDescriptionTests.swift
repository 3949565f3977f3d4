import Bytes
import HTTP
import JSON
import Reference
import Routing
import Testing

/// Two services that have something in common, and something that only sounds alike.
private struct Service: ServiceModule {
    let name: String
    let routes: [Route]
    var prefix: String { "/api/\(name)" }

    struct Card: JSONRecord {
        static let members: [JSONMember<Self>] = [.bool("a") { _ in true }]
    }
    enum Cats {
        struct Toy: JSONRecord {
            static let members: [JSONMember<Self>] = [.bool("string") { _ in true }]
        }
        struct Pet: JSONRecord {
            static let members: [JSONMember<Self>] = [.record("toy") { _ in Toy() }]
        }
    }
    enum Dogs {
        struct Toy: JSONRecord {
            static let members: [JSONMember<Self>] = [.bool("bone") { _ in true }]
        }
        struct Pet: JSONRecord {
            static let members: [JSONMember<Self>] = [.record("toy") { _ in Toy() }]
        }
    }

    private static func route(_ path: String, _ answer: RouteAnswer) -> Route {
        .get(path) { _ in Response.noContent }.documented(path, answers: answer)
    }

    static let cats = Service(
        name: "cats",
        routes: [
            route("/api/cats", .list(Card.self)), route("/api/cats/{id}", .one(Cats.Pet.self)),
        ])
    static let dogs = Service(
        name: "dogs",
        routes: [
            route("/api/dogs", .list(Card.self)), route("/api/dogs/{id}", .one(Dogs.Pet.self)),
        ])

    var document: ByteString { OpenAPI.document([self], title: name) }
}

@Suite("One description of several services")
struct MergedDescriptionTests {
    private func lookup(_ parts: MergedDescription.Part...) -> Lookup {
        Lookup(MergedDescription(parts))
    }

    @Test("has the paths of all of them in their order, and then its own")
    func paths() async throws {
        let document = try await Lookup(MergedDescription(of: [Service.cats, Service.dogs]))
            .document()
        #expect(
            document.names("paths") == [
                "/api/cats", "/api/cats/{id}", "/api/dogs", "/api/dogs/{id}", "/problems",
                "/problems/{slug}", "/openapi.json",
            ])
        #expect(document["openapi"] == .string("3.1.0"))
        #expect(document["info"]?["title"] == .string("forum"))
    }

    @Test("says once what they share, and keeps apart what differs, also by what it refers to")
    func schemas() async throws {
        let document = try await Lookup(MergedDescription(of: [Service.cats, Service.dogs]))
            .document()
        #expect(
            document.names("components", "schemas") == [
                "Card", "Pet", "Toy", "Problem", "Pet2", "Toy2", "ProblemExplanation",
            ])
        let text = try await Lookup(MergedDescription(of: [Service.cats, Service.dogs]))
            .get("/openapi.json").body.text
        #expect(text.contains(##""Pet2":{"type":"object","properties":{"toy":{"$ref":"##))
        #expect(text.contains(##"{"$ref":"#/components/schemas/Toy2"}"##))
    }

    @Test("refers to nothing that is not there")
    func references() async throws {
        let lookup = Lookup(MergedDescription(of: [Service.cats, Service.dogs]))
        let names = Set(try await lookup.document().names("components", "schemas"))
        let place = "#/components/schemas/"
        for text in try await lookup.get("/openapi.json").body.text.split(separator: "\"")
        where text.hasPrefix(place) {
            #expect(names.contains(String(text.dropFirst(place.count))), "\(text)")
        }
    }

    @Test("is the same bytes from documents that came over a wire as from the modules themselves")
    func equal() async throws {
        let local = try await Lookup(MergedDescription(of: [Service.cats, Service.dogs]))
            .get("/openapi.json")
        let remote = try await lookup(
            .init("cats", Service.cats.document), .init("dogs", Service.dogs.document)
        ).get("/openapi.json")
        #expect(local.body == remote.body)
        #expect(local.fields[.etag] == remote.fields[.etag])
    }

    @Test("names the services that it says nothing of", arguments: [nil, "{\"broken\":"])
    func missing(document: String?) async throws {
        let found = try await lookup(
            .init("cats", document.map { ByteString($0) }), .init("dogs", Service.dogs.document)
        ).document()
        #expect(found.names("paths").first == "/api/dogs")
        #expect(
            found["info"]?["description"]
                == .string("Incomplete: nothing is known now of cats. Ask again later."))
    }

    @Test("is 503 while no service has said anything")
    func nothing() async throws {
        let answer = try await lookup(.init("cats", nil)).get("/openapi.json")
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.fields[.retryAfter] != nil)
    }

    @Test("is answered with 304 to who holds it")
    func held() async throws {
        let lookup = Lookup(MergedDescription(of: [Service.cats]))
        let tag = try #require(try await lookup.get("/openapi.json").fields[.etag])
        #expect(try await lookup.get("/openapi.json", [.ifNoneMatch: tag]).status == .notModified)
    }
}
