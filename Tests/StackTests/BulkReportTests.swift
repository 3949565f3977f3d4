import Bytes
import Testing

@testable import Stack

@Suite("The report of a bulk load")
struct BulkReportTests {
    private func result(_ line: String) -> BulkResult? {
        Array(line.utf8).withUnsafeBytes { BulkResult($0) }
    }

    @Test("the usual lines and any other spelling of them mean the same")
    func spellings() {
        #expect(result(#"{"line":12,"id":4}"#) == .added(line: 12))
        #expect(result(#"{ "id": 4, "line": 12 }"#) == .added(line: 12))
        #expect(result(#"{"line":1,"id":4,"state":"unchanged"}"#) == .unchanged(line: 1))
        #expect(result(#"{"line":1,"state":"unchanged","id":4}"#) == .unchanged(line: 1))
        #expect(result(#"{"line":1,"id":4,"more":true}"#) == .added(line: 1))
    }

    @Test("a failed line tells every reason with its pointer")
    func problem() {
        let line = #"""
            {"line":3,"problem":{"title":"Request is not valid","status":422,"detail":"2 fields",
            "errors":[{"pointer":"/text","detail":"at least 1"},{"detail":"no more"}]}}
            """#
        #expect(result(line) == .failed(line: 3, reason: "2 fields; /text at least 1; no more"))
        #expect(
            result(#"{"line":3,"problem":{"title":"Gone"}}"#) == .failed(line: 3, reason: "Gone"))
        #expect(
            result(#"{"line":3,"problem":{}}"#) == .failed(line: 3, reason: "no reason was given"))
    }

    @Test("the summary ends the report")
    func summary() {
        #expect(
            result(#"{"summary":{"lines":3,"added":1,"unchanged":1,"failed":1}}"#)
                == .summary(lines: 3))
    }

    @Test("what is no line of a report is none", arguments: ["", "{}", "[1]", "x", #"{"id":1}"#])
    func nonsense(_ line: String) { #expect(result(line) == nil) }

    @Test("lines are whole, whatever pieces they come in")
    func pieces() throws {
        let text = Array("{\"line\":1,\"id\":1}\n\n{\"line\":2,\"id\":9}\n".utf8)
        for pieceBytes in 1...text.count {
            var reader = BulkReportReader()
            var results: [BulkResult] = []
            for start in stride(from: 0, to: text.count, by: pieceBytes) {
                let piece = Array(text[start..<min(text.count, start + pieceBytes)])
                try ByteString(piece).withBytes { (lent) throws(ImportError) in
                    try reader.read(lent) { results.append($0) }
                }
            }
            #expect(results == [.added(line: 1), .added(line: 2)])
            let isInLine = reader.isInLine
            #expect(!isInLine)
        }
    }

    @Test("a page of another kind is not taken for a report")
    func strange() {
        var reader = BulkReportReader()
        #expect(throws: ImportError.self) {
            try ByteString("<html>\n").withBytes { (lent) throws(ImportError) in
                try reader.read(lent) { _ in }
            }
        }
    }

    @Test("answers find their records in the order they were sent, and no other way")
    func sentRecords() {
        var sent = SentRecords()
        for index in 0..<10_000 {
            sent.send(index: index * 2, fileLine: index)
            if index % 3 > 0 {
                let line = index - index / 3
                #expect(sent.answer(line: line)?.fileLine == line - 1)
            }
        }
        #expect(sent.answer(line: 1) == nil)
        #expect(sent.count == 3334)
    }
}
