import Bytes
import JSON

/// Puts documents of OpenAPI together: their paths one after the other, what they share once, and
/// two different things of one name under two names.
struct DescriptionMerger {
    private let documents: [JSONValue]
    /// For every document the schemas that are called otherwise here.
    private var renamed: [[String: String]] = []
    /// What is written of each document: schemas by their new names, in order.
    private var schemas: [[(name: String, schema: JSONValue)]] = []

    init(_ documents: [JSONValue]) {
        self.documents = documents
        var taken: [String: JSONValue] = [:]
        for document in documents {
            let own = document["components"]?["schemas"]?.members ?? []
            let others = DescriptionMerger.differing(own, from: taken)
            var names: [String: String] = [:]
            var added: [(name: String, schema: JSONValue)] = []
            for member in own {
                if others.contains(member.name) {
                    names[member.name] = DescriptionMerger.free(member.name, taken)
                } else if taken[member.name] != nil {
                    continue
                }
                let name = names[member.name] ?? member.name
                taken[name] = member.value
                added.append((name, member.value))
            }
            renamed.append(names)
            schemas.append(added)
        }
    }

    /// The whole document; `missing` are the services that it says nothing of.
    func write(leavingOut missing: [String]) -> ByteString {
        var json = JSONWriter(capacity: 128 * 1024)
        json.beginObject()
        json.key("openapi")
        json.string("3.1.0")
        writeInfo(missing, into: &json)
        json.key("paths")
        writePaths(into: &json)
        json.key("components")
        json.beginObject()
        json.key("schemas")
        json.beginObject()
        for (index, added) in schemas.enumerated() {
            for (name, schema) in added {
                json.key(name)
                write(schema, renaming: renamed[index], into: &json)
            }
        }
        json.endObject()
        // What every document says in the same words.
        for part in documents[0]["components"]?.members ?? [] where part.name != "schemas" {
            json.key(part.name)
            json.value(part.value)
        }
        json.endObject()
        json.endObject()
        return json.finish()
    }

    private func writeInfo(_ missing: [String], into json: inout JSONWriter) {
        json.key("info")
        json.beginObject()
        json.key("title")
        json.string("forum")
        json.key("version")
        json.value(documents[0]["info"]?["version"] ?? .string("1.0.0"))
        if !missing.isEmpty {
            json.key("description")
            let names = missing.joined(separator: ", ")
            json.string("Incomplete: nothing is known now of \(names). Ask again later.")
        }
        json.endObject()
    }

    /// A path belongs to the first document that has it.
    private func writePaths(into json: inout JSONWriter) {
        var seen: Set<String> = []
        json.beginObject()
        for (index, document) in documents.enumerated() {
            for path in document["paths"]?.members ?? [] where seen.insert(path.name).inserted {
                json.key(path.name)
                write(path.value, renaming: renamed[index], into: &json)
            }
        }
        json.endObject()
    }

    private func write(
        _ value: JSONValue, renaming names: [String: String], into json: inout JSONWriter
    ) {
        switch value {
        case .array(let elements):
            json.beginArray()
            for element in elements { write(element, renaming: names, into: &json) }
            json.endArray()
        case .object(let object):
            json.beginObject()
            for member in object.members {
                json.key(member.name)
                if let name = DescriptionMerger.schemaName(member), let new = names[name] {
                    json.string(DescriptionMerger.place + new)
                } else {
                    write(member.value, renaming: names, into: &json)
                }
            }
            json.endObject()
        default: json.value(value)
        }
    }

    private static let place = "#/components/schemas/"

    /// The schema that a member refers to; nil if it refers to none.
    private static func schemaName(_ member: JSONObject.Member) -> String? {
        guard member.name == "$ref", case .string(let reference) = member.value,
            reference.hasPrefix(place)
        else { return nil }
        return String(reference.dropFirst(place.count))
    }

    /// The names of schemas that stand for something else in `taken`: by themselves, or by what
    /// they refer to.
    private static func differing(
        _ own: [JSONObject.Member], from taken: [String: JSONValue]
    ) -> Set<String> {
        let shared = own.filter { taken[$0.name] != nil }
        var others = Set(shared.filter { taken[$0.name] != $0.value }.map(\.name))
        var grows = true
        while grows {
            grows = false
            for member in shared where !others.contains(member.name) {
                if !references(of: member.value).isDisjoint(with: others) {
                    others.insert(member.name)
                    grows = true
                }
            }
        }
        return others
    }

    private static func references(of value: JSONValue) -> Set<String> {
        switch value {
        case .array(let elements):
            elements.reduce(into: []) { $0.formUnion(references(of: $1)) }
        case .object(let object):
            object.members.reduce(into: []) { found, member in
                if let name = schemaName(member) { found.insert(name) }
                found.formUnion(references(of: member.value))
            }
        default: []
        }
    }

    private static func free(_ name: String, _ taken: [String: JSONValue]) -> String {
        var number = 2
        while taken["\(name)\(number)"] != nil { number += 1 }
        return "\(name)\(number)"
    }
}

extension JSONValue {
    /// The members of an object; none of any other value.
    fileprivate var members: [JSONObject.Member] {
        if case .object(let object) = self { object.members } else { [] }
    }
}
