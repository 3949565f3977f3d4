package import Bytes
import HTTP
import JSON

/// Descriptions of an API for machines (OpenAPI 3.1), made from the route tables, the member
/// tables of records and the readers of messages: from what runs, so that they cannot drift from
/// it.
package enum OpenAPI {
    /// The description of all routes of `modules`, whose order it keeps.
    package static func document(
        _ modules: [any ServiceModule], title: String, version: String = "1.0.0"
    ) -> ByteString {
        var writer = OpenAPIWriter()
        writer.begin(title: title, version: version)
        writer.json.key("paths")
        writer.json.beginObject()
        for path in OpenAPIPath.all(in: modules) { writer.path(path) }
        writer.json.endObject()
        writer.components()
        writer.json.endObject()
        return writer.finish()
    }
}

/// The routes of one shape of path.
struct OpenAPIPath {
    let pattern: RoutePattern
    var routes: [(module: String, route: Route)]

    /// Paths in the order in which the modules first name them. Two patterns that differ in the
    /// names of captures alone are one path, called as the first calls it.
    static func all(in modules: [any ServiceModule]) -> [OpenAPIPath] {
        var paths: [OpenAPIPath] = []
        for module in modules {
            for route in module.routes {
                let shape = route.pattern.shape
                if let index = paths.firstIndex(where: { $0.pattern.shape == shape }) {
                    paths[index].routes.append((module.name, route))
                } else {
                    paths.append(
                        OpenAPIPath(pattern: route.pattern, routes: [(module.name, route)]))
                }
            }
        }
        return paths
    }
}

extension RoutePattern {
    /// The pattern without the names of its captures.
    fileprivate var shape: [String] {
        segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .capture: "{}"
            }
        }
    }
}
