import Fixture
import HTTP
import Seeding
import Testing

/// What holds of refresh tokens in whatever order they come.
@Suite("Families of refresh tokens", .timeLimit(.minutes(5)))
struct FamilyTests {
    @Test("only the newest token of a session that nobody stole from opens anything")
    func random() async throws {
        var random = SeededRandom()
        let forum = try AccountsForum()
        try await forum.register("alma")
        var families: [[String]] = []
        var ended: Set<Int> = []
        for step in 0..<120 {
            if families.count < 3 || Int.random(in: 0..<12, using: &random) == 0 {
                families.append([try await forum.signIn("alma").refresh])
                continue
            }
            let family = Int.random(in: 0..<families.count, using: &random)
            let tokens = families[family]
            // Mostly the newest, as honest clients do.
            let isHonest = Int.random(in: 0..<5, using: &random) > 0
            let index =
                isHonest ? tokens.count - 1 : Int.random(in: 0..<tokens.count, using: &random)
            let answer = try await forum.refresh(tokens[index])
            let isGood = !ended.contains(family) && index == tokens.count - 1
            #expect(answer.status == (isGood ? 200 : 401), "step \(step), \(random)")
            if isGood {
                families[family].append(try Tokens(answer).refresh)
            } else {
                ended.insert(family)
            }
        }
        #expect(forum.unexpectedErrors.isEmpty)
    }
}
