import Fixture
import Testing

/// Gives the tests of a suite one town to look at, with one service stopped if it says so.
struct InTown: SuiteTrait, TestScoping {
    /// The instance that is killed before the tests begin.
    let stopped: String?
    let settings: [String: String]

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let town = try await Town(System.split(settings: settings))
        if let stopped { await town.forum.kill(stopped) }
        try await Town.$current.withValue(town, operation: function)
        await town.forum.stop()
    }
}

extension Trait where Self == InTown {
    /// One town for all tests of the suite. `stopping` is killed once everybody is there.
    static func inTown(
        stopping stopped: String? = nil, settings: [String: String] = [:]
    ) -> InTown {
        InTown(stopped: stopped, settings: settings)
    }
}

extension Town {
    /// The town of the suite that runs.
    static var here: Town {
        get throws { try #require(current, "the suite has the trait .inTown") }
    }
}
