import Bytes
import Gateway
import Reactor
import Testing

@Suite struct RuleIndexTests {
    private let lab = try? [
        rule(1, "/api/users*"), rule(2, "/api/threads*"), rule(3, "/api/posts*"), rule(99, "/api*"),
    ]

    @Test(
        "the rule with the lowest priority number that matches wins, the default rule last",
        arguments: [
            ("/api/users", 0), ("/api/usersX", 0), ("/api/threads/1", 1), ("/api/posts", 2),
            ("/api/", 3), ("/api/user", 3), ("/api", 3), ("/", 4), ("/API/users", 4),
            ("//api/users", 4), ("*", 4),
        ])
    func priorities(path: String, expected: Int) throws {
        #expect(RuleIndex(try #require(lab) + [defaultRule]).first(text: path) == expected)
    }

    @Test("a broad rule with a better priority hides a narrow one behind it")
    func broadFirst() throws {
        let index = RuleIndex([try rule(1, "/api*"), try rule(2, "/api/users*"), defaultRule])
        #expect(index.first(text: "/api/users/1") == 0)
    }

    @Test("a rule that holds for another reason than its path is skipped when that reason fails")
    func otherConditions() throws {
        let index = RuleIndex([try rule(1, "/a*"), try rule(2, "/a*"), defaultRule])
        #expect(ByteString("/a").withBytes { index.first($0) { $0 != 0 } } == 1)
    }

    @Test("any of the values of a condition is enough")
    func alternatives() throws {
        let values = [try PathPattern("/a"), try PathPattern("*.png"), try PathPattern("/b*")]
        let index = RuleIndex([
            ListenerRule(
                priority: .number(1), conditions: [.path(values)], action: forward),
            defaultRule,
        ])
        let found = ["/a", "/x.png", "/bcd", "/ab"].map { index.first(text: $0) }
        #expect(found == [0, 0, 0, 1])
    }

    @Test("the index finds what trying rule after rule finds")
    func agreesWithTrying() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = LoopRandom(seed: seed)
        for _ in 0..<300 {
            let patterns = try (0..<Int.random(in: 0...30, using: &random)).map { _ in
                try PathPattern(word(of: "aab//*?", count: 1...7, &random))
            }
            let rules = patterns.enumerated().map { number, pattern in
                ListenerRule(
                    priority: .number(number + 1), conditions: [.path([pattern])], action: forward)
            }
            let index = RuleIndex(rules + [defaultRule])
            for _ in 0..<50 {
                let path = word(of: "ab/", count: 0...9, &random)
                let expected = patterns.firstIndex { $0.matches(text: path) } ?? patterns.count
                #expect(index.first(text: path) == expected, "\(path), seed \(seed)")
            }
        }
    }
}

let forward = RuleAction.forward(targetGroup: "users")
let defaultRule = ListenerRule(priority: .default, conditions: [], action: forward)

func rule(_ priority: Int, _ pattern: String) throws -> ListenerRule {
    ListenerRule(
        priority: .number(priority), conditions: [.path([try PathPattern(pattern)])],
        action: forward)
}

extension RuleIndex {
    func first(text: String) -> Int { ByteString(text).withBytes { first($0) } }
}
