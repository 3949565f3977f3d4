import Bytes

/// The records of a lab-shaped file as lines of NDJSON, section after section, in the order of the
/// file.
struct LabLines: ~Copyable {
    /// What was found while lines were made.
    enum Finding: Equatable {
        /// A line was added for the record with this index, which begins in this line of the file.
        case line(index: Int, fileLine: Int)
        /// The record with this index cannot be sent.
        case spoiled(index: Int, fileLine: Int, reason: String)
        /// A member of the document that is none of the sections.
        case passed(name: String)
    }

    private var window: FileWindow
    private var scanner = LabScanner()
    private var section = LabSection.users
    private var index = 0
    private var isInSection = false

    init(path: String) throws(ImportError) { window = try FileWindow(path: path) }

    /// The same for a document in memory.
    init(_ document: ByteString) { window = FileWindow(document) }

    /// Size of the file in bytes; nil when it has none.
    var bytesTotal: Int? { window.size }
    /// Bytes of the file that were worked off.
    var bytesDone: Int { window.position.offset }

    /// Goes on to the next section; nil at the end of the document.
    mutating func nextSection(
        _ found: (Finding) -> Void
    ) throws(ImportError) -> LabSection? {
        precondition(!isInSection, "a section is read to its end")
        while true {
            let (step, taken) = try nextStep()
            window.pass(taken)
            switch step {
            case .begins(let section):
                self.section = section
                index = 0
                isInSection = true
                return section
            case .passed(let name): found(.passed(name: name))
            case .done: return nil
            case .needsMore, .record, .spoiled, .ends:
                preconditionFailure("records lie in a section")
            }
        }
    }

    /// Appends lines until `out` holds `bytesMax` or more. False once the section has ended.
    mutating func write(
        into out: inout ByteBuffer, bytesMax: Int, _ found: (Finding) -> Void
    ) throws(ImportError) -> Bool {
        while isInSection, out.count < bytesMax {
            let (step, taken) = try nextStep()
            switch step {
            case .record(let record):
                window.pass(record.place.lower)
                let place = section == .posts && !record.hasIdentity ? index + 1 : nil
                let line = window.position.line
                let bytes = unsafe UnsafeRawBufferPointer(
                    rebasing: window.bytes[..<Int(record.place.count)])
                unsafe RecordLine.write(bytes, isEmpty: record.isEmpty, place: place, into: &out)
                window.pass(taken - record.place.lower)
                found(.line(index: index, fileLine: line))
                index += 1
            case .spoiled(let reason):
                let line = window.position(at: min(taken, spaceBefore())).line
                window.pass(taken)
                found(.spoiled(index: index, fileLine: line, reason: reason))
                index += 1
            case .ends:
                window.pass(taken)
                isInSection = false
            case .needsMore, .begins, .passed, .done:
                preconditionFailure("a section holds records")
            }
        }
        return isInSection
    }

    /// The next step that says something. Nothing of the window is passed for it.
    private mutating func nextStep() throws(ImportError) -> (LabScanner.Step, Int) {
        while true {
            do throws(LabFault) {
                let (step, taken) = try unsafe scanner.step(window.bytes, isEnd: window.isEnd)
                if step != .needsMore { return (step, taken) }
                window.pass(taken)
            } catch {
                let position = window.position(at: error.offset)
                throw .broken(error.reason, text: error.text, at: position)
            }
            try window.grow()
        }
    }

    /// Bytes at the front of the window before the next record: a comma and space.
    private func spaceBefore() -> Int {
        let bytes = unsafe window.bytes
        var count = 0
        while count < bytes.count, unsafe bytes[count] <= 0x20 || bytes[count] == 0x2c {
            count += 1
        }
        return count
    }
}
