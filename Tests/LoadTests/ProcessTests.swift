import Glibc
import Testing

@testable import LoadEngine

@Suite struct ProcessTests {
    @Test("a stat line is read behind a name with spaces and parentheses") func stat() {
        let stat = ProcessStat("12 (a) b (c)) S 7 1 1 0 -1 4 10 0 0 0 31 42 5 6 20 0 1 0")
        #expect(stat?.parent == 7 && stat?.userTicks == 31 && stat?.systemTicks == 42)
    }

    @Test("what is not a stat line is refused", arguments: ["", "12 a S 7", "12 (a) S 7 1"])
    func refused(text: String) { #expect(ProcessStat(text) == nil) }

    @Test("a status file gives memory in bytes and both kinds of switches") func status() {
        let status = ProcessStatus(
            "Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n"
                + "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6\n")
        #expect(status.residentBytes == 1 << 20 && status.residentPeakBytes == 2 << 20)
        #expect(status.voluntarySwitches == 5 && status.involuntarySwitches == 6)
    }

    @Test("the first line of /proc/stat gives busy and stolen time") func machine() {
        let sample = MachineSample("cpu  1 2 3 400 50 6 7 8 0 0\ncpu0 1 2 3\n")
        #expect(sample?.busyNanoseconds == 19 * ProcessSample.nanosecondsPerTick)
        #expect(sample?.stolenNanoseconds == 8 * ProcessSample.nanosecondsPerTick)
        #expect(MachineSample("intr 1") == nil)
    }

    @Test("the CPU time of a process is what its stat file says, to the tick") func agreement()
        throws
    {
        let own = WatchedProcess(name: "own", pid: getpid(), withChildren: false)
        let before = try #require(ProcessSample(of: own))
        let start = clock()
        while clock() - start < 60_000 {}
        let after = try #require(ProcessSample(of: own))
        let exact = after.cpuNanoseconds(since: before)
        let ticks = after.userTicks + after.systemTicks - before.userTicks - before.systemTicks
        // User and system time are each rounded down, at both ends.
        #expect(
            abs(exact - ticks * ProcessSample.nanosecondsPerTick) < 4
                * ProcessSample.nanosecondsPerTick)
        #expect(exact > 0 && after.residentBytes > 0 && after.residentPeakBytes > 0)
    }

    @Test("a process that does not exist has no sample") func gone() {
        let nobody = WatchedProcess(name: "nobody", pid: .max, withChildren: true)
        #expect(ProcessSample(of: nobody) == nil)
    }

    @Test("a process with its children counts them") func tree() throws {
        let parent = WatchedProcess(name: "parent", pid: getppid(), withChildren: true)
        #expect(try #require(ProcessSample(of: parent)).pids.contains(getpid()))
    }
}
