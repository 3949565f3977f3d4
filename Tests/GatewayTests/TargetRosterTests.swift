import Gateway
import Reactor
import Testing

@Suite struct TargetRosterTests {
    private func instance(_ id: String, _ port: UInt16) -> TargetRoster.Instance {
        TargetRoster.Instance(id: id, address: .loopback(port))
    }

    @Test("an instance that stays registered is the same target")
    func identity() {
        var roster = TargetRoster(loops: 1)
        _ = roster.update("users", to: [instance("a", 1)])
        let before = roster.targets(of: "users")
        let changes = roster.update("users", to: [instance("b", 2), instance("a", 1)])
        #expect(changes.joined.map(\.id) == ["b"] && changes.left.isEmpty)
        #expect(roster.targets(of: "users").first === before.first)
    }

    @Test("an instance that is gone has left")
    func left() {
        var roster = TargetRoster(loops: 1)
        _ = roster.update("users", to: [instance("a", 1), instance("b", 2)])
        let changes = roster.update("users", to: [instance("b", 2)])
        #expect(changes.left.map(\.id) == ["a"])
        #expect(roster.targets(of: "users").map(\.id) == ["b"])
    }

    @Test("the same identifier at another address is another target")
    func moved() {
        var roster = TargetRoster(loops: 1)
        _ = roster.update("users", to: [instance("a", 1)])
        let changes = roster.update("users", to: [instance("a", 2)])
        #expect(changes.joined.count == 1 && changes.left.count == 1)
    }

    @Test("an identifier counts once")
    func unique() {
        var roster = TargetRoster(loops: 1)
        let changes = roster.update("users", to: [instance("a", 1), instance("a", 2)])
        #expect(changes.joined.map(\.address.port) == [1])
    }

    @Test("a group that is no longer configured lets its targets go")
    func groupGone() {
        var roster = TargetRoster(loops: 1)
        _ = roster.update("users", to: [instance("a", 1)])
        _ = roster.update("topics", to: [instance("b", 2)])
        let gone = roster.keep(["topics"])
        #expect(gone.map(\.id) == ["a"])
        #expect(roster.targets(of: "users").isEmpty)
    }
}
