import Bytes
import Discovery
import Launch

/// `forum registry`: which instance of which service is where.
struct RegistryCommand {
    static let command = Command(
        "forum registry", "Prints the registry: which instance of which service is where.",
        operands: "[FILE]", operandCount: 0...1,
        options: [
            Command.Option("--data", "DIR", "the data folder [$FORUM_DATA, else .forum]"),
            Command.Option("--json", nil, "for programs: an array with an object an instance"),
        ],
        details: """
            FILE is a registry file; without it, that of the data folder. A lease is renewed every
            ten seconds; an instance that no longer does so is shown as EXPIRED.
            """)

    private let path: String
    private let isJSON: Bool
    private let console: Console

    init(path: String, isJSON: Bool, _ console: Console) {
        self.path = path
        self.isJSON = isJSON
        self.console = console
    }

    /// Returns the exit code.
    func run(now: Timestamp = .now()) -> Int32 {
        do throws(RegistryError) {
            guard case .registry(let registry) = try RegistryFile(path).read() else {
                console.complain("forum registry: nothing in \(path): start a forum on it first")
                return 1
            }
            let listing = RegistryListing(registry, now: now)
            let lines = isJSON ? [listing.json.text] : listing.table.lines
            for line in lines { console.say(line) }
            return 0
        } catch {
            console.complain("forum registry: \(error)")
            return Exit.data
        }
    }
}
