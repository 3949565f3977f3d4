import Identity
import Testing

@Suite("When a verifier asks for keys")
struct KeySetRefreshTests {
    private var refresh = KeySetRefresh()

    @Test("at the start, then every five minutes")
    mutating func interval() {
        let isFirst = refresh.begin(.time, nowSeconds: 1000)
        #expect(isFirst)
        refresh.end(succeeded: true)
        let isEarly = refresh.begin(.time, nowSeconds: 1299)
        #expect(!isEarly)
        let isDue = refresh.begin(.time, nowSeconds: 1300)
        #expect(isDue)
    }

    @Test("for an unknown key at most every ten seconds, counted from whatever came before")
    mutating func unknownKey() {
        let isFirst = refresh.begin(.time, nowSeconds: 1000)
        #expect(isFirst)
        refresh.end(succeeded: true)
        let isEarly = refresh.begin(.unknownKey, nowSeconds: 1009)
        #expect(!isEarly)
        let isDue = refresh.begin(.unknownKey, nowSeconds: 1010)
        #expect(isDue)
        refresh.end(succeeded: false)
        let isEarlyAgain = refresh.begin(.unknownKey, nowSeconds: 1019)
        #expect(!isEarlyAgain)
        let isDueAgain = refresh.begin(.unknownKey, nowSeconds: 1020)
        #expect(isDueAgain)
    }

    @Test("not while a question is on its way")
    mutating func running() {
        let isFirst = refresh.begin(.time, nowSeconds: 1000)
        #expect(isFirst && refresh.isRunning)
        let isSecond = refresh.begin(.unknownKey, nowSeconds: 5000)
        #expect(!isSecond)
        refresh.end(succeeded: true)
        #expect(!refresh.isRunning)
    }

    @Test("after failures sooner, each time half as soon, until it is the interval again")
    mutating func failures() {
        var now: Int64 = 1000
        for pause: Int64 in [10, 20, 40, 80, 160, 300, 300, 300] {
            let isDue = refresh.begin(.time, nowSeconds: now)
            #expect(isDue)
            refresh.end(succeeded: false)
            let isEarly = refresh.begin(.time, nowSeconds: now + pause - 1)
            #expect(!isEarly, "\(pause)")
            now += pause
        }
        let isDue = refresh.begin(.time, nowSeconds: now)
        #expect(isDue)
        refresh.end(succeeded: true)
        let isEarly = refresh.begin(.time, nowSeconds: now + 299)
        #expect(!isEarly)
    }

    @Test("a clock that was set back does not hold it up")
    mutating func setBack() {
        let isFirst = refresh.begin(.time, nowSeconds: 1_000_000)
        #expect(isFirst)
        refresh.end(succeeded: true)
        let isDue = refresh.begin(.time, nowSeconds: 10)
        #expect(isDue)
    }
}
