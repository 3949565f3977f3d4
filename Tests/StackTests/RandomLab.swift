import Bytes
import JSON

@testable import Stack

/// Lab-shaped documents at random: members in any order, any white space, records of any kind.
enum RandomLab {
    static func document(_ random: inout Seeded) -> String {
        var members = LabSection.allCases.map { "\"\($0)\"\(space(&random)):\(array(&random))" }
        if Bool.random(using: &random) { members.append("\"other\":\(value(&random, depth: 0))") }
        members.shuffle(using: &random)
        members.removeLast(Int.random(in: 0...1, using: &random))
        let separator = "\(space(&random)),\(space(&random))"
        return space(&random) + "{" + members.joined(separator: separator) + "}" + space(&random)
    }

    private static func array(_ random: inout Seeded) -> String {
        let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            space(&random) + value(&random, depth: 0) + space(&random)
        }
        return space(&random) + "[\(space(&random))" + elements.joined(separator: ",") + "]"
    }

    private static func value(_ random: inout Seeded, depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 2 ? 6 : 12), using: &random) {
        case 0: "null"
        case 1: "\(Int64.random(in: .min ... .max, using: &random))"
        case 2: "-1.5e+3"
        case 3: "true"
        case 4, 5: string(&random)
        case 6: array(value(&random, depth: depth + 1))
        case 7: "[]"
        case 8: "{}"
        default: object(&random, depth: depth)
        }
    }

    private static func array(_ element: String) -> String { "[\(element),\(element)]" }

    private static func object(_ random: inout Seeded, depth: Int) -> String {
        let members = ["id", "thread", "place", "text"].shuffled(using: &random).prefix(2).map {
            "\(space(&random))\"\($0)\":\(space(&random))\(value(&random, depth: depth + 1))"
        }
        return "{" + members.joined(separator: ",") + "\(space(&random))}"
    }

    private static func string(_ random: inout Seeded) -> String {
        let parts = ["a", "]}", "\\\"", "\\\\", "ä", "🦊", ",", "\\u00e9", "\\n", " "]
        let text = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            parts.randomElement(using: &random) ?? ""
        }
        return "\"\(text.joined())\""
    }

    private static func space(_ random: inout Seeded) -> String {
        ["", "", " ", "\n", "\r\n\t"].randomElement(using: &random) ?? ""
    }
}
