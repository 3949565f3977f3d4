import Bytes
import HTTP
import HTTPServer
import Testing

/// A dialogue with the machine: bytes in, the names of the events out.
private final class Dialogue {
    var machine: ConnectionMachine
    var bytes: [UInt8] = []

    init(limits: HTTPLimits = HTTPLimits()) { machine = ConnectionMachine(limits: limits) }

    /// Feeds `text` behind what was left over and tells what happened until the machine wants more.
    func feed(_ text: String) -> [String] {
        bytes += Array(text.utf8)
        var told: [String] = []
        while true {
            let (name, consumed, more) = bytes.withUnsafeBytes {
                raw -> (String?, Int, Bool) in
                let step = machine.next(raw, storage: HeadStorage())
                return (describe(step.event, raw), step.consumed, goesOn(step))
            }
            bytes.removeFirst(consumed)
            if let name { told.append(name) }
            if !more { return told }
        }
    }

    private func describe(
        _ event: ConnectionMachine.Event, _ bytes: UnsafeRawBufferPointer
    ) -> String? {
        switch event {
        case .needMore: nil
        case .head(let head): "\(head.method.name) \(head.pathText)"
        case .body(let slice):
            "body " + String(decoding: bytes[slice.lower..<slice.upper], as: UTF8.self)
        case .end: "end"
        case .held: "held"
        case .fault(let fault): "fault \(fault.status.code)"
        }
    }

    private func goesOn(_ step: ConnectionMachine.Step) -> Bool {
        switch step.event {
        case .needMore: step.consumed > 0
        case .held, .fault: false
        case .head, .body, .end: true
        }
    }

    func answer() -> ConnectionMachine.AfterAnswer {
        _ = machine.beginAnswer()
        return machine.endAnswer()
    }
}

@Suite("The server's side of a connection, without sockets")
struct ConnectionMachineTests {
    private let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("a request without a body is complete with its head")
    func simple() {
        let dialogue = Dialogue()
        #expect(dialogue.feed(get) == ["GET /a", "held"])
        #expect(dialogue.machine.isRequestComplete)
        #expect(dialogue.answer() == .nextRequest)
        #expect(dialogue.machine.isIdle)
    }

    @Test("a pipelined request waits until the answer before it has ended")
    func pipelined() {
        let dialogue = Dialogue()
        #expect(dialogue.feed(get + "GET /b HTTP/1.1\r\nHost: h\r\n\r\n") == ["GET /a", "held"])
        #expect(dialogue.answer() == .nextRequest)
        #expect(dialogue.feed("") == ["GET /b", "held"])
    }

    @Test("a body of known length arrives in the pieces it came in, then ends")
    func fixedBody() {
        let dialogue = Dialogue()
        let head = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"
        #expect(dialogue.feed(head + "ab") == ["POST /p", "body ab"])
        #expect(!dialogue.machine.isRequestComplete)
        #expect(dialogue.feed("cdeGET") == ["body cde", "end", "held"])
        #expect(dialogue.bytes == Array("GET".utf8))
    }

    @Test("a chunked body arrives without its framing")
    func chunkedBody() {
        let dialogue = Dialogue()
        let head = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let told = dialogue.feed(head + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
        #expect(told == ["POST /p", "body abc", "body de", "end", "held"])
    }

    @Test("every way to cut the bytes tells the same story")
    func anySplit() {
        let text =
            "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        for cut in 0...text.utf8.count {
            let dialogue = Dialogue()
            let front = String(decoding: Array(text.utf8)[..<cut], as: UTF8.self)
            let back = String(decoding: Array(text.utf8)[cut...], as: UTF8.self)
            let told = dialogue.feed(front) + dialogue.feed(back)
            let body = told.filter { $0.hasPrefix("body ") }.map { $0.dropFirst(5) }.joined()
            #expect(told.first == "POST /p" && body == "abc" && told.contains("end"), "cut \(cut)")
        }
    }

    @Test("a broken head is a fault, and nothing after it is read as HTTP")
    func brokenHead() {
        let dialogue = Dialogue()
        #expect(dialogue.feed("GET / HTTP/1.1\nHost: h\n\n") == ["fault 400"])
        #expect(dialogue.machine.canBeginAnswer)
        #expect(dialogue.feed(get) == [])
        #expect(dialogue.answer() == .close)
    }

    @Test("an answer before the end of the body ends the connection")
    func earlyAnswer() {
        let dialogue = Dialogue()
        let head = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"
        #expect(dialogue.feed(head) == ["POST /p"])
        #expect(dialogue.answer() == .close)
    }

    @Test("the connection ends when the client, the version or the drain says so")
    func closes() {
        for text in [
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        ] {
            let dialogue = Dialogue()
            _ = dialogue.feed(text)
            #expect(dialogue.answer() == .close)
        }
        let dialogue = Dialogue()
        _ = dialogue.feed(get)
        dialogue.machine.isDraining = true
        #expect(dialogue.answer() == .close)
    }

    @Test("the client is invited to send once, and not after its body began")
    func invitation() {
        let dialogue = Dialogue()
        let head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        _ = dialogue.feed(head)
        let invitations = [dialogue.machine.takeContinue(), dialogue.machine.takeContinue()]
        #expect(invitations == [true, false])
        let eager = Dialogue()
        _ = eager.feed(head + "x")
        let late = eager.machine.takeContinue()
        #expect(!late)
    }

    @Test("what is awaited names the deadline that applies")
    func awaits() {
        let dialogue = Dialogue()
        #expect(dialogue.machine.awaits == .request)
        _ = dialogue.feed("GET / HT")
        #expect(dialogue.machine.awaits == .head)
        _ = dialogue.feed("TP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n")
        #expect(dialogue.machine.awaits == .body)
        _ = dialogue.feed("ab")
        #expect(dialogue.machine.awaits == .nothing)
    }
}
