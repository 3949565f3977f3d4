import HTTP

/// Routes by their segments, while the table is built.
struct RouteTree {
    final class Branch {
        var literals: [(String, Branch)] = []
        var capture: Branch?
        var routes: [Method: Int] = [:]

        func literal(_ text: String) -> Branch {
            if let found = literals.first(where: { $0.0 == text }) { return found.1 }
            let branch = Branch()
            literals.append((text, branch))
            return branch
        }

        func captured() -> Branch {
            if let capture { return capture }
            let branch = Branch()
            capture = branch
            return branch
        }
    }

    let root = Branch()

    /// Two routes for one method and shape are a mistake that stops the program at start.
    init(_ routes: [Route]) {
        for (number, route) in routes.enumerated() {
            var branch = root
            for segment in route.pattern.segments {
                switch segment {
                case .literal(let text): branch = branch.literal(text)
                case .capture: branch = branch.captured()
                }
            }
            precondition(
                branch.routes[route.method] == nil,
                "\(route.method.name) \(route.pattern.text) is routed once")
            branch.routes[route.method] = number
        }
    }
}
