import Bytes

/// The field lines of one head while it is parsed: each checked, its name recognised once.
struct FieldSection: ~Copyable {
    /// In the order received.
    var lines: [FieldLine]
    /// A bit for each kind of field that is there.
    private(set) var present: UInt64 = 0
    /// A bit for each kind of field that is there more than once.
    private(set) var repeated: UInt64 = 0

    /// `lines` is an empty list whose allocation is used again.
    init(reusing lines: consuming [FieldLine]) { self.lines = lines }

    @inline(__always)
    func has(_ field: KnownField) -> Bool { present & field.bit != 0 }

    @inline(__always)
    func isRepeated(_ field: KnownField) -> Bool { repeated & field.bit != 0 }

    /// Hands out the lines, which are then no longer here.
    mutating func takeLines() -> [FieldLine] {
        var taken: [FieldLine] = []
        swap(&taken, &lines)
        return taken
    }

    /// The value of the first field of this kind.
    func first(_ field: KnownField) -> Slice? {
        guard has(field) else { return nil }
        for line in lines where line.known == field { return line.value }
        return nil
    }

    /// Reads the lines from `start` to the empty line that ends `head`.
    mutating func read(
        _ head: UnsafeRawBufferPointer, from start: Int, fieldsMax: Int
    ) throws(HTTPFault) {
        var position = start
        while position &+ 2 < head.count {
            guard lines.count < fieldsMax else {
                throw HTTPFault(
                    .fieldsTooLarge, "too-many-fields", "the head has more than \(fieldsMax) fields"
                )
            }
            let colon = try unsafe FieldSection.nameEnd(head, from: position)
            let name = unsafe UnsafeRawBufferPointer(rebasing: head[position..<colon])
            let known = unsafe KnownField(name)
            let (value, end) = try unsafe FieldSection.value(head, from: colon &+ 1)
            repeated |= present & known.bit
            present |= known.bit
            lines.append(
                FieldLine(
                    known: known, name: Slice(offset: position, count: colon &- position),
                    value: value))
            position = end &+ 2
        }
    }

    /// Where the name that starts at `start` ends: at its colon.
    @inline(__always)
    private static func nameEnd(
        _ head: UnsafeRawBufferPointer, from start: Int
    ) throws(HTTPFault) -> Int {
        var index = unsafe ByteScan.afterLetters(head, from: start)
        while unsafe ASCII.isToken(head[index]) {
            index = unsafe ByteScan.afterLetters(head, from: index &+ 1)
        }
        guard unsafe head[index] == ASCII.colon, index > start else {
            throw unsafe badName(head, from: start, at: index)
        }
        return index
    }

    /// The value after a colon, without the blanks around it, and where its line ends.
    @inline(__always)
    private static func value(
        _ head: UnsafeRawBufferPointer, from start: Int
    ) throws(HTTPFault) -> (Slice, end: Int) {
        var lower = start
        while unsafe isBlank(head[lower]) { lower &+= 1 }
        var end = unsafe ByteScan.control(head, from: lower)
        while unsafe head[end] == ASCII.tab { end = unsafe ByteScan.control(head, from: end &+ 1) }
        guard unsafe head[end] == ASCII.carriageReturn else {
            throw HTTPFault(
                .badRequest, "bad-field-value",
                "the value of a field has a control character, byte \(unsafe head[end])")
        }
        guard unsafe head[end &+ 1] == ASCII.lineFeed else {
            throw HTTPFault.bareCarriageReturn
        }
        var upper = end
        while upper > lower, unsafe isBlank(head[upper &- 1]) { upper &-= 1 }
        return (Slice(offset: lower, count: upper &- lower), end)
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab
    }

    /// Says what is wrong with the name that starts at `start` and breaks at `index`.
    private static func badName(
        _ head: UnsafeRawBufferPointer, from start: Int, at index: Int
    ) -> HTTPFault {
        let byte = unsafe head[index]
        if isBlank(byte), index == start {
            return HTTPFault(
                .badRequest, "folded-field", "a field must not be continued on a second line")
        }
        if isBlank(byte) {
            let name = unsafe nameForPeople(head, at: start)
            return HTTPFault(
                .badRequest, "space-before-colon",
                "a blank stands in or after the field name \(name)")
        }
        if byte == ASCII.carriageReturn, unsafe head[index + 1] != ASCII.lineFeed {
            return .bareCarriageReturn
        }
        return HTTPFault(
            .badRequest, "bad-field-name",
            byte == ASCII.colon
                ? "a field has no name" : "a field name has the byte \(byte), which is not allowed")
    }

    /// The start of the field name at `start`, short and printable, for a sentence.
    static func nameForPeople(_ bytes: UnsafeRawBufferPointer, at start: Int) -> String {
        let shownMax = 64
        var end = start
        while end < bytes.count, end - start < shownMax, unsafe ASCII.isToken(bytes[end]) {
            end += 1
        }
        return unsafe String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

extension KnownField {
    /// The bit of this field in a set of fields; `other` has one for all of them.
    @inlinable var bit: UInt64 { 1 &<< UInt64(rawValue) }
}
