import Bytes
import Fixture
import JSON
import Testing

@testable import Stack

@Suite("The lines made of a lab-shaped file")
struct LabLinesTests {
    private let folder = TemporaryFolder()

    private func lines(
        _ text: String, bytesMax: Int = 1 << 20
    ) throws -> (text: String, found: [LabLines.Finding]) {
        var lines = try LabLines(path: folder.write("lab.json", text))
        var out = ByteBuffer()
        var all = ""
        var found: [LabLines.Finding] = []
        while let section = try lines.nextSection({ found.append($0) }) {
            all += "\(section):\n"
            var isMore = true
            while isMore {
                isMore = try lines.write(into: &out, bytesMax: bytesMax) { found.append($0) }
                all += String(decoding: out.readable, as: UTF8.self)
                out.removeAll()
            }
        }
        return (all, found)
    }

    @Test("a record over several lines becomes one line")
    func oneLine() throws {
        let made = try lines("{\"users\": [\n {\n  \"id\": 1,\r\n  \"name\": \"a\\nb\"\n }\n]}")
        #expect(made.text == "users:\n{   \"id\": 1,\r   \"name\": \"a\\nb\"  }\n")
    }

    @Test("a post gets its place in the file, unless it says who it is")
    func places() throws {
        let made = try lines(
            #"{"posts":[{"user":1},{"id":7},{},{"a":{"id":1}},{"place":3}],"users":[{"id":1}]}"#)
        #expect(
            made.text == """
                posts:
                {"user":1,"place":1}
                {"id":7}
                {"place":3}
                {"a":{"id":1},"place":4}
                {"place":3}
                users:
                {"id":1}

                """)
    }

    @Test("a record is known by its index and the line of the file it begins in")
    func findings() throws {
        let made = try lines("{\"users\":[{},\n\n {},\n 5,{\n\n},\n null],\"note\":1}")
        #expect(
            made.found == [
                .line(index: 0, fileLine: 1), .line(index: 1, fileLine: 3),
                .spoiled(
                    index: 2, fileLine: 4, reason: "an object is expected, not a number"),
                .line(index: 3, fileLine: 4),
                .spoiled(index: 4, fileLine: 7, reason: "an object is expected, not null"),
                .passed(name: "note"),
            ])
    }

    @Test("small pieces give the same lines as large ones")
    func pieces() throws {
        var random = Seeded(5)
        for _ in 0..<50 {
            let text = RandomLab.document(&random)
            let whole = try lines(text)
            let cut = try lines(text, bytesMax: 1)
            #expect(whole.text == cut.text)
            #expect(whole.found == cut.found)
        }
    }

    @Test("a broken file is reported with line, column and byte")
    func broken() throws {
        let error = try #require(throws: ImportError.self) {
            try lines("{\"users\":[\n  {},\n  {\"id\" 1}\n]}")
        }
        guard case .broken(let reason, _, let position) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason == .notJSON(.unexpectedByte))
        #expect("\(position)" == "line 3, column 9 (byte 25)")
    }

    @Test("a file that is not there or a folder is one clear reason")
    func unreadable() {
        #expect(
            throws: ImportError.unreadable(
                path: folder.file("none"), reason: "No such file or directory")
        ) { _ = try LabLines(path: folder.file("none")) }
        #expect(throws: ImportError.unreadable(path: folder.path, reason: "it is a directory")) {
            _ = try LabLines(path: folder.path)
        }
    }
}
