import Fixture
import Identity
import Launch
import Testing

@testable import Host

@Suite("The settings of a service process")
struct HostSettingsTests {
    private func read(_ variables: [String: String]) -> (HostSettings, [String]) {
        var environment = Environment(variables)
        let settings = HostSettings(&environment, name: "users", port: 8101)
        return (settings, environment.faults)
    }

    @Test(
        "without any setting a process listens on loopback, registers nowhere and writes to nobody")
    func defaults() {
        let (settings, faults) = read([:])
        #expect(faults.isEmpty)
        #expect(settings.address == "127.0.0.1" && settings.port == 8101)
        #expect(settings.registryPath.isEmpty && settings.rateLimits && settings.admin == nil)
    }

    @Test("a process on all interfaces registers an address that others can reach")
    func advertise() {
        let (settings, _) = read(["FORUM_ADDRESS": "0.0.0.0"])
        #expect(settings.advertise != "0.0.0.0")
        let (told, _) = read(["FORUM_ADDRESS": "0.0.0.0", "FORUM_ADVERTISE": "10.1.2.3"])
        #expect(told.advertise == "10.1.2.3")
    }

    @Test("the admin secret comes from its variable or its file")
    func secret() throws {
        let text = "a-secret-of-some-length"
        #expect(read(["FORUM_ADMIN_SECRET": text]).0.admin?.text == text)
        let folder = TemporaryFolder()
        let made = try SecretFile(folder.file("admin")).readOrCreate()
        let (settings, faults) = read(["FORUM_ADMIN_SECRET_FILE": folder.file("admin")])
        #expect(settings.admin?.text == made.text && faults.isEmpty)
    }

    @Test("a secret that is too short or a file that is not there is a fault, not an open door")
    func badSecret() {
        for variables in [
            ["FORUM_ADMIN_SECRET": "short"], ["FORUM_ADMIN_SECRET_FILE": "/nowhere/admin"],
        ] {
            let (settings, faults) = read(variables)
            #expect(settings.admin == nil && faults.count == 1)
        }
    }
}
