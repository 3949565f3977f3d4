import Bytes
import Foundation
import Glibc
import Testing

@testable import Telemetry

/// A record whose texts live as long as the call.
func withRecord(
    target: String = "/api/users/1", method: String = "GET", client: String = "127.0.0.1:5",
    milliseconds: Int64 = 1_785_587_696_789, _ body: (inout AccessRecord) -> Void
) {
    var (client, method, target) = (client, method, target)
    client.withUTF8 { client in
        method.withUTF8 { method in
            target.withUTF8 { target in
                var record = AccessRecord(
                    time: Timestamp(milliseconds: milliseconds),
                    client: UnsafeRawBufferPointer(client),
                    method: UnsafeRawBufferPointer(method),
                    target: UnsafeRawBufferPointer(target), status: 200, requestBytes: 80,
                    responseBytes: 120, durationMicroseconds: 42)
                body(&record)
            }
        }
    }
}

@Suite("AccessLog")
struct AccessLogTests {
    let folder = TestFolder()

    func open(_ name: String = "access.log") throws -> AccessLogFile {
        try #require(try AccessLogFile.open(folder.file(name)))
    }

    @Test("a line is one compact JSON object")
    func line() throws {
        let log = AccessLog(file: try open())
        withRecord { record in
            record.trace = (0x4bf9_2f35_77b3_4da6, 0xa3ce_929d_0e0e_4736)
            log.append(record)
        }
        log.flush()
        #expect(
            try folder.lines("access.log") == [
                """
                {"time":"2026-08-01T12:34:56.789Z","client":"127.0.0.1:5","method":"GET",\
                "target":"/api/users/1","status":200,"request_bytes":80,"response_bytes":120,\
                "duration_us":42,"trace":"4bf92f3577b34da6a3ce929d0e0e4736"}
                """
            ])
    }

    @Test("a gateway adds what it knows about the target")
    func forwarding() throws {
        let log = AccessLog(file: try open())
        withRecord { record in
            record.forwarding = .init(
                rule: "2", targetGroup: "topics", targetHost: "127.0.0.1:8102", targetStatus: 502,
                targetDurationMicroseconds: 7, attempts: 2)
            record.errorReason = "connect-refused"
            log.append(record)
        }
        log.flush()
        let line = try folder.lines("access.log")[0]
        #expect(
            line.hasSuffix(
                """
                "duration_us":42,"rule":"2","target_group":"topics","target_host":"127.0.0.1:8102",\
                "target_status":502,"target_duration_us":7,"attempts":2,\
                "error_reason":"connect-refused"}
                """))
        #expect(try object(line).count == 15)
    }

    @Test("what no target answered is left out")
    func noTarget() throws {
        let log = AccessLog(file: try open())
        withRecord { record in
            record.forwarding = .init(rule: "default", targetGroup: "users")
            log.append(record)
        }
        log.flush()
        let line = try object(try folder.lines("access.log")[0])
        #expect(line["target_status"] == nil)
        #expect(line["target_host"] as? String == "")
        #expect(line["attempts"] as? Int == 0)
    }

    @Test("the time is right from one millisecond to the next, across seconds and backwards")
    func times() throws {
        let log = AccessLog(file: try open())
        let base: Int64 = 1_785_587_696_789
        let moments = [
            base, base, base + 1, base + 210, base + 211, base - 1, base + 90_000, -5, -4,
        ]
        for moment in moments { withRecord(milliseconds: moment) { log.append($0) } }
        log.flush()
        let times = try folder.lines("access.log").map { try object($0)["time"] as? String }
        #expect(times == moments.map { Timestamp(milliseconds: $0).text })
    }

    @Test("bytes of a client never break a line: quotes, controls and non-ASCII are escaped")
    func escaping() throws {
        let log = AccessLog(file: try open())
        withRecord(target: "/a\"b\\c\n\u{7f}é", method: "G\tT") { log.append($0) }
        log.flush()
        let lines = try folder.lines("access.log")
        #expect(lines.count == 1)
        #expect(lines[0].utf8.allSatisfy { (0x20..<0x7f).contains($0) })
        #expect(try object(lines[0])["target"] as? String == "/a\"b\\c\n\u{7f}Ã©")
        #expect(try object(lines[0])["method"] as? String == "G\tT")
    }

    @Test(
        "a line stays below the limit whatever its texts are, and shows where it was cut",
        arguments: ["x", "\u{1}", "\""])
    func longTexts(piece: String) throws {
        let log = AccessLog(file: try open())
        let long = String(repeating: piece, count: 20_000)
        withRecord(target: long, method: long, client: long) { record in
            let text = ByteString(long)
            record.forwarding = .init(rule: text, targetGroup: text, targetHost: text)
            log.append(record)
        }
        log.flush()
        let line = try folder.lines("access.log")[0]
        #expect(line.utf8.count < TelemetryLimits.lineBytesMax)
        #expect((try object(line)["target"] as? String)?.hasSuffix("...") == true)
    }

    @Test("lines leave by themselves once enough have come together, and in order")
    func threshold() throws {
        let log = AccessLog(file: try open())
        for number in 0..<2_000 { withRecord(target: "/\(number)") { log.append($0) } }
        let early = try folder.lines("access.log").count
        #expect(early > 0 && early < 2_000)
        log.flush()
        let targets = try folder.lines("access.log").map { try object($0)["target"] as? String }
        #expect(targets == (0..<2_000).map { "/\($0)" })
    }

    @Test("an empty path means no access log, a bad one is one clear line")
    func paths() throws {
        #expect(try AccessLogFile.open("") == nil)
        #expect {
            _ = try AccessLogFile.open("/does/not/exist.log")
        } throws: { error in
            "\(error)"
                == "cannot open the access log /does/not/exist.log: No such file or directory"
        }
    }

    @Test("after a rotation the lines go to the new file")
    func reopened() throws {
        let file = try open()
        let log = AccessLog(file: file)
        withRecord(target: "/1") { log.append($0) }
        log.flush()
        rename(folder.file("access.log"), folder.file("access.log.1"))
        try file.reopen()
        withRecord(target: "/2") { log.append($0) }
        log.flush()
        #expect(try folder.lines("access.log.1").count == 1)
        #expect(try folder.lines("access.log")[0].contains("\"/2\""))
    }

    @Test("a full disk loses lines, which are counted")
    func fullDisk() throws {
        let file = try #require(try AccessLogFile.open("/dev/full"))
        let log = AccessLog(file: file)
        for _ in 0..<10 { withRecord { log.append($0) } }
        log.flush()
        #expect(file.dropped.total == 10)
        #expect(file.written.total == 0)
    }

    @Test(
        "a slow reader of a pipe never blocks the loop, gets whole lines, and loses only the excess"
    )
    func slowReader() throws {
        let pipe = TestPipe()
        let file = try #require(try AccessLogFile.open("/proc/self/fd/\(pipe.writing)"))
        let log = AccessLog(file: file)
        var appended: UInt64 = 0
        while file.dropped.total < 100 {
            withRecord { log.append($0) }
            appended += 1
        }
        var text = ""
        while case let piece = pipe.drain(), !piece.isEmpty {
            text += piece
            log.flush()
        }
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { (try? object($0)) != nil })
        #expect(UInt64(lines.count) == file.written.total)
        #expect(file.written.total + file.dropped.total == appended)
    }

    @Test("a pipe that nobody reads any more loses lines, which are counted")
    func closedPipe() throws {
        let pipe = TestPipe()
        let file = try #require(try AccessLogFile.open("/proc/self/fd/\(pipe.writing)"))
        pipe.closeReading()
        let log = AccessLog(file: file)
        withRecord { log.append($0) }
        log.flush()
        #expect(file.dropped.total == 1)
    }

    @Test("loops that share a pipe never mix their lines")
    func sharedPipe() throws {
        let pipe = TestPipe()
        let file = try #require(try AccessLogFile.open("/proc/self/fd/\(pipe.writing)"))
        let linesMax: UInt64 = 4_000
        for loop in 0..<2 {
            Thread.detachNewThread {
                let log = AccessLog(file: file)
                for number in 0..<linesMax / 2 {
                    withRecord(target: "/\(loop)/\(number)") { log.append($0) }
                }
                while file.written.total < linesMax { log.flush() }
            }
        }
        var text = ""
        while file.written.total < linesMax { text += pipe.drain() }
        text += pipe.drain()
        let lines = text.split(separator: "\n")
        #expect(lines.count == Int(linesMax))
        #expect(lines.allSatisfy { (try? object($0)) != nil })
    }
}
