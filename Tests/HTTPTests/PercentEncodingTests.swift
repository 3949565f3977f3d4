import Bytes
import HTTP
import Seeding
import Testing

private func decode(_ text: String, plusIsSpace: Bool = false) -> String? {
    Array(text.utf8).withUnsafeBytes { PercentEncoding.decodeText($0, plusIsSpace: plusIsSpace) }
}

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("escapes in either case are decoded")
    func decodes() {
        #expect(decode("caf%C3%a9%2F%25") == "café/%")
    }

    @Test("a plus is a plus in a path and a space in a form's query")
    func plus() {
        #expect(decode("a+b") == "a+b")
        #expect(decode("a+b%2B", plusIsSpace: true) == "a b+")
    }

    @Test("broken escapes are refused", arguments: ["%", "%4", "%zz", "a%", "%%41", "%4g", "% 1"])
    func broken(_ text: String) {
        #expect(decode(text) == nil)
    }

    @Test("bytes that are not UTF-8 are no text, but they are bytes")
    func notText() {
        #expect(decode("%ff") == nil)
        #expect(Array("%ff".utf8).withUnsafeBytes { PercentEncoding.decode($0) }?.array == [0xff])
    }

    @Test("a segment keeps only letters, digits and four marks as they are")
    func segment() {
        #expect(
            PercentEncoding.segment("aZ9-._~ /?#%é+&=") == "aZ9-._~%20%2F%3F%23%25%C3%A9%2B%26%3D")
    }

    @Test("what is encoded decodes to the same")
    func roundTrip() {
        var random = SeededRandom()
        for _ in 0..<500 {
            let text = random.text(from: "ab%+&=/ é漢🙂\n\0", count: 0...30)
            let encoded = PercentEncoding.segment(text)
            #expect(
                decode(encoded) == text && decode(encoded, plusIsSpace: true) == text, "\(random)")
        }
    }
}

@Suite("Queries")
struct QueryStringTests {
    private func pairs(_ query: String) -> [String] {
        QueryString(query).map { "\($0.name)=\($0.value)" }
    }

    @Test("pairs come in their order, decoded")
    func inOrder() {
        #expect(pairs("b=2&a=%31&b=x+y") == ["b=2", "a=1", "b=x y"])
    }

    @Test("a part without a value has an empty one, an empty part is skipped")
    func oddParts() {
        #expect(pairs("a&&b=&=c&") == ["a=", "b=", "=c"])
        #expect(pairs("") == [])
    }

    @Test("a second equals sign belongs to the value")
    func equals() {
        #expect(pairs("a=b=c") == ["a=b=c"])
    }

    @Test("a broken part ends the query and says so")
    func malformed() {
        for query in ["a=1&b=%f&c=2", "a=1&%zz", "a=1&b=%ff"] {
            var parts = QueryString(query)
            #expect(parts.next()?.name == "a")
            #expect(parts.next() == nil)
            #expect(parts.isMalformed)
        }
    }

    @Test("the first value of a name is found")
    func first() {
        #expect(QueryString("a=1&b=2&b=3").first("b") == "2")
        #expect(QueryString("a=1").first("b") == nil)
    }

    @Test("the query of a request is read from its head")
    func ofRequest() throws {
        var scanned = 0
        let bytes = Array("GET /x?fields=id%2Ctitle HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        let head = try bytes.withUnsafeBytes {
            try RequestParser.parse(
                $0, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        #expect(QueryString(try #require(head)).first("fields") == "id,title")
    }
}
