import Glibc
import Launch
import Testing

@Suite("Signals", .serialized)
struct SignalsTests {
    @Test("signals arrive as values, in order, whichever thread exists already")
    func arrive() async {
        let signals = Signals()
        kill(getpid(), SIGHUP)
        var received = signals.received.makeAsyncIterator()
        #expect(await received.next() == .hangUp)
        kill(getpid(), SIGTERM)
        #expect(await received.next() == .terminate)
    }
}
