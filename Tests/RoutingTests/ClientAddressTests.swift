import Bytes
import HTTP
import Testing

@testable import Routing

@Suite("Where a request comes from")
struct ClientAddressTests {
    private func client(
        _ peer: String, _ forwarded: [String], _ trust: ProxyTrust = .privateNetworks
    ) async throws -> String {
        var settings = RouterSettings()
        settings.trust = trust
        let router = Router(
            [TestModule([.get("/") { Response.text($0.clientAddress.text) }])], settings,
            onUnexpected: Reports().report)
        let address = try #require(IPAddress(peer))
        let transport = LoopbackTransport(router) { head in
            let context = LoopbackTransport.fixedContext(head)
            return RequestContext(trace: context.trace, arrivedAtMilliseconds: 0, peer: address)
        }
        var fields = Fields()
        for value in forwarded { fields.append(.xForwardedFor, value) }
        return try await transport.send(ClientRequest(.get, "/", fields: fields)).body.text
    }

    @Test(
        "behind a peer in a private network the last entry of X-Forwarded-For counts",
        arguments: [
            ("127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
            ("10.1.2.3", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            ("192.168.0.1", ["198.51.100.1", "203.0.113.7:4711"], "203.0.113.7"),
            ("::1", ["2001:db8::7"], "2001:db8::7"),
            ("fd00::1", ["[2001:db8::7]:4711"], "2001:db8::7"),
            ("172.16.0.1", ["nonsense"], "172.16.0.1"), ("172.16.0.1", [""], "172.16.0.1"),
            ("127.0.0.1", [], "127.0.0.1"),
        ])
    func forwarded(_ peer: String, _ values: [String], _ expected: String) async throws {
        #expect(try await client(peer, values) == expected)
    }

    @Test(
        "nobody else is believed",
        arguments: ["203.0.113.1", "172.32.0.1", "11.0.0.1", "2001:db8::1"])
    func untrusted(_ peer: String) async throws {
        #expect(try await client(peer, ["198.51.100.1"]) == peer)
    }

    @Test("nobody at all is believed where the router is told so")
    func nobody() async throws {
        #expect(try await client("127.0.0.1", ["198.51.100.1"], .nobody) == "127.0.0.1")
    }

    @Test(
        "addresses are read and written as people do",
        arguments: [
            ("203.0.113.7", "203.0.113.7"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("::ffff:10.0.0.1", "10.0.0.1"), ("::", "::"),
        ])
    func text(_ text: String, _ expected: String) throws {
        #expect(try #require(IPAddress(text)).text == expected)
    }

    @Test("what is no address is none", arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "g::1"])
    func noAddress(_ text: String) { #expect(IPAddress(text) == nil) }
}
