import Bytes
import Curl
import Discovery
import Fixture
import Glibc
import HTTP
import Testing

/// One after the other: each of them is five processes.
@Suite("forum up", .serialized, .fewAtOnce, .timeLimit(.minutes(2)))
struct UpTests {
    private static func isAlive(_ pid: pid_t) -> Bool { kill(pid, 0) == 0 }

    @Test("three services answer behind a gateway, and Ctrl-C ends all of them well")
    func split() async throws {
        let forum = try await Forum(["--seed"])
        #expect(
            Set(forum.rows.keys) == ["gateway", "admin", "users-1", "topics-1", "messages-1"])
        for path in ["/api/users/1", "/api/threads/1", "/api/posts/1", "/api/"] {
            #expect(await forum.get(path)?.status == 200, "\(path)")
        }
        #expect(await forum.end() == 0)
        for row in forum.rows.values { #expect(!Self.isAlive(row.pid)) }
        #expect(forum.folder.read("data/running.json") == nil)
        let registry = RegistryFile(forum.folder.file("data/registry.json"))
        guard case .registry(let content) = try registry.read() else {
            Issue.record("no registry")
            return
        }
        #expect(content.service("users", in: "forum.local")?.instances.isEmpty == true)
    }

    @Test("the data folder and the secret in it are for their owner alone")
    func modes() async throws {
        let forum = try await Forum(["--monolith"])
        #expect(TextFile.permissions(forum.folder.file("data")) == 0o700)
        #expect(TextFile.permissions(forum.folder.file("data/admin-secret")) == 0o600)
        #expect(await forum.end() == 0)
    }

    @Test("a killed service is started again, and the others answer all the time")
    func killService() async throws {
        let forum = try await Forum()
        let pid = try #require(forum.rows["users-1"]?.pid)
        kill(pid, SIGKILL)
        #expect(await forum.get("/api/threads")?.status == 200)
        #expect(await forum.get("/api/posts")?.status == 200)
        #expect(await eventually { forum.program.said.contains("users-1 is healthy again") })
        #expect(await eventually { await forum.get("/api/users")?.status == 200 })
        #expect(await forum.end() == 0)
    }

    @Test("a killed gateway is started again on its port")
    func killGateway() async throws {
        let forum = try await Forum()
        let pid = try #require(forum.rows["gateway"]?.pid)
        kill(pid, SIGKILL)
        #expect(await eventually { forum.program.said.contains("gateway is healthy again") })
        #expect(await eventually { await forum.get("/api/users")?.status == 200 })
        #expect(await forum.end() == 0)
    }

    @Test("reads go on without a fault while one of two replicas is killed")
    func killReplica() async throws {
        let forum = try await Forum(["--replicas", "messages=2"])
        let pid = try #require(forum.rows["messages-2"]?.pid)
        var statuses: Set<Int> = []
        for number in 0..<300 {
            if number == 50 { kill(pid, SIGKILL) }
            statuses.insert(await forum.get("/api/posts")?.status ?? 0)
        }
        #expect(statuses == [200])
        #expect(await forum.end() == 0)
    }

    @Test("what is in flight when Ctrl-C comes is finished")
    func drain() async throws {
        let forum = try await Forum()
        let exchange = forum.transport.open(
            ClientRequest(
                .post, "/api/users/bulk",
                fields: [.authorization: "Bearer \(forum.secret)"]))
        #expect(await exchange.write("{\"username\":\"early\"}\n"))
        _ = try await exchange.head()
        forum.program.send(SIGINT)
        #expect(await eventually { forum.program.said.contains("forum      | stopping") })
        #expect(await exchange.write("{\"username\":\"late\"}\n"))
        exchange.finish()
        var report = ""
        while let piece = try await exchange.read() { report += piece.text }
        #expect(report.contains("\"added\":2"), "\(report)")
        #expect(await forum.program.end() == 0)
    }

    @Test("nothing outlives a forum that is killed")
    func killForum() async throws {
        let forum = try await Forum()
        forum.program.send(SIGKILL)
        #expect(await forum.program.end() == 128 + SIGKILL)
        let pids = forum.rows.values.map(\.pid)
        #expect(await eventually { !pids.contains { Self.isAlive($0) } })
    }

    @Test("a forum starts again at once on what a killed one left behind, on the same port")
    func again() async throws {
        let folder = TemporaryFolder()
        let killed = try await Forum(["--seed"], in: folder)
        let port = try #require(killed.url.split(separator: ":").last)
        killed.program.send(SIGKILL)
        #expect(await killed.program.end() != nil)
        let forum = try await Forum(["--port", String(port), "--admin-port", "0"], in: folder)
        #expect(forum.url == killed.url)
        #expect(await forum.get("/api/posts/1")?.status == 200)
        #expect(await forum.end() == 0)
    }

    @Test("a closed terminal ends a forum as Ctrl-C does")
    func hangUp() async throws {
        let forum = try await Forum(["--monolith"])
        forum.program.send(SIGHUP)
        #expect(await forum.program.end() == 0)
    }

    @Test("the monolith is one process on the same data, and answers the same")
    func monolith() async throws {
        let folder = TemporaryFolder()
        let paths = [
            "/api/users/1", "/api/threads/2", "/api/posts/in-thread/3", "/api/users/99",
        ]
        let split = try await Forum(["--seed"], in: folder)
        // What one service knows of the others has arrived when authors have names and threads
        // their replies.
        #expect(
            await eventually {
                let texts = [await split.get(paths[1])?.text, await split.get(paths[2])?.text]
                return texts.allSatisfy { $0?.contains(#""state":"unknown""#) == false }
                    && texts[0]?.contains(#""lastPost":{"#) == true
            })
        var before: [String?] = []
        for path in paths { before.append(await split.get(path)?.text) }
        #expect(await split.end() == 0)
        let monolith = try await Forum(["--monolith"], in: folder)
        #expect(Set(monolith.rows.keys) == ["monolith"])
        for (path, text) in zip(paths, before).dropLast() {
            #expect(await monolith.get(path)?.text == text, "\(path)")
        }
        #expect(await monolith.get("/api/users/99")?.status == 404)
        #expect(await monolith.end() == 0)
    }
}
