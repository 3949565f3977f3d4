import Bytes
import HTTP
import Testing

@Suite("Requests")
struct RequestParserTests {
    @Test("each request of the corpus gets its verdict", arguments: Corpus.requests)
    func verdict(_ example: CorpusCase) {
        let verdict = Reading.request(example.bytes)
        #expect(verdict.meets(example.expectation), "got \(verdict)")
    }

    @Test("the verdict is the same wherever the bytes are cut", arguments: Corpus.requests)
    func cuts(_ example: CorpusCase) {
        let whole = Reading.request(example.bytes)
        for cut in Reading.cuts(example.bytes.count) {
            let verdict = Reading.request(example.bytes, cuts: [cut])
            guard verdict != whole else { continue }
            Issue.record("cut at \(cut): \(verdict) instead of \(whole)")
            return
        }
    }

    @Test("the verdict is the same byte by byte", arguments: Corpus.requests)
    func byteByByte(_ example: CorpusCase) {
        let bytes = Array(example.bytes.prefix(4000))
        #expect(
            Reading.request(bytes, cuts: Array(0..<bytes.count)) == Reading.request(bytes))
    }

    @Test("a storage used before shows nothing of its last head")
    func reuse() {
        let storage = HeadStorage()
        let long = Array(
            "POST /long HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nX: 1\r\n\r\n".utf8)
        let short = Array("GET / HTTP/1.1\r\nHost: b\r\n\r\n".utf8)
        #expect(Reading.request(long, storage: storage).meets("accept fields=3"))
        #expect(Reading.request(short, storage: storage) == Reading.request(short))
        #expect(!storage.has(.expect))
        #expect(storage.lines.count == 1)
    }

    @Test("known fields are recognised in any case")
    func knownFields() throws {
        for field in KnownField.allCases where field != .other {
            for spelling in [
                "\(field.name)", "\(field.name)".lowercased(), "\(field.name)".uppercased(),
            ] {
                let found = Array(spelling.utf8).withUnsafeBytes { KnownField($0) }
                #expect(found == field, "\(spelling)")
            }
        }
    }

    @Test("a name that differs from a known one in one letter is another field")
    func unknownFields() {
        for field in KnownField.allCases where field != .other {
            let name = Array("\(field.name)".utf8)
            for index in name.indices {
                var other = name
                other[index] =
                    other[index] == UInt8(ascii: "q") ? UInt8(ascii: "!") : UInt8(ascii: "q")
                let known = other.withUnsafeBytes { KnownField($0) }
                #expect(
                    known != field
                        || String(decoding: other, as: UTF8.self).lowercased()
                            == "\(field.name)".lowercased()
                )
                let short = name.dropLast(name.count - index).withUnsafeBytes { KnownField($0) }
                #expect(short != field)
            }
        }
    }

    @Test("a request line limit of its own is obeyed")
    func limits() {
        var limits = HTTPLimits()
        limits.requestLineBytesMax = 20
        limits.fieldLineBytesMax = 10
        limits.headBytesMax = 60
        limits.fieldsMax = 2
        func verdict(_ text: String) -> String {
            Reading.request(Array(text.utf8), limits: limits).description
        }
        #expect(verdict("GET /2345678901 HTTP/1.1\r\n") == "414 start-line-too-long")
        #expect(verdict("GET / HTTP/1.1\r\nHost: a\r\nX: 45678901\r\n") == "431 field-too-long")
        #expect(
            verdict("GET / HTTP/1.1\r\nHost: a\r\nX: 4567890\r\nX:1\r\n\r\n")
                == "431 too-many-fields")
        #expect(
            verdict("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: 1\r\n", count: 6))
                == "431 head-too-long")
    }

    @Test("the fault for a long field names it")
    func namesTheField() {
        let bytes = Array("GET / HTTP/1.1\r\nCookie: \(String(repeating: "a", count: 17_000))".utf8)
        var scanned = 0
        let detail = bytes.withUnsafeBytes { bytes in
            do throws(HTTPFault) {
                _ = try RequestParser.parse(
                    bytes, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
                return ""
            } catch { return error.detail }
        }
        #expect(detail.contains("Cookie"))
    }
}
