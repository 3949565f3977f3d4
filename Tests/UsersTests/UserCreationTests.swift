import Fixture
import HTTP
import Testing

@Suite("Creating users")
struct UserCreationTests {
    @Test("a new user gets the next id, and the answer says where it lives")
    func created() async throws {
        let forum = try await usersForum()
        let answer = try await forum.post(
            "/api/users",
            account(#""username":"carla","name":"Carla Voss","bio":"collects maps""#))
        #expect(answer.status == 201)
        #expect(answer[.location] == "/api/users/3")
        #expect(answer[.etag] == #""u3.1""#)
        #expect(answer.text == (try await forum.get("/api/users/3").text))
    }

    @Test("without a name a user is called by the username")
    func defaults() async throws {
        let answer = try await usersForum().post("/api/users", account(#""username":"dirk""#))
        #expect(try answer.member("name") == #""dirk""#)
        #expect(try answer.member("bio") == #""""#)
    }

    @Test("a username is unique whatever its case")
    func taken() async throws {
        let answer = try await usersForum().post("/api/users", account(#""username":"BRUNO""#))
        #expect(answer.status == 422)
        #expect(try answer.member("type") == #""/problems/validation""#)
        #expect(
            try answer.member("errors")
                == #"[{"pointer":"/username","code":"taken","detail":"'BRUNO' is in use"}]"#)
    }

    @Test("two who want one name at once: one gets it")
    func race() async throws {
        let forum = try await usersForum()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await forum.post("/api/users", account(#""username":"Ines""#)).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [201] + Array(repeating: 422, count: 7))
    }

    @Test("every fault is named at once")
    func faults() async throws {
        let answer = try await usersForum().post(
            "/api/users", account(#""username":"a b!","name":"","bio":7"#))
        #expect(answer.status == 422)
        let errors = try #require(try answer.member("errors"))
        for pointer in ["/username", "/name", "/bio"] { #expect(errors.contains(pointer)) }
    }

    @Test("a name beyond its limits is refused, at its limits taken")
    func limits() async throws {
        let forum = try await usersForum()
        let fits = [
            #""username":"ab""#, #""username":"\#(String(repeating: "x", count: 32))""#,
            #""username":"n1","name":"\#(String(repeating: "é", count: 100))""#,
            #""username":"b1","bio":"\#(String(repeating: "🦊", count: 2000))""#,
        ]
        for body in fits {
            #expect(try await forum.post("/api/users", account(body)).status == 201)
        }
        let excessive = [
            #""username":"a""#, #""username":"\#(String(repeating: "x", count: 33))""#,
            #""username":"n2","name":"\#(String(repeating: "é", count: 101))""#,
            #""username":"b2","bio":"\#(String(repeating: "🦊", count: 2001))""#,
            #""username":"n3","name":"a\u0000b""#,
        ]
        for body in excessive {
            #expect(try await forum.post("/api/users", account(body)).status == 422)
        }
    }

    @Test("what is no JSON is 400 and names the byte; half a surrogate pair is 422 with its member")
    func malformed() async throws {
        let forum = try await usersForum()
        let answer = try await forum.post("/api/users", #"{"username":"carla",}"#)
        #expect(answer.status == 400)
        #expect(try #require(try answer.member("detail")).contains("byte 20"))
        let lone = try await forum.post("/api/users", #"{"username":"carla","name":"\ud83d"}"#)
        #expect(lone.status == 422)
        #expect(lone.text.contains(#""pointer":"/name","code":"not-unicode""#))
    }

    @Test("without a password nobody registers")
    func passwordless() async throws {
        let forum = try await usersForum()
        let answer = try await forum.post("/api/users", #"{"username":"carla"}"#)
        #expect(answer.status == 422)
        #expect(answer.text.contains(#""pointer":"/password","code":"required""#))
        #expect(try await forum.get("/api/users/3").status == 404)
    }
}
