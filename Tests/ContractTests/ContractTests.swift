import Fixture
import HTTP
import Testing

@Suite("The contract")
struct ContractTests {
    @Test("every deployment answers every request as it must", arguments: Deployment.allCases)
    func script(deployment: Deployment) async throws {
        try await deployment.run { forum in
            var script = Script(forum)
            try await script.run()
        }
    }

    @Test("all deployments give the same answers, byte for byte", arguments: Deployment.others)
    func equal(deployment: Deployment) async throws {
        let one = try await Deployment.allCases[0].run { try await Script.exchanges($0) }
        let other = try await deployment.run { try await Script.exchanges($0) }
        #expect(one.count == other.count)
        for (left, right) in zip(one, other) { #expect(left == right) }
    }

    @Test("a load larger than any buffer streams through", arguments: Deployment.allCases)
    func largeLoad(deployment: Deployment) async throws {
        let text = String(repeating: "x", count: 400)
        let lines = (1...8_000).map {
            #"{"thread":\#($0 % 9 + 1),"text":"\#(text)","user":1,"place":\#($0)}"#
        }
        try await deployment.run { forum in
            let answer = try await forum.bulk("/api/posts/bulk", lines)
            #expect(answer.lines.count == 8_001)
            #expect(answer.lines[7_999] == #"{"line":8000,"id":8000}"#)
            #expect(
                try await forum.bulk("/api/posts/bulk", lines).lines.last
                    == #"{"summary":{"lines":8000,"added":0,"unchanged":8000,"failed":0}}"#)
        }
    }

    @Test("a token of the users service is good at the others", arguments: Deployment.allCases)
    func signedIn(deployment: Deployment) async throws {
        try await deployment.run { forum in
            let alma = try await Members(forum.transport).join("alma")
            let thread = try await forum.post("/api/threads", #"{"title":"Who rows?"}"#, as: alma)
            #expect(try thread.member("createdBy") == "\(alma.id)")
            let post = try await forum.post(
                "/api/posts", #"{"thread":1,"text":"I do."}"#, as: alma)
            #expect(try post.member("user") == "\(alma.id)")
        }
    }
}

extension Deployment {
    /// All but the one that the others are compared with.
    static let others = Array(allCases.dropFirst())
}
