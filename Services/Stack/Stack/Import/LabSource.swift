import Bytes
import Synchronization

/// A lab-shaped file that is being read, shared by who sends it and who shows how far it is.
final class LabSource: Sendable {
    /// Bytes in all; nil when nobody knows.
    let bytesTotal: Int?
    private let lines: Mutex<LabLines>

    init(_ lines: consuming sending LabLines) {
        bytesTotal = lines.bytesTotal
        self.lines = Mutex(lines)
    }

    /// Bytes of the file that were worked off.
    var bytesDone: Int { lines.withLock { $0.bytesDone } }

    /// Goes on to the next section, nil at the end, and names the members that were passed for it.
    func nextSection() throws(ImportError) -> (section: LabSection?, passed: [String]) {
        try lines.withLock { (lines) throws(ImportError) in
            var passed: [String] = []
            let section = try lines.nextSection {
                if case .passed(let name) = $0 { passed.append(name) }
            }
            return (section, passed)
        }
    }

    /// Some more lines of the section, and what they are made of; nil once it has ended.
    func nextLines() throws(ImportError) -> (lines: ByteString, findings: [LabLines.Finding])? {
        try lines.withLock { (lines) throws(ImportError) in
            var out = ByteBuffer(capacity: ImportLimits.bodyBytes + ImportLimits.lineBytesUsual)
            var findings: [LabLines.Finding] = []
            do throws(ImportError) {
                _ = try lines.write(into: &out, bytesMax: ImportLimits.bodyBytes) {
                    findings.append($0)
                }
            } catch {
                // What comes before the fault is sent; the next call meets the fault again.
                if findings.isEmpty { throw error }
            }
            return findings.isEmpty ? nil : (out.freeze(), findings)
        }
    }
}
