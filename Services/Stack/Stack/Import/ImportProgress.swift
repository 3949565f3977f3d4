import Glibc
import Synchronization

/// Tells a person how far an import is, which records failed, and in the end what became of all.
///
/// On a terminal a line is drawn ten times a second; elsewhere a line is printed every five
/// seconds.
final class ImportProgress: Sendable {
    private struct State {
        var source: LabSource?
        var load: SectionLoad?
        var done: [(section: LabSection, tally: ImportTally)] = []
        var failuresShown = 0
        var begunAt: Int64 = 0
        var saidAt: Int64 = 0
    }

    private let console: Console
    private let state = Mutex(State())

    init(_ console: Console) { self.console = console }

    /// What became of the records of each section, in the order of the file.
    var tallies: [(section: LabSection, tally: ImportTally)] {
        state.withLock { state in
            var all = state.done
            if let load = state.load { all.append((load.section, load.tally)) }
            return all
        }
    }

    func begin(_ source: LabSource) {
        let now = ImportProgress.now()
        state.withLock { state in
            state.source = source
            state.begunAt = now
            state.saidAt = now
        }
    }

    func begin(_ load: SectionLoad) {
        state.withLock { state in
            if let before = state.load { state.done.append((before.section, before.tally)) }
            state.load = load
        }
    }

    /// Takes the line of progress away.
    func end() { console.show(progress: "") }

    /// Milliseconds since the beginning.
    var elapsedMilliseconds: Int64 { ImportProgress.now() - state.withLock { $0.begunAt } }

    /// Draws or says how far it is, if that is due.
    func update() {
        let now = ImportProgress.now()
        let pause: Int64 = console.isTerminal ? 100 : 5_000
        let line = state.withLock { state -> String? in
            guard now - state.saidAt >= pause, let load = state.load, let source = state.source
            else { return nil }
            state.saidAt = now
            return ImportProgress.line(load, source, now - state.begunAt)
        }
        guard let line else { return }
        if console.isTerminal {
            console.show(progress: line)
        } else {
            console.complain(line)
        }
    }

    /// A record that was not taken; the first ones are shown.
    func fail(_ failure: SectionLoad.Failure) {
        let shown = state.withLock { state in
            state.failuresShown += 1
            return state.failuresShown
        }
        if shown <= ImportLimits.failuresShownMax {
            console.complain(failure.text)
        } else if shown == ImportLimits.failuresShownMax + 1 {
            console.complain("… further failures are counted, not shown")
        }
    }

    /// A member of the document that nobody knows.
    func pass(_ name: String) {
        console.complain("\"\(name)\" is none of users, threads and posts: passed over")
    }

    private static func line(
        _ load: SectionLoad, _ source: LabSource, _ milliseconds: Int64
    ) -> String {
        let settled = Figures.grouped(load.tally.settled)
        let seconds = Figures.seconds(milliseconds)
        guard let total = source.bytesTotal, total > 0 else {
            return "\(load.section.rawValue): \(settled) records, \(seconds)"
        }
        let percent = min(100, source.bytesDone * 100 / total)
        let filled = percent / 5
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
        return "\(bar) \(percent) %  \(load.section.rawValue): \(settled) records, \(seconds)"
    }

    private static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
