import Launch
import Testing

@Suite("Settings")
struct EnvironmentTests {
    @Test("what is set is read, what is not has its default, and both are shown")
    func reads() {
        var environment = Environment(["FORUM_PORT": "9000"])
        #expect(environment.read(Settings.port, default: 1) == 9000)
        #expect(environment.read(Settings.address, default: "127.0.0.1") == "127.0.0.1")
        #expect(environment.lines.map(\.value) == ["9000", "127.0.0.1"])
        #expect(environment.lines.map(\.isDefault) == [false, true])
        #expect(environment.faults.isEmpty)
    }

    @Test("every fault is named, with what was expected")
    func faults() {
        var environment = Environment(["FORUM_PORT": "70000", "FORUM_RATE_LIMITS": "yes"])
        _ = environment.read(Settings.port, default: 1)
        _ = environment.read(Settings.rateLimits, default: true)
        #expect(
            environment.faults == [
                "FORUM_PORT: expected a whole number in 0…65535, got '70000'",
                "FORUM_RATE_LIMITS: expected 1 or 0, got 'yes'",
            ])
    }

    @Test("a setting that nobody reads is a fault, with the one that was probably meant")
    func unknown() {
        let environment = Environment(["FORUM_RATE_LIMIT": "0", "HOME": "/"])
        #expect(
            environment.faults == [
                "FORUM_RATE_LIMIT: there is no such setting; did you mean FORUM_RATE_LIMITS?"
            ])
    }

    @Test("a secret is not shown, neither when it is right nor when it is wrong")
    func secret() {
        var environment = Environment(["FORUM_ADMIN_SECRET": "hunter2hunter2hunter2"])
        _ = environment.read(Settings.adminSecret, default: "")
        #expect(environment.lines.map(\.value) == ["(secret)"])
    }

    @Test(
        "addresses are numbers", arguments: [("10.0.0.1", true), ("host", false), ("1.2.3", false)])
    func address(text: String, isGood: Bool) {
        var environment = Environment(["FORUM_ADDRESS": text])
        _ = environment.read(Settings.address, default: "127.0.0.1")
        #expect(environment.faults.isEmpty == isGood)
    }
}
