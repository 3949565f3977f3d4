import Reactor
import Testing

@Suite("The wheel of deadlines")
struct TimerWheelTests {
    @Test("a deadline is told once its time has passed, and once only")
    func toldOnce() {
        var wheel = TimerWheel<String>(now: 1_000)
        wheel.arm("a", at: 1_050)
        let told = [1_049, 1_070, 9_999].map { wheel.advance(to: $0) }
        let left = wheel.count
        #expect(told == [[], ["a"], []])
        #expect(left == 0)
    }

    @Test("a deadline beyond one turn of the wheel waits for its own turn")
    func farDeadline() {
        var wheel = TimerWheel<Int>(now: 0)
        wheel.arm(1, at: 12_345)
        let told = [12_340, 12_360].map { wheel.advance(to: $0) }
        #expect(told == [[], [1]])
    }

    @Test("a past deadline is told at the next advance")
    func pastDeadline() {
        var wheel = TimerWheel<Int>(now: 500)
        wheel.arm(7, at: 100)
        let told = wheel.advance(to: 520)
        #expect(told == [7])
    }

    @Test("an empty wheel waits for nothing; an armed one never sleeps past a deadline")
    func sleeps() throws {
        var wheel = TimerWheel<Int>(now: 0)
        let idle = wheel.millisecondsToNext(now: 0)
        #expect(idle == nil)
        wheel.arm(1, at: 3_000)
        let armed = wheel.millisecondsToNext(now: 0)
        let sleep = try #require(armed)
        #expect(sleep > 0 && sleep <= 3_020)
    }

    @Test(
        "every deadline is told within a slot of its time, whatever the steps",
        arguments: [1, 2, 3])
    func anySteps(seed: UInt64) {
        var random = LoopRandom(seed: seed)
        var wheel = TimerWheel<Int64>(now: 0)
        var waiting: [Int64: Int] = [:]
        var now: Int64 = 0
        for _ in 0..<2_000 {
            let deadline = now + Int64.random(in: -50...20_000, using: &random)
            wheel.arm(deadline, at: deadline)
            waiting[deadline, default: 0] += 1
            let step = wheel.millisecondsToNext(now: now).map { min($0, 40) } ?? 10
            now += max(1, step)
            for told in wheel.advance(to: now) {
                #expect(told <= now && told > now - 20_050, "seed \(seed)")
                waiting[told, default: 0] -= 1
            }
            let late = waiting.filter { $0.value > 0 && $0.key < now - 60 }
            #expect(late.isEmpty, "seed \(seed): told late \(late)")
        }
    }
}
