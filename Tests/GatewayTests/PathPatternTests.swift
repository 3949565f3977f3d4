import Bytes
import Gateway
import Reactor
import Testing

@Suite struct PathPatternTests {
    @Test(
        "a pattern matches the whole path, case-sensitively, and its star crosses slashes",
        arguments: [
            ("/api/users*", "/api/users", true),
            ("/api/users*", "/api/users/7", true),
            ("/api/users*", "/api/usersX", true),
            ("/api/users*", "/api/user", false),
            ("/api/users*", "/API/users", false),
            ("/api/users*", "/x/api/users", false),
            ("/api/users*", "/api/%75sers", false),
            ("/api/users/*", "/api/users", false),
            ("/api/users/*", "/api/users/", true),
            ("/img/*", "/img/a/b/c", true),
            ("/api", "/api", true),
            ("/api", "/api/", false),
            ("/a?c", "/abc", true),
            ("/a?c", "/ac", false),
            ("/a?c", "/a/c", true),
            ("*.png", "/a/b.png", true),
            ("*.png", "/a/b.png/c", false),
            ("/*/edit", "/posts/7/edit", true),
            ("/*/edit", "/edit", false),
            ("*", "/", true),
            ("/a*b*c", "/abbbcbc", true),
            ("/a*b*c", "/abbbcb", false),
            ("/a**b", "/ab", true),
        ])
    func table(pattern: String, path: String, matches: Bool) throws {
        #expect(try PathPattern(pattern).matches(text: path) == matches)
    }

    @Test("wildcards match as a recursive reading of the rule says")
    func agreesWithReference() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = LoopRandom(seed: seed)
        for _ in 0..<20_000 {
            let text = word(of: "ab/*?", count: 1...8, &random)
            let path = word(of: "ab/", count: 0...10, &random)
            let expected = Reference.matches(Array(text.utf8)[...], Array(path.utf8)[...])
            let pattern = try PathPattern(text)
            #expect(pattern.matches(text: path) == expected, "\(text) on \(path), seed \(seed)")
        }
    }

    @Test(
        "a pattern that ALB would refuse is refused",
        arguments: ["", "/a b", "/ä", "/a%20b", "/a#b", "/[a]", String(repeating: "a", count: 129)])
    func refused(text: String) {
        #expect(throws: PathPattern.Fault.self) { try PathPattern(text) }
    }

    @Test("a pattern of 128 characters is allowed")
    func longest() throws {
        #expect(try PathPattern(String(repeating: "a", count: 128)).shape == .exact)
    }

    @Test("a hostile path costs no more than the product of both lengths")
    func costIsBounded() throws {
        let pattern = try PathPattern("*a*a*a*a*b")
        #expect(!pattern.matches(text: String(repeating: "a", count: 16_000)))
    }
}

/// What the wildcards mean, said as plainly as possible.
private enum Reference {
    static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == UInt8(ascii: "*") {
            return matches(pattern.dropFirst(), path)
                || !path.isEmpty && matches(pattern, path.dropFirst())
        }
        guard let byte = path.first else { return false }
        return (first == UInt8(ascii: "?") || first == byte)
            && matches(pattern.dropFirst(), path.dropFirst())
    }
}

extension PathPattern {
    func matches(text: String) -> Bool { ByteString(text).withBytes { matches($0) } }
}

/// A random word over the letters of `alphabet`.
func word(of alphabet: String, count: ClosedRange<Int>, _ random: inout LoopRandom) -> String {
    let letters = Array(alphabet)
    let length = Int.random(in: count, using: &random)
    return String(
        (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
}
