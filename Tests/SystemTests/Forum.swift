import Bytes
import Curl
import Fixture
import Glibc
import HTTP
import Testing

/// A whole forum, started as people start it, on ports that were free.
final class Forum: Sendable {
    let folder: TemporaryFolder
    let program: Program
    let url: String
    let transport: CurlTransport
    /// The rows of the table: address and process of each name.
    let rows: [String: (address: String, pid: pid_t)]

    /// Starts `forum up` with `words` on the data folder `data` of `folder`, and waits until it is
    /// healthy and, if it was filled, until posts know of their threads.
    init(
        _ words: [String] = [], in folder: TemporaryFolder = TemporaryFolder(),
        environment: [String: String] = [:]
    ) async throws {
        self.folder = folder
        program = Program(
            "forum", ["up", "--port", "0", "--data", folder.file("data")] + words, in: folder,
            environment: environment)
        let started = program
        let isHealthy = await eventually(withinSeconds: 60) {
            started.said.contains("try: curl") || !started.isRunning
        }
        try #require(isHealthy && program.isRunning, "\(program.said)")
        rows = Forum.rows(program.said)
        url = try #require((rows["gateway"] ?? rows["monolith"])?.address)
        transport = try #require(CurlTransport(url))
        if words.contains("--seed") {
            #expect(
                await eventually {
                    let posts = await get("/api/posts?limit=1&fields=id")
                    return posts?.status == 200 && posts?.text != "[]"
                })
        }
    }

    private static func rows(_ said: String) -> [String: (address: String, pid: pid_t)] {
        var rows: [String: (address: String, pid: pid_t)] = [:]
        for line in said.split(separator: "\n") {
            let cells = line.split(separator: " ")
            if cells.count == 4, cells[1].hasPrefix("http://"), let pid = pid_t(cells[2]) {
                rows[String(cells[0])] = (String(cells[1]), pid)
            }
        }
        return rows
    }

    /// The admin secret that the forum keeps.
    var secret: String {
        folder.read("data/admin-secret")?.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The answer to a GET; nil when there is none.
    func get(_ target: String) async -> (status: Int, text: String)? {
        // Whatever the reason, there is no answer.
        guard let answer = try? await transport.send(ClientRequest(.get, target)) else {
            return nil
        }
        return (Int(answer.status.code), answer.body.text)
    }

    /// Ends it as Ctrl-C does; answers its exit code.
    func end() async -> Int32? {
        program.send(SIGINT)
        return await program.end()
    }
}
