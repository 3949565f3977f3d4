import Testing

/// Lets a few suites run at once: each of them is several programs, and other tests want a
/// processor, too.
struct FewAtOnce: SuiteTrait, TestScoping {
    private static let turns = Turns(3)

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        await FewAtOnce.turns.take()
        do {
            try await function()
        } catch {
            await FewAtOnce.turns.give()
            throw error
        }
        await FewAtOnce.turns.give()
    }

    /// So many turns at once; who comes first has the first that is free.
    private actor Turns {
        private var free: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(_ count: Int) { free = count }

        func take() async {
            if free > 0 {
                free -= 1
            } else {
                await withCheckedContinuation { waiting.append($0) }
            }
        }

        func give() {
            if waiting.isEmpty {
                free += 1
            } else {
                waiting.removeFirst().resume()
            }
        }
    }
}

extension Trait where Self == FewAtOnce {
    /// Waits until not too many other suites run programs.
    static var fewAtOnce: FewAtOnce { FewAtOnce() }
}
