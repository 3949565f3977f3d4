import Testing

@testable import LoadEngine

@Suite struct TargetURLTests {
    @Test(
        "a URL gives address, port, authority and path",
        arguments: [
            ("http://127.0.0.1:8080/api/users", "127.0.0.1:8080", "127.0.0.1:8080", "/api/users"),
            ("http://localhost", "127.0.0.1:80", "localhost", "/"),
            ("http://localhost:81?q=1", "127.0.0.1:81", "localhost:81", "/?q=1"),
            ("http://10.1.2.3/a?b=/c", "10.1.2.3:80", "10.1.2.3", "/a?b=/c"),
        ])
    func parts(text: String, endpoint: String, authority: String, path: String) throws {
        let url = try TargetURL(text)
        #expect(url.endpoint.description == endpoint)
        #expect(url.authority == authority)
        #expect(try url.path == Template(path))
    }

    @Test(
        "what is not a plain http URL of an IPv4 host is refused",
        arguments: [
            "", "127.0.0.1", "https://localhost/", "http://", "http://example.com/",
            "http://[::1]/",
            "http://localhost:/", "http://localhost:0/", "http://localhost:65536/", "http://1.2.3/",
            "http://1.2.3.256/", "http://1.2.3.4.5/", "http://u@localhost/", "http://localhost/a b",
            "http://localhost/#x", "http://localhost/é",
        ])
    func refused(text: String) {
        #expect(throws: LoadFailure.self) { try TargetURL(text) }
    }

    @Test("only 127.0.0.0/8 is loopback") func loopback() throws {
        #expect(try TargetURL("http://127.9.9.9/").endpoint.isLoopback)
        #expect(try !TargetURL("http://128.0.0.1/").endpoint.isLoopback)
    }
}
