import Glibc
import Synchronization

/// One run from start to report: workers on their threads, the caller's thread takes the samples.
struct LoadRun {
    let plan: LoadPlan

    /// Blocks for warm-up, duration and, at most, the time-out of the last requests.
    func report() throws(LoadFailure) -> LoadReport {
        FileDescriptorLimit.raise()
        try checkReachable()
        if case .open = plan.mode { TimerSlack.shorten() }
        let window = Window(start: MonotonicClock.now(), plan: plan)
        let threads = (0..<plan.threads).map {
            WorkerThread(plan: plan, thread: $0, window: window)
        }
        for thread in threads { try thread.start() }
        sleep(until: window.measureStart, or: threads)
        let before = RunSample(plan: plan, threads: threads)
        sleep(until: window.end, or: threads)
        let after = RunSample(plan: plan, threads: threads)
        var tally = Tally()
        for thread in threads { tally.merge(try thread.join()) }
        return LoadReport(
            plan: plan, tally: tally, window: window, sampledUntil: after.instant,
            usage: RunUsage(watched: plan.watched, from: before, to: after))
    }

    /// A server that is not there is one clear line instead of thousands of failed requests.
    private func checkReachable() throws(LoadFailure) {
        let limit = CInt(plan.timeoutNanoseconds / Nanoseconds.millisecond)
        if let reason = ClientSocket.probe(plan.endpoint, timeoutMilliseconds: limit) {
            throw .run("cannot connect to \(plan.endpoint): \(reason); is the server running?")
        }
        for process in plan.watched where ProcessSample(of: process) == nil {
            throw .run("no process \(process.pid) for --pid \(process.name)=\(process.pid)")
        }
    }

    private func sleep(until instant: Int, or threads: [WorkerThread]) {
        while !Interrupt.isRaised {
            let left = instant - MonotonicClock.now()
            let areDone = threads.allSatisfy { $0.progress.isDone.load(ordering: .acquiring) }
            guard left > 0, !areDone else { return }
            MonotonicClock.sleep(nanoseconds: min(left, LoadLimits.samplerTick))
        }
    }
}

/// The soft limit of open descriptors is often 1024, below what a run may ask for.
enum FileDescriptorLimit {
    static func raise() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        // When refused, connections that find no descriptor are counted as faults.
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Threads inherit how late the kernel may wake them: 50 µs, far too coarse for a schedule.
enum TimerSlack {
    static func shorten() {
        // When refused, requests are sent later, and the report's send lag says so.
        guard let file = unsafe fopen("/proc/self/timerslack_ns", "we") else { return }
        unsafe fputs("1", file)
        unsafe fclose(file)
    }
}
