import Fixture
import HTTP
import Testing

@Suite("Loading users in bulk")
struct UserBulkTests {
    @Test("each line has a result, in order, then a summary")
    func results() async throws {
        let answer = try await usersForum().bulk(
            "/api/users/bulk",
            [
                #"{"id":7,"username":"carla"}"#, "", #"{"username":"dirk"}"#, #"{"username":"x"}"#,
                "nonsense",
            ])
        #expect(answer.status == 200)
        #expect(answer[.contentType] == "application/x-ndjson")
        #expect(answer.lines.count == 5)
        #expect(answer.lines[0] == #"{"line":1,"id":7}"#)
        #expect(answer.lines[1] == #"{"line":3,"id":8}"#)
        #expect(answer.lines[2].hasPrefix(#"{"line":4,"problem":{"type":"/problems/validation""#))
        #expect(answer.lines[2].contains(#""pointer":"/username","code":"too-short""#))
        #expect(answer.lines[3].hasPrefix(#"{"line":5,"problem":{"type":"/problems/malformed""#))
        #expect(answer.lines[4] == #"{"summary":{"lines":4,"added":2,"unchanged":0,"failed":2}}"#)
    }

    @Test("a line with half a surrogate pair, or no UTF-8, is refused with its member")
    func noUnicode() async throws {
        let answer = try await usersForum().bulk(
            "/api/users/bulk",
            [#"{"username":"carla","bio":"\ud800"}"#, #"{"username":"dirk"}"#])
        #expect(answer.lines[0].hasPrefix(#"{"line":1,"problem":{"type":"/problems/validation""#))
        #expect(answer.lines[0].contains(#""pointer":"/bio","code":"not-unicode""#))
        #expect(answer.lines[1].hasPrefix(#"{"line":2,"id":"#))
    }

    @Test("what is there already and the same is unchanged, by id or by username")
    func unchanged() async throws {
        let lines = [
            #"{"id":2,"username":"bruno","name":"Bruno 'the Oar' Lindt","bio":"builds boats"}"#,
            #"{"username":"bruno","name":"Bruno 'the Oar' Lindt","bio":"builds boats"}"#,
        ]
        let answer = try await usersForum().bulk("/api/users/bulk", lines)
        #expect(answer.lines[0] == #"{"line":1,"id":2,"state":"unchanged"}"#)
        #expect(answer.lines[1] == #"{"line":2,"id":2,"state":"unchanged"}"#)
    }

    @Test("what is there already but different is a conflict and stays")
    func conflict() async throws {
        let forum = try await usersForum()
        let lines = [
            #"{"id":2,"username":"bruno","name":"Bruna"}"#, #"{"id":2,"username":"bruna"}"#,
            #"{"id":9,"username":"Bruno"}"#,
        ]
        let answer = try await forum.bulk("/api/users/bulk", lines)
        for line in answer.lines.dropLast() { #expect(line.contains("/problems/conflict")) }
        #expect(answer.lines.last?.contains(#""failed":3"#) == true)
        #expect(
            try await forum.get("/api/users?fields=id,username").text
                == #"[{"id":1,"username":"alma"},{"id":2,"username":"bruno"}]"#)
    }

    @Test("a client may ask to hear of failures only")
    func minimal() async throws {
        let lines = [#"{"username":"carla"}"#, "{}", #"{"username":"dirk"}"#]
        let answer = try await usersForum().send(
            .post, "/api/users/bulk",
            [
                .authorization: "Bearer \(LoopbackForum.secret)",
                .prefer: ";, handling=strict ,return=minimal; x=1",
            ], body: lines.joined(separator: "\n"))
        #expect(answer["Preference-Applied"] == "return=minimal")
        #expect(answer.lines.count == 2)
        #expect(answer.lines[0].hasPrefix(#"{"line":2,"problem":"#))
        #expect(answer.lines[1] == #"{"summary":{"lines":3,"added":2,"unchanged":0,"failed":1}}"#)
    }

    @Test("a line may say when the user joined")
    func time() async throws {
        let forum = try await usersForum()
        let lines = [
            #"{"id":3,"username":"dirk","joinedAt":"2010-04-05T22:00:00+02:00"}"#,
            #"{"username":"carla","joinedAt":"yesterday"}"#,
        ]
        let answer = try await forum.bulk("/api/users/bulk", lines)
        #expect(answer.lines[1].contains("not-a-time"))
        #expect(
            try await forum.get("/api/users/3").member("joinedAt")
                == #""2010-04-05T20:00:00.000Z""#)
    }

    @Test(
        "only the operator may load: 401 without a token, 403 with a wrong one or without a secret")
    func guarded() async throws {
        let forum = try await usersForum()
        let line = #"{"username":"carla"}"#
        let none = try await forum.send(.post, "/api/users/bulk", body: line)
        #expect(none.status == 401)
        #expect(none["WWW-Authenticate"] == "Bearer")
        for token in ["Bearer wrong", "Bearer only-known-to-the-testz"] {
            let answer = try await forum.send(
                .post, "/api/users/bulk", [.authorization: token], body: line)
            #expect(answer.status == 403)
        }
        let basic = try await forum.send(
            .post, "/api/users/bulk", [.authorization: "Basic abc"], body: line)
        #expect(basic.status == 401)
        #expect(try await forum.get("/api/users/3").status == 404)
    }
}
