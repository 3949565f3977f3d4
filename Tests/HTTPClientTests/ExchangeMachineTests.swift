import Bytes
import HTTP
import HTTPClient
import Testing

/// Plays the bytes of a server against a machine and writes down what it tells.
private struct Dialogue {
    var machine: ExchangeMachine
    private(set) var told: [String] = []
    private var held: [UInt8] = []
    private let storage = HeadStorage()

    init(_ method: Method = .get, isReused: Bool = false, isSent: Bool = true) {
        machine = ExchangeMachine(limits: HTTPLimits())
        machine.begin(method, isReused: isReused)
        if isSent { machine.requestSent() }
    }

    /// What is left over after the machine has taken all it wants.
    var left: String { String(decoding: held, as: UTF8.self) }

    mutating func receive(_ text: String) {
        held += Array(text.utf8)
        while true {
            let step = held.withUnsafeBytes { machine.next($0, storage: storage) }
            let used = held.prefix(step.consumed)
            held.removeFirst(step.consumed)
            switch step.event {
            case .needMore: if step.consumed == 0 { return }
            case .body(let slice):
                told.append(String(decoding: used.suffix(Int(slice.count)), as: UTF8.self))
            default: tell(step.event)
            }
            if case .end = step.event { return }
            if case .failed = step.event { return }
        }
    }

    mutating func close(isReset: Bool = false) { tell(machine.peerEnded(isReset: isReset)) }

    mutating func tell(_ event: ExchangeMachine.Event) {
        switch event {
        case .needMore: break
        case .interim(let head): told.append("interim \(head.status.code)")
        case .head(let head): told.append("head \(head.status.code)")
        case .body: told.append("body")
        case .end: told.append("end")
        case .failed(let failure): told.append("\(failure.code)")
        }
    }
}

@Suite("The exchange, without sockets")
struct ExchangeMachineTests {
    @Test("an answer with a length ends after it, and the connection can be used again")
    func length() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")
        dialogue.receive("lo")
        #expect(dialogue.told == ["head 200", "hel", "lo", "end"])
        #expect(dialogue.machine.canBeReused)
    }

    @Test("a chunked answer comes without its framing, however it is cut")
    func chunked() {
        let answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n1;x\r\n!\r\n0\r\nA: b\r\n\r\n"
        for cut in 0...answer.utf8.count {
            var dialogue = Dialogue()
            dialogue.receive(String(answer.prefix(cut)))
            dialogue.receive(String(answer.dropFirst(cut)))
            #expect(dialogue.told.first == "head 200" && dialogue.told.last == "end")
            #expect(dialogue.told.dropFirst().dropLast().joined() == "hello!")
            #expect(dialogue.machine.canBeReused)
        }
    }

    @Test("an answer without length or coding lasts until the server closes")
    func untilClose() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 200 OK\r\n\r\nhello")
        dialogue.close()
        #expect(dialogue.told == ["head 200", "hello", "end"])
        #expect(!dialogue.machine.canBeReused)
    }

    @Test("a reset in an answer that lasts until the close is no end")
    func resetUntilClose() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 200 OK\r\n\r\nhello")
        dialogue.close(isReset: true)
        #expect(dialogue.told == ["head 200", "hello", "broken-answer"])
    }

    @Test("an answer to HEAD has no body, whatever its length says")
    func head() {
        var dialogue = Dialogue(.head)
        dialogue.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        #expect(dialogue.told == ["head 200", "end"])
        #expect(dialogue.machine.canBeReused)
    }

    @Test("interim answers come before the final one and are not it")
    func interim() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
        dialogue.receive("HTTP/1.1 204 No Content\r\n\r\n")
        #expect(dialogue.told == ["interim 100", "interim 103", "head 204", "end"])
    }

    @Test("a server that only says interim answers is given up")
    func endlessInterim() {
        var dialogue = Dialogue()
        dialogue.receive(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 17))
        #expect(dialogue.told.count == 17 && dialogue.told.last == "malformed-answer")
    }

    @Test("an upgrade nobody asked for is refused")
    func upgrade() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 101 Switching Protocols\r\n\r\n")
        #expect(dialogue.told == ["malformed-answer"])
    }

    @Test("an answer before the request was sent in full is an answer, and the connection's last")
    func early() {
        var dialogue = Dialogue(.post, isSent: false)
        dialogue.receive("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
        #expect(dialogue.told == ["head 413", "end"])
        #expect(!dialogue.machine.canBeReused)
    }

    @Test(
        "a server that will close, or speaks HTTP/1.0, is not sent another request",
        arguments: ["HTTP/1.1 200 OK\r\nConnection: close", "HTTP/1.0 200 OK"])
    func lastAnswer(start: String) {
        var dialogue = Dialogue()
        dialogue.receive(start + "\r\nContent-Length: 0\r\n\r\n")
        #expect(dialogue.told == ["head 200", "end"])
        #expect(!dialogue.machine.canBeReused)
    }

    @Test("bytes after the answer are not taken")
    func extra() {
        var dialogue = Dialogue()
        dialogue.receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n")
        #expect(dialogue.told == ["head 200", "end"])
        #expect(dialogue.left == "HTTP/1.1 200 OK\r\n")
    }

    @Test("the next exchange starts afresh")
    func next() {
        var dialogue = Dialogue(.head)
        dialogue.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        dialogue.machine.begin(.get, isReused: true)
        dialogue.machine.requestSent()
        #expect(!dialogue.machine.hasAnswerBegun)
        dialogue.receive("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        #expect(dialogue.told.suffix(3) == ["head 200", "hi", "end"])
    }

    @Test("a connection closed before any byte says whether it had been used before")
    func closedBeforeAnswer() {
        var first = Dialogue()
        first.close()
        #expect(first.told == ["closed-before-answer"])
        var second = Dialogue(isReused: true)
        second.close(isReset: true)
        #expect(second.told == ["reused-connection-closed"])
    }

    @Test(
        "a connection closed within an answer broke it",
        arguments: [
            "H", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ])
    func broken(start: String) {
        var dialogue = Dialogue(isReused: true)
        dialogue.receive(start)
        dialogue.close()
        #expect(dialogue.told.last == "broken-answer")
    }

    @Test(
        "what is no HTTP is malformed",
        arguments: [
            "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        ])
    func malformed(text: String) {
        var dialogue = Dialogue()
        dialogue.receive(text)
        #expect(dialogue.told.last == "malformed-answer")
        #expect(!dialogue.machine.canBeReused)
    }

    @Test("only what had no effect may be sent again, or what may happen twice")
    func retryable() {
        let stale = UpstreamFailure.closedBeforeAnswer(connectionWasReused: true)
        #expect(stale.isRetryable(.get) && stale.isRetryable(.delete) && !stale.isRetryable(.post))
        #expect(!UpstreamFailure.closedBeforeAnswer(connectionWasReused: false).isRetryable(.get))
        #expect(UpstreamFailure.connectFailed(code: 111).isRetryable(.post))
        #expect(UpstreamFailure.connectTimedOut.isRetryable(.post))
        #expect(!UpstreamFailure.timedOut(answerHadBegun: false).isRetryable(.get))
        #expect(!UpstreamFailure.brokenAnswer.isRetryable(.get))
    }
}
