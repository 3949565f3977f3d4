import Glibc
import Synchronization

/// Everything that is read at the beginning and at the end of the measured window.
struct RunSample {
    let instant: Int
    /// Answers so far: CPU per request divides by those between two samples.
    let answered: Int
    let ownCPUNanoseconds: Int
    let machine: MachineSample?
    let processes: [ProcessSample?]

    init(plan: LoadPlan, threads: [WorkerThread]) {
        instant = MonotonicClock.now()
        answered = threads.reduce(0) { $0 + $1.progress.answered.load(ordering: .relaxed) }
        ownCPUNanoseconds = MonotonicClock.read(CLOCK_PROCESS_CPUTIME_ID)
        processes = plan.watched.map(ProcessSample.init)
        machine = MachineSample.now()
    }
}
