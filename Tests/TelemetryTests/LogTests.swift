import Bytes
import Foundation
import Testing

@testable import Telemetry

@Suite("Log")
struct LogTests {
    let pipe = TestPipe()
    let moment = Timestamp(milliseconds: 1_785_587_696_789)

    func log(minimum: Log.Level = .debug) -> Log {
        Log(
            service: "users", minimum: minimum, descriptor: pipe.writing,
            now: { [moment] in moment })
    }

    @Test("a line is one JSON object: time, level, service, message, then the fields in order")
    func line() {
        log().info("listening", ["port": 8101, "host": "::", "ready": true, "load": 0.5])
        #expect(
            pipe.drain() == """
                {"time":"2026-08-01T12:34:56.789Z","level":"info","service":"users",\
                "message":"listening","port":8101,"host":"::","ready":true,"load":0.5}

                """)
    }

    @Test("lines below the minimum are not written")
    func levels() {
        let log = log(minimum: .warning)
        log.debug("a")
        log.info("b")
        log.warning("c")
        log.error("d")
        let levels = pipe.drain().split(separator: "\n").compactMap { try? object($0)["level"] }
        #expect(levels as? [String] == ["warning", "error"])
    }

    @Test("control characters and quotes never break the line")
    func escaping() throws {
        log().error("a\n\"b\"\u{0}\\", ["path": "c\r\nd"])
        let lines = pipe.drain().split(separator: "\n")
        #expect(lines.count == 1)
        #expect(try object(lines[0])["message"] as? String == "a\n\"b\"\u{0}\\")
        #expect(try object(lines[0])["path"] as? String == "c\r\nd")
    }

    @Test("a long text is cut and marked, and stays valid")
    func longText() throws {
        log().info(String(repeating: "ä\u{1}", count: 5_000))
        let message = try #require(try object(pipe.drain())["message"] as? String)
        #expect(message.hasSuffix("…"))
        #expect(message.hasPrefix("ä\u{1}ä"))
    }

    @Test("a line never exceeds what a pipe takes whole: too many fields are left out")
    func manyFields() throws {
        let text = LogFields.Value.text(String(repeating: "x", count: 1000))
        log().info("m", ["a": text, "b": text, "c": text, "d": text, "e": text])
        let line = pipe.drain()
        #expect(line.utf8.count <= TelemetryLimits.lineBytesMax)
        #expect(try object(line)["cut"] as? Bool == true)
    }

    @Test("a reader that takes nothing loses lines, which are counted, and the writer goes on")
    func stalledReader() {
        let log = log()
        let line = String(repeating: "x", count: 1000)
        while log.dropped == 0 { log.info(line) }
        #expect(log.dropped == 1)
        #expect(pipe.drain().split(separator: "\n").allSatisfy { (try? object($0)) != nil })
        log.info("again")
        #expect(pipe.drain().contains("again"))
    }

    @Test("a closed descriptor loses lines, which are counted")
    func closed() {
        let log = Log(service: "users", descriptor: 9_999)
        log.info("a")
        #expect(log.dropped == 1)
    }
}
