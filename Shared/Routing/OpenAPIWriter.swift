import Bytes
import HTTP
import JSON

/// Writes a description from its first member to its last, and remembers which objects it has
/// named on the way.
struct OpenAPIWriter: ~Copyable {
    var json = JSONWriter(capacity: 16 * 1024)
    var objects = OpenAPIObjects()

    mutating func begin(title: String, version: String) {
        json.beginObject()
        json.member("openapi", "3.1.0")
        json.key("info")
        json.beginObject()
        json.member("title", title)
        json.member("version", version)
        json.endObject()
    }

    consuming func finish() -> ByteString { json.finish() }

    mutating func path(_ path: OpenAPIPath) {
        json.key(path.pattern.text)
        json.beginObject()
        for (module, route) in path.routes {
            json.key("\(route.method.name)".lowercased())
            operation(route, at: path.pattern, of: module)
        }
        json.endObject()
    }

    /// Everything that was named on the way, and what all operations share.
    mutating func components() {
        json.key("components")
        json.beginObject()
        json.key("schemas")
        json.beginObject()
        while let (name, object) = objects.next() {
            json.key(name)
            self.object(object)
        }
        json.key("Problem")
        json.raw(OpenAPIWriter.problem)
        json.endObject()
        json.key("securitySchemes")
        json.raw(#"{"bearer":{"type":"http","scheme":"bearer"}}"#)
        json.key("headers")
        json.raw(OpenAPIWriter.headers)
        json.endObject()
    }

    private static let headers: ByteString =
        """
        {"RateLimit":{"description":"What is left of the quota",\
        "schema":{"type":"string","examples":["\\"post\\";r=7;t=41"]}},\
        "RateLimit-Policy":{"description":"The quota",\
        "schema":{"type":"string","examples":["\\"post\\";q=10;w=60"]}},\
        "Forum-Position":{"description":"Send it back to read what was written here",\
        "schema":{"type":"string","examples":["posts=1842"]}},\
        "Forum-Staleness":{"description":"Sources that are behind, in seconds",\
        "schema":{"type":"string","examples":["users;age=12"]}},\
        "Link":{"description":"Pages next to this one (RFC 8288)","schema":{"type":"string"}},\
        "Location":{"description":"Where the new thing lives",\
        "schema":{"type":"string","format":"uri-reference"}}}
        """

    private static let problem: ByteString =
        """
        {"type":"object","required":["type","title","status","detail"],"properties":{\
        "type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},\
        "status":{"type":"integer"},"detail":{"type":"string"},\
        "instance":{"type":"string"},"service":{"type":"string"},"trace":{"type":"string"},\
        "current":{"description":"What an edit is to be made from instead"},\
        "until":{"description":"When a ban ends; null: when it is lifted",\
        "anyOf":[{"type":"string","format":"date-time"},{"type":"null"}]},\
        "rule":{"description":"The rule of the gateway that chose the service","type":"string"},\
        "attempts":{"description":"How often the gateway tried","type":"integer"},\
        "errors":{"type":"array","items":{"type":"object",\
        "required":["pointer","code","detail"],"properties":{\
        "pointer":{"type":"string"},"code":{"type":"string"},"detail":{"type":"string"}}}}}}
        """
}

extension JSONWriter {
    /// A member that is a string.
    mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }
}

/// The objects of a description by name: each type has one, whatever others are called.
struct OpenAPIObjects {
    private var names: [String: String] = ["Problem": "Problem"]
    private var found: [(name: String, object: JSONObjectSchema)] = []
    private var written = 0

    /// The name of `object`, which will be described under it.
    mutating func name(of object: JSONObjectSchema) -> String {
        if let name = names[object.identity] { return name }
        var name = object.name
        var number = 2
        while names.values.contains(name) {
            name = "\(object.name)\(number)"
            number += 1
        }
        names[object.identity] = name
        found.append((name, object))
        return name
    }

    /// The next object that was named and not yet described.
    mutating func next() -> (name: String, object: JSONObjectSchema)? {
        guard written < found.count else { return nil }
        defer { written += 1 }
        return found[written]
    }
}
