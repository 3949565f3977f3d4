import Foundation
import Launch
import Testing

@Suite("The table of settings in the README")
struct SettingsTableTests {
    @Test("it names every setting there is, and no other")
    func complete() throws {
        let names = try Set(Self.table.flatMap(Self.names))
        #expect(names == Set(Settings.names))
    }

    @Test("compose.yaml hands on settings that exist, and no other")
    func compose() throws {
        let text = try Self.text("compose.yaml")
        #expect(Self.names(text).isSubset(of: Settings.names))
        #expect(!Self.names(text).isEmpty)
    }

    /// The rows of the table.
    private static var table: [String] {
        get throws {
            try text("README.md").split(separator: "\n").map(String.init)
                .filter { $0.hasPrefix("| `FORUM_") }
        }
    }

    /// A file of the top folder.
    private static func text(_ name: String) throws -> String {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let top = here.deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: top.appendingPathComponent(name), encoding: .utf8)
    }

    private static func names(_ text: String) -> Set<String> {
        Set(text.matches(of: /FORUM_[A-Z_]+/).map { String($0.output) })
    }
}
