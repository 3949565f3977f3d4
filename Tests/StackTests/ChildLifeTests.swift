import Testing

@testable import Stack

@Suite("The life of a supervised process")
struct ChildLifeTests {
    private func started() -> ChildLife {
        var life = ChildLife()
        #expect(life.waitIsOver(now: 0) == .spawn)
        return life
    }

    private func healthy() -> ChildLife {
        var life = started()
        life.becameReady(now: 10)
        #expect(life.isHealthy)
        return life
    }

    @Test("who is told to end by somebody else is not started again")
    func toldToEnd() {
        var life = ChildLife()
        #expect(life.waitIsOver(now: 0) == .spawn)
        life.becameReady(now: 10)
        #expect(life.exited(.code(0), now: 20) == .over)
        #expect(life.state == .ended(.code(0)) && life.isOver)
    }

    @Test("what fails before it was ever ready is not started again")
    func firstStart() {
        var life = started()
        #expect(life.exited(.code(1), now: 5) == .over)
        #expect(life.state == .failed(.code(1)))
    }

    @Test("a crash is followed by a wait, and each crash in a row by one twice as long")
    func backOff() {
        var life = healthy()
        var waits: [Int64] = []
        for now in 0..<8 {
            if case .wait(let milliseconds) = life.exited(.signal(9), now: Int64(now) * 20) {
                waits.append(milliseconds)
            }
            #expect(life.waitIsOver(now: Int64(now) * 20) == .spawn)
            life.becameReady(now: Int64(now) * 20)
        }
        #expect(waits == [100, 200, 400, 800, 1600, 3200, 6400, 10_000])
    }

    @Test("who ran steadily starts again with the first wait")
    func steady() {
        var life = healthy()
        #expect(life.exited(.signal(9), now: 20) == .wait(milliseconds: 100))
        _ = life.waitIsOver(now: 120)
        life.becameReady(now: 200)
        #expect(life.exited(.signal(9), now: 60_000) == .wait(milliseconds: 100))
    }

    @Test("who crashes again and again is given up")
    func givenUp() {
        var life = healthy()
        for _ in 0..<RestartLimits.failuresInRowMax {
            _ = life.exited(.code(3), now: 20)
            _ = life.waitIsOver(now: 20)
        }
        #expect(life.exited(.code(3), now: 20) == .over)
        #expect(life.word == "failed")
        #expect(life.stop() == .nothing)
    }

    @Test("told to end, it ends, and how is kept")
    func stop() {
        var life = healthy()
        #expect(life.stop() == .terminate)
        #expect(life.stop() == .nothing)
        #expect(life.exited(.code(0), now: 30) == .over)
        #expect(life.state == .ended(.code(0)))
    }

    @Test("told to end while it waits for its restart, it is over at once")
    func stopWaiting() {
        var life = healthy()
        _ = life.exited(.signal(9), now: 20)
        #expect(life.stop() == .over)
        #expect(life.waitIsOver(now: 200) == .nothing)
    }

    @Test("a late answer of an ended process changes nothing")
    func lateAnswer() {
        var life = healthy()
        _ = life.exited(.signal(9), now: 20)
        life.becameReady(now: 21)
        #expect(life.word == "restarting")
    }

    @Test("an exit says code or signal in words")
    func words() {
        #expect("\(ChildExit(status: 0x0100))" == "exit 1")
        #expect("\(ChildExit(status: 9))" == "killed by signal 9 (KILL)")
        #expect(ChildExit(status: 0).isClean)
    }
}
