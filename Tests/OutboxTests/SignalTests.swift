import Testing

@testable import Outbox

@Suite("Waiting and pausing", .timeLimit(.minutes(5)))
struct SignalTests {
    let clock = ManualClock()

    @Test("what happens between the look and the wait is not missed")
    func missed() async {
        let signal = FeedSignal()
        let generation = signal.generation
        signal.raise()
        await signal.wait(since: generation, milliseconds: 1_000, clock.feedClock)
        #expect(signal.waiting == 0)
    }

    @Test("everybody who waits is woken")
    func everybody() async {
        let signal = FeedSignal()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    await signal.wait(since: 0, milliseconds: 1_000, clock.feedClock)
                }
            }
            await until { signal.waiting == 10 }
            signal.raise()
            await group.waitForAll()
        }
        #expect(signal.waiting == 0)
        #expect(clock.sleepers == 0)
    }

    @Test("pauses double up to their limit, and begin anew after a success")
    func backoff() {
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()
        for bound in [100, 200, 400, 800, 1_600, 2_000, 2_000] {
            #expect((bound / 2...bound).contains(backoff.next(using: &generator)))
        }
        backoff.reset()
        #expect((50...100).contains(backoff.next(using: &generator)))
    }
}
