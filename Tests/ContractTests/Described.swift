import Bytes
import Fixture
import HTTP
import JSON

/// The description of the API, asked what it says of requests and answers.
struct Described: Sendable {
    private struct Operation: Sendable {
        let method: String
        let path: String
        let segments: [Substring]
        let request: JSONValue?
        let responses: JSONValue
    }

    private let operations: [Operation]
    private let check: SchemaCheck

    init(_ document: JSONValue) {
        check = SchemaCheck(document)
        operations = (document["paths"]?.pairs ?? []).flatMap { path, methods in
            methods.pairs.map { method, operation in
                Operation(
                    method: method.uppercased(), path: path,
                    segments: path.split(separator: "/", omittingEmptySubsequences: false),
                    request: operation["requestBody"],
                    responses: operation["responses"] ?? .null)
            }
        }
    }

    /// Every operation: `GET /api/users/{id}`.
    var names: Set<String> { Set(operations.map { "\($0.method) \($0.path)" }) }

    /// The operation that a request is; nil for none.
    func name(_ method: Method, _ target: String) -> String? {
        operation(method, target).map { "\($0.method) \($0.path)" }
    }

    /// What is wrong with an answer by the description; empty when nothing is. An answer that
    /// shows chosen members only is not looked into.
    func faults(_ method: Method, _ target: String, _ answer: Answer) -> [String] {
        guard method != .head, let operation = operation(method, target) else { return [] }
        let known = operation.responses.member("\(answer.status)")
        guard let response = known ?? (answer.status >= 400 ? operation.responses["default"] : nil)
        else { return ["\(operation.method) \(operation.path) does not say \(answer.status)"] }
        let isChosen = target.contains("fields=") || target.contains("view=")
        if isChosen && answer.status < 400 { return [] }
        let type = String((answer[.contentType] ?? "").prefix { $0 != ";" })
        if answer.body.isEmpty { return [] }
        guard let content = response["content"]?.member(type) else {
            return ["\(operation.method) \(operation.path) does not say \(type)"]
        }
        guard let schema = content["schema"] else { return [] }
        guard let value = try? answer.json else { return ["\(target) is not JSON"] }
        return check.faults(value, schema)
    }

    /// What is wrong with the body of a request that was taken; empty when nothing is.
    func requestFaults(_ method: Method, _ target: String, _ body: String?) -> [String] {
        guard let operation = operation(method, target), let request = operation.request else {
            return []
        }
        guard let body else {
            let needsBody = request["required"] == .bool(true)
            return needsBody ? ["\(operation.method) \(operation.path) asks for a body"] : []
        }
        let contents = request["content"]?.pairs ?? []
        guard let schema = contents.first?.1["schema"],
            let value = try? JSONValue.parse(ByteString(body))
        else { return ["the body of \(target) is not JSON"] }
        return check.faults(value, schema)
    }

    /// Where several paths fit, the one with the most that is not captured.
    private func operation(_ method: Method, _ target: String) -> Operation? {
        let name = method == .head ? "GET" : "\(method.name)"
        let path = target.prefix { $0 != "?" }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        func captures(_ operation: Operation) -> Int {
            operation.segments.count { $0.hasPrefix("{") }
        }
        return operations.filter { operation in
            operation.method == name && operation.segments.count == segments.count
                && zip(operation.segments, segments).allSatisfy {
                    $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty)
                }
        }.min { captures($0) < captures($1) }
    }
}

extension JSONValue {
    /// The members of an object; none of any other value.
    fileprivate var pairs: [(String, JSONValue)] {
        guard case .object(let object) = self else { return [] }
        return object.members.map { ($0.name, $0.value) }
    }

    fileprivate func member(_ name: String) -> JSONValue? { pairs.first { $0.0 == name }?.1 }
}
