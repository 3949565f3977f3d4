import Bytes
import JSON

/// Finds the records of a lab-shaped document, `{"users":[…],"threads":[…],"posts":[…]}` with
/// members in any order, in bytes that arrive piece by piece. Pure: bytes in, one step out.
struct LabScanner: Sendable {
    /// What the next bytes turned out to be.
    enum Step: Equatable, Sendable {
        /// More bytes must be seen together with those that were not taken.
        case needsMore
        case begins(LabSection)
        case record(LabRecord)
        /// An element that is no usable record, and why. It counts as one.
        case spoiled(String)
        case ends(LabSection)
        /// A member that is none of the three sections; its value is not looked at.
        case passed(String)
        /// The document is complete.
        case done
    }

    private enum State: Equatable {
        case document
        case memberOrEnd, member, memberCommaOrEnd
        case elementOrEnd, elementCommaOrEnd
        /// In the middle of a value that is not kept.
        case skipping(ValueSkipper, isElement: Bool)
        case done
    }

    private var state = State.document
    private var section = LabSection.users
    private var seen: Set<LabSection> = []

    init() {}

    /// Looks at the front of `bytes`; answers what is there and how many bytes were taken by it.
    /// After `needsMore` the next call gets the rest of these bytes and more after them, or the
    /// same with `isEnd`. Places are places in `bytes`.
    mutating func step(
        _ bytes: UnsafeRawBufferPointer, isEnd: Bool
    ) throws(LabFault) -> (step: Step, taken: Int) {
        var cursor = unsafe LabCursor(bytes, isEnd: isEnd)
        while true {
            if let step = try step(&cursor) { return (step, cursor.position) }
        }
    }

    /// Nil when only punctuation was taken.
    private mutating func step(_ cursor: inout LabCursor) throws(LabFault) -> Step? {
        if case .skipping(let skipper, let isElement) = state {
            return try skip(skipper, isElement, &cursor)
        }
        cursor.skipSpace()
        guard let byte = cursor.current else { return try atEnd(cursor) }
        switch state {
        case .document: try open(byte, &cursor)
        case .memberOrEnd where byte == UInt8(ascii: "}"),
            .memberCommaOrEnd where byte == UInt8(ascii: "}"):
            cursor.position += 1
            state = .done
        case .memberCommaOrEnd:
            try cursor.take(UInt8(ascii: ","))
            state = .member
        case .memberOrEnd, .member: return try member(&cursor)
        case .elementOrEnd where byte == UInt8(ascii: "]"),
            .elementCommaOrEnd where byte == UInt8(ascii: "]"):
            cursor.position += 1
            state = .memberCommaOrEnd
            return .ends(section)
        case .elementCommaOrEnd: return try nextElement(&cursor)
        case .elementOrEnd: return try element(&cursor)
        case .done: throw cursor.fault(.trailingBytes)
        case .skipping: preconditionFailure("this was left above")
        }
        return nil
    }

    private func atEnd(_ cursor: LabCursor) throws(LabFault) -> Step {
        if !cursor.isEnd { return .needsMore }
        if state == .done { return .done }
        throw cursor.fault(.unexpectedEnd)
    }

    private mutating func open(_ byte: UInt8, _ cursor: inout LabCursor) throws(LabFault) {
        guard byte != UInt8(ascii: "{") else {
            cursor.position += 1
            state = .memberOrEnd
            return
        }
        // What is not JSON at all is called so; any other value is only the wrong one.
        throw cursor.faultOfValue() ?? LabFault(.notAnObject, at: cursor.position)
    }

    private mutating func skip(
        _ skipper: ValueSkipper, _ isElement: Bool, _ cursor: inout LabCursor
    ) throws(LabFault) -> Step? {
        var skipper = skipper
        cursor.pass(&skipper)
        if skipper.isDone {
            state = isElement ? .elementCommaOrEnd : .memberCommaOrEnd
            return nil
        }
        if cursor.isEnd { throw cursor.fault(.unexpectedEnd) }
        state = .skipping(skipper, isElement: isElement)
        return .needsMore
    }

    /// A name, its colon and the first byte of its value; all of it must be seen at once.
    private mutating func member(_ cursor: inout LabCursor) throws(LabFault) -> Step {
        let start = cursor.position
        guard let name = try cursor.takeName() else { return .needsMore }
        guard let section = LabSection(rawValue: name) else {
            state = .skipping(ValueSkipper(), isElement: false)
            return .passed(name)
        }
        if seen.contains(section) { throw LabFault(.twice(section), at: start) }
        guard cursor.current == UInt8(ascii: "[") else {
            throw LabFault(.notAnArray(section), at: cursor.position)
        }
        cursor.position += 1
        seen.insert(section)
        self.section = section
        state = .elementOrEnd
        return .begins(section)
    }

    // MARK: Elements of a section

    /// The comma is taken together with what follows it.
    private mutating func nextElement(_ cursor: inout LabCursor) throws(LabFault) -> Step {
        let comma = cursor.position
        try cursor.take(UInt8(ascii: ","))
        cursor.skipSpace()
        var step = Step.needsMore
        if cursor.current != nil {
            step = try element(&cursor)
        } else if cursor.isEnd {
            throw cursor.fault(.unexpectedEnd)
        }
        if step == .needsMore { cursor.position = comma }
        return step
    }

    private mutating func element(_ cursor: inout LabCursor) throws(LabFault) -> Step {
        let start = cursor.position
        let isWhole = cursor.isEnd || cursor.count - start > ImportLimits.recordBytesMax
        do {
            let (record, end) = try cursor.record()
            if record == nil, end == cursor.count, !isWhole { return .needsMore }
            cursor.position = end
            state = .elementCommaOrEnd
            guard let record else {
                return .spoiled("an object is expected, not \(cursor.kind(at: start))")
            }
            let isSmall = record.place.count <= ImportLimits.recordBytesMax
            return isSmall ? .record(record) : .spoiled(LabScanner.tooLarge)
        } catch {
            // Whatever it is, first everything must have been seen.
            return isWhole ? try spoil(error, &cursor) : .needsMore
        }
    }

    private static let tooLarge = "a record has at most \(ImportLimits.recordBytesMax) bytes"

    /// What breaks the text of a record spoils that record alone; what breaks the structure, the
    /// file.
    private mutating func spoil(
        _ error: JSONError, _ cursor: inout LabCursor
    ) throws(LabFault) -> Step {
        switch error.reason {
        case .unexpectedEnd where !cursor.isEnd:
            state = .skipping(ValueSkipper(), isElement: true)
            return .spoiled(LabScanner.tooLarge)
        case .numberTooLong, .loneSurrogate, .controlCharacter, .invalidUTF8, .tooDeep:
            state = .skipping(ValueSkipper(), isElement: true)
            return .spoiled("byte \(error.offset) of the record: \(error.reason.rawValue)")
        default:
            throw LabFault(error, from: cursor.position)
        }
    }
}
