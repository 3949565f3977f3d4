import Testing

@testable import LoadEngine

@Suite struct PaceTests {
    private let second = Nanoseconds.second

    private func open(
        rate: Int, warmup: Int = 0, seconds: Int = 10, counted: Int? = nil, thread: Int = 0,
        threads: Int = 1
    ) -> OpenPace {
        OpenPace(
            start: 1_000, countFrom: 1_000 + warmup * second, end: 1_000 + seconds * second,
            ratePerSecond: rate, counted: counted, thread: thread, threads: threads)
    }

    @Test("closed: a request is due at once until the time is up") func closedTime() {
        var pace = ClosedPace(countFrom: 0, end: 100, requests: .max)
        #expect(pace.take(at: 99) == 99)
        #expect(pace.take(at: 100) == nil && pace.isOver(at: 100))
    }

    @Test("closed: only requests of the measurement use up the number") func closedCount() {
        var pace = ClosedPace(countFrom: 10, end: 100, requests: 2)
        for now in [1, 2, 3, 10, 11] { #expect(pace.take(at: now) == now) }
        #expect(pace.take(at: 12) == nil && pace.isOver(at: 12))
    }

    @Test("closed: stopping ends it") func closedStop() {
        var pace = Pace.closed(ClosedPace(countFrom: 0, end: 100, requests: .max))
        pace.stop(at: 50)
        #expect(pace.take(at: 50) == nil && pace.isOver(at: 50))
    }

    @Test("open: requests are due at even distances from the start") func even() {
        let pace = open(rate: 4)
        #expect(
            (0..<4).map { pace.due($0) - 1_000 } == [0, second / 4, second / 2, 3 * second / 4])
    }

    @Test("open: nothing is due early, everything is due late, each once", arguments: 1...16)
    func schedule(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rate = Int.random(in: 1...3_000, using: &generator)
        var pace = open(rate: rate, seconds: 2)
        var now = 1_000
        var taken: [Int] = []
        while now < 1_000 + 2 * second {
            let backlog = pace.backlog(at: now)
            var batch = 0
            while let due = pace.take(at: now) {
                #expect(due <= now, "seed \(seed)")
                taken.append(due)
                batch += 1
            }
            #expect(batch == backlog, "seed \(seed): the backlog is what is due")
            #expect(pace.wake(at: now).map { $0 > now } != false, "seed \(seed)")
            now += Int.random(in: 1...50_000_000, using: &generator)
        }
        while let due = pace.take(at: now) { taken.append(due) }
        #expect(taken == (0..<2 * rate).map(pace.due), "seed \(seed)")
        #expect(pace.isOver(at: now) && pace.unsent == 0)
        #expect(!pace.isOver(at: 1_000 + 2 * second - 1), "seed \(seed): the window is kept")
    }

    @Test("open: the start of a late request is the instant it was due") func late() {
        var pace = open(rate: 1)
        #expect(pace.take(at: 1_000 + 5 * second) == 1_000)
        #expect(pace.take(at: 1_000 + 5 * second) == 1_000 + second)
    }

    @Test("open: what the warm-up left waiting is given up") func warmup() {
        var pace = open(rate: 10, warmup: 1, seconds: 2)
        #expect(pace.take(at: 1_000) == 1_000)
        #expect(pace.backlog(at: 1_000 + second) == 1)
        #expect(pace.take(at: 1_000 + second) == 1_000 + second)
    }

    @Test("open: a number of requests counts those after the warm-up") func counted() {
        var pace = open(rate: 10, warmup: 1, counted: 3)
        var dues: [Int] = []
        for tick in 0..<100 {
            while let due = pace.take(at: 1_000 + tick * second / 10) { dues.append(due) }
        }
        #expect(dues.count == 13 && dues.filter { $0 >= 1_000 + second }.count == 3)
    }

    @Test("open: what was due and could not be sent in time is unsent") func unsent() {
        var pace = open(rate: 100, seconds: 1)
        for _ in 0..<30 { _ = pace.take(at: 1_000 + second / 2) }
        let end = 1_000 + second + LoadLimits.openGrace
        #expect(!pace.isOver(at: end - 1) && pace.isOver(at: end))
        #expect(pace.take(at: end) == nil && pace.unsent == 70)
    }

    @Test("open: stopping gives up what waits and nothing else falls due") func openStop() {
        var pace = open(rate: 100)
        for _ in 0..<10 { _ = pace.take(at: 1_000 + second) }
        pace.stop(at: 1_000 + second)
        #expect(pace.isOver(at: 1_000 + second) && pace.unsent == 91)
    }

    @Test("open: while something waits for a connection the schedule wakes nobody") func noWake() {
        var pace = open(rate: 2)
        #expect(pace.wake(at: 1_000) == nil)
        _ = pace.take(at: 1_000)
        #expect(pace.wake(at: 1_000) == 1_000 + second / 2)
    }

    @Test("open: threads share one schedule without gap or overlap", arguments: [1, 2, 3, 7])
    func shared(threads: Int) {
        let now = 1_000 + 3 * second
        var dues: [Int] = []
        for thread in 0..<threads {
            var pace = open(rate: 50, warmup: 1, seconds: 3, thread: thread, threads: threads)
            while let due = pace.take(at: now) { dues.append(due) }
        }
        let whole = open(rate: 50, warmup: 1, seconds: 3)
        #expect(dues.sorted() == (50..<150).map(whole.due))
    }

    @Test("open: an hour at the highest rate does not overflow") func extremes() {
        let pace = OpenPace(
            start: 0, countFrom: LoadLimits.warmupMax,
            end: LoadLimits.warmupMax + LoadLimits.durationMax, ratePerSecond: LoadLimits.rateMax)
        let last = 3_660 * LoadLimits.rateMax - 1
        #expect(pace.due(last) == 3_660 * second - 1_000)
        #expect(pace.backlog(at: .max / LoadLimits.rateMax - 1) == 3_600 * LoadLimits.rateMax)
    }
}
