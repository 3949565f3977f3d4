import Bytes
import Fixture
import JSON

/// What makes the first admin.
enum Invite {
    /// The one that a program has printed at its start; nil if it has not.
    static func printed(by program: Program) -> String? {
        let lines = program.said.split(separator: "\n")
        guard let line = lines.first(where: { $0.contains("invite is: ") }),
            case .string(let message)? = try? JSONValue.parse(ByteString(String(line)))["message"]
        else { return nil }
        return message.split(separator: " ").last.map(String.init)
    }
}
