import Bytes
import Synchronization

/// One section on its way: lines go out at one end, their results come in at the other, and what
/// became of each record is counted between them.
final class SectionLoad: Sendable {
    /// A record that was not taken.
    struct Failure: Equatable, Sendable {
        let section: LabSection
        /// Counted from 0, as in a JSON pointer.
        let index: Int
        /// The line of the file in which the record begins.
        let fileLine: Int
        let reason: String

        /// One line for a person.
        var text: String { "\(section.rawValue)[\(index)] (line \(fileLine)): \(reason)" }
    }

    private struct State: ~Copyable {
        var tally = ImportTally()
        var sent = SentRecords()
        var report = BulkReportReader()
        var isReportWhole = false
        var fault: ImportError?
    }

    let section: LabSection
    private let source: LabSource
    private let failed: @Sendable (Failure) -> Void
    private let state = Mutex(State())

    /// `failed` hears of each record that is not taken.
    init(
        _ section: LabSection, of source: LabSource, failed: @escaping @Sendable (Failure) -> Void
    ) {
        self.section = section
        self.source = source
        self.failed = failed
    }

    /// What is known until now.
    var tally: ImportTally { state.withLock { $0.tally } }

    /// The next lines to send; nil at the end of the section, or of what can be read of it: `fault`
    /// says why then.
    func next() -> ByteString? {
        do throws(ImportError) {
            while let (lines, findings) = try source.nextLines() {
                note(findings)
                if !lines.isEmpty { return lines }
            }
        } catch {
            state.withLock { $0.fault = error }
        }
        return nil
    }

    /// Takes a piece of the report.
    func take(_ piece: ByteString) throws(ImportError) {
        var failures: [Failure] = []
        try state.withLock { (state) throws(ImportError) in
            var report = BulkReportReader()
            swap(&report, &state.report)
            defer { swap(&report, &state.report) }
            try unsafe piece.withBytes { (bytes) throws(ImportError) in
                try unsafe report.read(bytes) { (result) throws(ImportError) in
                    try count(result, &state, &failures)
                }
            }
        }
        for failure in failures { failed(failure) }
    }

    /// Checks, at the end of the answer, that every record was answered.
    func finish() throws(ImportError) {
        let (isWhole, missing, fault) = state.withLock {
            ($0.isReportWhole, $0.sent.count, $0.fault)
        }
        guard isWhole, missing == 0 else {
            throw .unreachable("the answer broke off; \(missing) records were not answered")
        }
        if let fault { throw fault }
    }

    /// The same when nothing was sent, because there was nothing to send.
    func finishUnsent() throws(ImportError) {
        if let fault = state.withLock({ $0.fault }) { throw fault }
    }

    private func note(_ findings: [LabLines.Finding]) {
        var failures: [Failure] = []
        state.withLock { state in
            for finding in findings {
                switch finding {
                case .line(let index, let fileLine):
                    state.tally.records += 1
                    state.sent.send(index: index, fileLine: fileLine)
                case .spoiled(let index, let fileLine, let reason):
                    state.tally.records += 1
                    state.tally.failed += 1
                    failures.append(
                        Failure(
                            section: section, index: index, fileLine: fileLine, reason: reason))
                case .passed: preconditionFailure("a section has no other members")
                }
            }
        }
        for failure in failures { failed(failure) }
    }

    private func count(
        _ result: BulkResult, _ state: inout State, _ failures: inout [Failure]
    ) throws(ImportError) {
        switch result {
        case .added(let line):
            _ = try record(line, &state)
            state.tally.added += 1
        case .unchanged(let line):
            _ = try record(line, &state)
            state.tally.unchanged += 1
        case .failed(let line, let reason):
            let record = try record(line, &state)
            state.tally.failed += 1
            failures.append(
                Failure(
                    section: section, index: record.index, fileLine: record.fileLine,
                    reason: reason))
        case .summary: state.isReportWhole = true
        }
    }

    private func record(
        _ line: Int, _ state: inout State
    ) throws(ImportError) -> SentRecords.Record {
        guard let record = state.sent.answer(line: line) else {
            throw .strangeAnswer("line \(line) was answered, which is not the one that is due")
        }
        return record
    }
}
