import Bytes
import HTTP

/// What a parser made of some bytes, in a form that can be compared and read.
enum Verdict: Equatable, CustomStringConvertible {
    case incomplete
    case fault(Int, String)
    /// Everything that was understood, by name.
    case accept([String: String], lines: [String])

    var description: String {
        switch self {
        case .incomplete: "incomplete"
        case .fault(let status, let code): "\(status) \(code)"
        case .accept(let facts, let lines):
            "accept "
                + facts.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
                + " lines=\(lines)"
        }
    }

    init(_ fault: HTTPFault) { self = .fault(Int(fault.status.code), "\(fault.code)") }

    init(_ head: RequestHead) {
        let storage = head.storage
        self = .accept(
            [
                "method": "\(head.method.name)", "form": "\(head.form)",
                "target": storage.text(head.target), "path": storage.text(head.path),
                "query": head.query.map(storage.text) ?? "nil",
                "authority": storage.text(head.authority), "minor": "\(head.minorVersion)",
                "framing": "\(head.framing)", "persists": "\(head.persists)",
                "continue": "\(head.expectsContinue)", "bytes": "\(head.byteCount)",
                "fields": "\(storage.lines.count)",
            ], lines: Verdict.lines(storage))
    }

    init(_ head: ResponseHead) {
        self = .accept(
            [
                "status": "\(head.status.code)", "minor": "\(head.minorVersion)",
                "framing": "\(head.framing)", "persists": "\(head.persists)",
                "bytes": "\(head.byteCount)", "fields": "\(head.storage.lines.count)",
            ], lines: Verdict.lines(head.storage))
    }

    /// The lines as `name:value`, each byte a character, so that none is lost.
    private static func lines(_ storage: HeadStorage) -> [String] {
        storage.lines.map { line in
            Verdict.latin(storage.bytes(line.name)) + ":" + Verdict.latin(storage.bytes(line.value))
        }
    }

    static func latin(_ bytes: some Sequence<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
    }

    /// Whether this is what a corpus file expects.
    func meets(_ expectation: String) -> Bool {
        guard case .accept(let facts, let lines) = self, expectation.hasPrefix("accept") else {
            return description == expectation
        }
        return expectation.split(separator: " ").dropFirst().allSatisfy { fact in
            let key = String(fact.prefix { $0 != "=" })
            let value = Verdict.latin(Corpus.unescape(fact.dropFirst(key.count + 1)))
            return key == "value" ? lines.contains(value) : facts[key] == value
        }
    }
}

/// Runs a parser over bytes that arrive in pieces.
enum Reading {
    /// The verdict on requests whose bytes arrive up to each of `cuts` in turn, and then all.
    static func request(
        _ bytes: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits(),
        storage: HeadStorage = HeadStorage()
    ) -> Verdict {
        var scanned = 0
        for count in cuts + [bytes.count] {
            let verdict = piece(bytes, count) { piece throws(HTTPFault) in
                try RequestParser.parse(piece, scanned: &scanned, limits: limits, into: storage)
                    .map { Verdict($0) }
            }
            if verdict != .incomplete { return verdict }
        }
        return .incomplete
    }

    /// The same for answers.
    static func response(
        _ bytes: [UInt8], to method: Method, cuts: [Int] = [], limits: HTTPLimits = HTTPLimits(),
        storage: HeadStorage = HeadStorage()
    ) -> Verdict {
        var scanned = 0
        for count in cuts + [bytes.count] {
            let verdict = piece(bytes, count) { piece throws(HTTPFault) in
                try ResponseParser.parse(
                    piece, scanned: &scanned, limits: limits, requestMethod: method, into: storage
                ).map { Verdict($0) }
            }
            if verdict != .incomplete { return verdict }
        }
        return .incomplete
    }

    /// A copy in an allocation of just that size, so that the address sanitizer sees each step
    /// outside.
    private static func piece(
        _ bytes: [UInt8], _ count: Int,
        _ parse: (UnsafeRawBufferPointer) throws(HTTPFault) -> Verdict?
    ) -> Verdict {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { room.deallocate() }
        room.copyBytes(from: bytes[..<count])
        do throws(HTTPFault) {
            return try parse(UnsafeRawBufferPointer(room)) ?? .incomplete
        } catch {
            return Verdict(error)
        }
    }

    /// Where to cut bytes of this length: everywhere if they are few, else around the ends and at
    /// some places between.
    static func cuts(_ count: Int) -> [Int] {
        if count < 400 { return Array(0..<count) }
        return Array(0..<64) + stride(from: 64, to: count, by: max(1, count / 100))
            + Array((count - 64)..<count)
    }
}
