import Bytes
import HTTP
import Seeding
import Testing

/// Text that a writer made.
func written(_ write: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer()
    write(&buffer)
    return buffer.freeze().text
}

@Suite("Writing messages")
struct MessageWriterTests {
    private let date = HTTPDate.bytes(secondsSince1970: 784_111_777)

    @Test("a head of an answer has status line, date, fields, framing and connection in this order")
    func responseHead() {
        let head = written {
            MessageWriter.writeResponseHead(
                .notFound, [.contentType: "text/plain", "X-Own": "1"], framing: .length(12),
                date: date, connection: .close, into: &$0)
        }
        #expect(
            head == """
                HTTP/1.1 404 Not Found\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Type: text/plain\r
                X-Own: 1\r
                Content-Length: 12\r
                Connection: close\r
                \r\n
                """)
    }

    @Test("a status without a phrase keeps the space before it")
    func oddStatus() {
        #expect(
            written { MessageWriter.writeStatusLine(Status(599), into: &$0) } == "HTTP/1.1 599 \r\n"
        )
    }

    @Test("every status line parses again")
    func statusLines() {
        for code in 100...599 {
            let text = written {
                MessageWriter.writeStatusLine(Status(code), into: &$0)
                MessageWriter.writeFraming(.length(0), into: &$0)
                MessageWriter.writeEndOfHead(into: &$0)
            }
            #expect(Reading.response(Array(text.utf8), to: .get).meets("accept status=\(code)"))
        }
    }

    @Test("a framing or a connection said by a handler is not sent")
    func ownedFields() {
        let head = written {
            MessageWriter.writeResponseHead(
                .ok,
                [
                    .contentLength: "7", .transferEncoding: "chunked", .connection: "close",
                    .date: "never", "content-length": "8",
                ], framing: .chunked, date: ByteString(), connection: .implied, into: &$0)
        }
        #expect(head == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    @Test("a line break in a value becomes a space and splits nothing")
    func splitting() {
        let head = written {
            MessageWriter.writeResponseHead(
                .found, [.location: "/a\r\nSet-Cookie: x=1\0\u{7f}\tb"], framing: .length(0),
                date: ByteString(), connection: .implied, into: &$0)
        }
        #expect(head.contains("Location: /a  Set-Cookie: x=1  \tb\r\n"))
        #expect(Reading.response(Array(head.utf8), to: .get).meets("accept fields=2"))
    }

    @Test("a field whose name is no token is left out")
    func badNames() {
        for name in ["", "a b", "a:b", "a\r\nX", "é"] {
            let text = written {
                MessageWriter.writeField(FieldName(stringLiteral: name), "1", into: &$0)
            }
            #expect(text == "")
        }
    }

    @Test("a head of a request has target, host, fields and framing")
    func requestHead() {
        let head = written {
            MessageWriter.writeRequestHead(
                .post, target: "/a?b=c", host: "forum.local:80", [.accept: "*/*", .host: "evil"],
                framing: .length(3), connection: .implied, into: &$0)
        }
        #expect(
            head == """
                POST /a?b=c HTTP/1.1\r
                Host: forum.local:80\r
                Accept: */*\r
                Content-Length: 3\r
                \r\n
                """)
    }

    @Test("a target with bytes that may not stand in one is encoded")
    func target() {
        let head = written {
            MessageWriter.writeRequestHead(
                .get, target: "/a b\r\nX: é#f%20", host: "a", [:], framing: .none,
                connection: .implied, into: &$0)
        }
        #expect(head == "GET /a%20b%0D%0AX:%20%C3%A9%23f%20 HTTP/1.1\r\nHost: a\r\n\r\n")
    }

    @Test("chunk heads are the size in hexadecimal")
    func chunkHeads() {
        for size in [1, 9, 10, 15, 16, 420, 4096, 65_535, 1_000_000, Int.max] {
            let line = written { MessageWriter.writeChunkHead(size, into: &$0) }
            #expect(line == String(size, radix: 16) + "\r\n")
        }
    }

    @Test("what is written parses again to the same")
    func roundTrip() {
        var random = SeededRandom()
        for _ in 0..<300 {
            let method = Method.allCases.filter { $0 != .connect && $0 != .trace }
                .randomElement(using: &random)!
            let target = "/" + random.text(from: "abc/%41%zZ?&=~é #", count: 0...20)
            var fields = Fields()
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let name = FieldName(stringLiteral: random.text(from: "abcX-", count: 1...12))
                fields.append(name, random.text(from: "abc ,;=\r\n\t\0é", count: 0...40))
            }
            let framing: BodyFraming = [.none, .chunked, .length(0), .length(77)]
                .randomElement(using: &random)!
            let text = written {
                MessageWriter.writeRequestHead(
                    method, target: target.replacing("%zZ", with: "").replacing("%", with: "%25"),
                    host: "h:1", fields, framing: framing, connection: .implied, into: &$0)
            }
            let extra = framing == .none ? 1 : 2
            let verdict = Reading.request(Array(text.utf8))
            let expected = [
                "accept method=\(method.name)", "authority=h:1", "framing=\(framing)",
                "fields=\(fields.list.count + extra)", "bytes=\(text.utf8.count)",
            ].joined(separator: " ")
            #expect(verdict.meets(expected), "\(random): \(verdict) of \(text)")
        }
    }
}
