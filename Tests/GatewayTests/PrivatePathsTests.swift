import Bytes
import Gateway
import Testing

@Suite struct PrivatePathsTests {
    @Test(
        "private paths are refused however they are written",
        arguments: [
            "/internal", "/internal/feed", "/internal-x", "/internal?", "/metrics", "/metrics/",
            "/healthz", "/readyz", "//internal", "/./internal", "/x/../internal",
            "/%69nternal/feed", "/%2Finternal", "/x/%2e%2e/internal", "/internal/../api/users",
            "/INTERNAL/feed", "\\internal", "/%5cinternal", "/.//internal",
        ])
    func refused(path: String) { #expect(covers(path)) }

    @Test(
        "public paths are not",
        arguments: [
            "/", "", "*", "/api/", "/api/users", "/api/internal", "/api/metrics", "/metricsx",
            "/readyzz", "/interna", "/healthz-x", "/api/%69nternal", "/x/../y", "/%zz", "/a%",
        ])
    func allowed(path: String) { #expect(!covers(path)) }

    private func covers(_ path: String) -> Bool {
        ByteString(path).withBytes { PrivatePaths.covers($0) }
    }
}
