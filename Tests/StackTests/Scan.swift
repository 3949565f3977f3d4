import Bytes
import Testing

@testable import Stack

/// Runs the scanner over a text in pieces, and says what it found.
enum Scan {
    /// Every step as text. Faults have their offset in the whole text.
    static func all(
        _ text: String, pieceBytes: Int = .max, endsHere: Bool = true
    ) throws(LabFault) -> [String] {
        let bytes = Array(text.utf8)
        var scanner = LabScanner()
        var start = 0
        var end = min(bytes.count, pieceBytes)
        var found: [String] = []
        while true {
            let isEnd = end == bytes.count && endsHere
            let window = Array(bytes[start..<end])
            let (step, taken) = try ByteString(window).withBytes {
                (lent) throws(LabFault) -> (LabScanner.Step, Int) in
                do throws(LabFault) {
                    return try scanner.step(lent, isEnd: isEnd)
                } catch {
                    throw LabFault(error.reason, at: error.offset + start)
                }
            }
            if let text = describe(step, window) { found.append(text) }
            start += taken
            if step == .done { return found }
            if step == .needsMore {
                precondition(!isEnd, "there is no more")
                end += min(bytes.count - end, pieceBytes)
            }
        }
    }

    /// The steps, or the fault, in one line.
    static func outcome(_ text: String, pieceBytes: Int = .max) -> String {
        do throws(LabFault) {
            return try all(text, pieceBytes: pieceBytes).joined(separator: "; ")
        } catch {
            return "\(error.offset): \(error.reason)"
        }
    }

    private static func describe(_ step: LabScanner.Step, _ bytes: [UInt8]) -> String? {
        switch step {
        case .needsMore: nil
        case .begins(let section): "begins \(section)"
        case .record(let record):
            "record "
                + String(
                    decoding: bytes[record.place.lower..<record.place.upper], as: UTF8.self)
        case .spoiled(let reason): "spoiled \(reason)"
        case .ends(let section): "ends \(section)"
        case .passed(let name): "passed \(name)"
        case .done: "done"
        }
    }
}
