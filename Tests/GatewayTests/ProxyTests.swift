import Bytes
import Gateway
import Reactor
import Synchronization
import Testing

@Suite struct ProxyTests {
    private func echo() throws -> ScriptedTarget {
        try .answering { answer("\($0.start)|\($0.text)") }
    }

    @Test("a request reaches its target and the answer comes back")
    func forwards() async throws {
        let target = try echo()
        let gateway = try await TestGateway(target)
        let response = try #require(try await gateway.get("/users/1?x=y"))
        #expect(response.status == 200)
        #expect(response.text == "GET /users/1?x=y HTTP/1.1|")
        #expect(target.requests.first?["x-forwarded-for"] == "127.0.0.1")
        #expect(target.requests.first?["x-forwarded-port"] == "\(gateway.address.port)")
        #expect(target.requests.first?["host"] == "forum.example")
    }

    @Test("paths choose the target group, and what no rule takes goes to the default")
    func routes() async throws {
        let users = try ScriptedTarget.answering { _ in answer("users") }
        let topics = try ScriptedTarget.answering { _ in answer("topics") }
        let gateway = try await TestGateway([
            ("users", [users.address]), ("topics", [topics.address]),
        ])
        #expect(try await gateway.get("/topics/1")?.text == "topics")
        #expect(try await gateway.get("/users")?.text == "users")
        #expect(try await gateway.get("/")?.text == "users")
    }

    @Test("requests of many clients go over one kept connection, one after the other")
    func reusesConnections() async throws {
        let target = try echo()
        let gateway = try await TestGateway(target)
        for _ in 0..<5 { #expect(try await gateway.get("/users")?.status == 200) }
        #expect(target.connections == 1)
    }

    @Test("requests sent ahead are answered in their order")
    func pipelining() async throws {
        let gateway = try await TestGateway(try echo())
        let answers = try await gateway.client { connection in
            connection.send(
                (1...5).map { "GET /users/\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            return (1...5).map { _ in connection.message()?.text }
        }
        #expect(answers == (1...5).map { "GET /users/\($0) HTTP/1.1|" })
    }

    @Test("targets of a group take turns")
    func roundRobin() async throws {
        let one = try ScriptedTarget.answering { _ in answer("one") }
        let two = try ScriptedTarget.answering { _ in answer("two") }
        let gateway = try await TestGateway([("users", [one.address, two.address])])
        var answers: [String?] = []
        for _ in 0..<4 { answers.append(try await gateway.get("/users")?.text) }
        #expect(answers == ["one", "two", "one", "two"])
    }

    @Test("a body of known length goes on with its length")
    func knownLength() async throws {
        let target = try echo()
        let gateway = try await TestGateway(target)
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")
            connection.send("lo")
            return connection.message()
        }
        #expect(response?.text == "POST /users HTTP/1.1|hello")
        #expect(target.requests.first?["content-length"] == "5")
        #expect(target.requests.first?["transfer-encoding"] == nil)
    }

    @Test("a chunked body goes on in chunks, without its extensions and trailers")
    func chunked() async throws {
        let target = try echo()
        let gateway = try await TestGateway(target)
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.send("3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX-Trailer: 1\r\n\r\n")
            return connection.message()
        }
        #expect(response?.text == "POST /users HTTP/1.1|hello")
        #expect(target.requests.first?["x-trailer"] == nil)
        #expect(target.requests.first?["content-length"] == nil)
    }

    @Test("an answer that ends with its connection reaches the client in chunks")
    func untilClose() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\n\r\nall of it")
        }
        let gateway = try await TestGateway(target)
        let response = try #require(try await gateway.get("/users"))
        #expect(response.text == "all of it" && response["transfer-encoding"] == "chunked")
    }

    @Test("a client of HTTP/1.0 gets a chunked answer until the close")
    func oldClient() async throws {
        let target = try ScriptedTarget.answering { _ in
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nall\r\n0\r\n\r\n"
        }
        let gateway = try await TestGateway(target)
        let text = try await gateway.client { connection in
            connection.send("GET /users HTTP/1.0\r\n\r\n")
            return connection.readToEnd()
        }
        let received = try #require(text)
        #expect(received.hasSuffix("\r\n\r\nall"))
        #expect(received.contains("Connection: close") && !received.contains("chunked"))
        #expect(target.requests.first?["host"] == target.address.description)
    }

    @Test("an answer to HEAD has the length of GET and no body")
    func head() async throws {
        let target = try ScriptedTarget { connection, _ in
            while connection.message() != nil {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            }
        }
        let gateway = try await TestGateway(target)
        let answers = try await gateway.client { connection in
            (0..<2).map { _ in
                connection.send("HEAD /users HTTP/1.1\r\nHost: x\r\n\r\n")
                return connection.message(toHead: true)
            }
        }
        #expect(answers.allSatisfy { $0?["content-length"] == "5" })
    }

    @Test("answers without content pass, and the connection lives on", arguments: [204, 304])
    func noContent(status: Int) async throws {
        let target = try ScriptedTarget.answering { _ in "HTTP/1.1 \(status) X\r\nETag: a\r\n\r\n" }
        let gateway = try await TestGateway(target)
        let answers = try await gateway.client { connection in
            (0..<2).map { _ in
                connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
                return connection.message()?.status
            }
        }
        #expect(answers == [status, status])
    }

    @Test("interim answers of a target stay here")
    func interim() async throws {
        let target = try ScriptedTarget.answering { _ in
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("done")
        }
        let gateway = try await TestGateway(target)
        let response = try #require(try await gateway.get("/users"))
        #expect(response.status == 200 && response.text == "done")
    }

    @Test("who waits for a word before sending a body gets it from the gateway")
    func expectContinue() async throws {
        let target = try echo()
        let gateway = try await TestGateway(target)
        let dialogue = try await gateway.client { connection in
            connection.send(
                "POST /users HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 2\r\n\r\n")
            let interim = connection.message()?.status
            connection.send("ok")
            return (interim, connection.message()?.text)
        }
        #expect(dialogue.0 == 100 && dialogue.1 == "POST /users HTTP/1.1|ok")
        #expect(target.requests.first?["expect"] == nil)
    }

    @Test("fields of one hop end here, in both directions")
    func hopByHop() async throws {
        let target = try ScriptedTarget.answering { _ in
            answer(
                "x",
                fields: "Keep-Alive: timeout=5\r\nConnection: X-Hop\r\nX-Hop: 1\r\nServer: s\r\n")
        }
        let gateway = try await TestGateway(target)
        let response = try await gateway.get(
            "/users", "Connection: X-Secret, X-Forwarded-For", "X-Secret: 1", "TE: trailers",
            "X-Forwarded-For: 10.1.1.1")
        #expect(response?["keep-alive"] == nil && response?["x-hop"] == nil)
        #expect(response?["connection"] == nil && response?["server"] == "s")
        #expect(response?["date"] != nil)
        let request = try #require(target.requests.first)
        #expect(request["x-secret"] == nil && request["te"] == nil)
        #expect(request["x-forwarded-for"] == "10.1.1.1, 127.0.0.1")
    }
}
