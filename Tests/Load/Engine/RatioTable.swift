/// A comparison for people.
struct RatioTable {
    let report: RatioReport

    static func heading(_ plan: RatioPlan) -> String {
        var lines = ""
        for (label, role) in [
            ("A", RatioPlan.Role.first), ("B", .second), ("baseline", .baseline),
        ] {
            guard let side = plan.side(role) else { continue }
            for request in side.plan.requests {
                let padding = String(repeating: " ", count: 8 - label.count)
                let words = "\(side.name): \(request.method) \(request.url.text)"
                lines += "  \(label)\(padding)   \(words)\n"
            }
        }
        let pace = LoadTable.pace(plan.first.plan)
        return "load ratio · \(plan.rounds) rounds by turns · each \(pace)\n" + lines
    }

    /// One line for a finished run.
    static func line(round: Int, side: RatioPlan.Side, report: LoadReport) -> String {
        var line = "round \(round + 1)  \(side.name)"
        line += "  \(NumberText.fixed(report.requestsPerSecond, 0)) /s"
        line += "  CPU \(NumberText.optional(report.usage.cpuMicrosecondsPerRequest)) µs/request"
        line += "  p50 \(NumberText.duration(report.latency.p50))"
        if report.failed > 0 { line += "  \(NumberText.grouped(report.failed)) failed" }
        return line + "\n"
    }

    var text: String {
        let plan = report.plan
        var table = TextTable()
        let hasBaseline = plan.baseline != nil
        let (first, second) = (plan.first.name, plan.second.name)
        var head = ["median (lowest–highest)", first, second, "\(first) ÷ \(second)"]
        if let baseline = plan.baseline { head += [baseline.name, "added ÷ added"] }
        table.row(head)
        for figure in report.figures {
            var cells = [figure.first, figure.second, figure.ratio].map(Self.cell)
            if hasBaseline { cells += [Self.cell(figure.baseline), Self.cell(figure.addedRatio)] }
            table.row([Self.label(figure.kind)] + cells)
        }
        let notes = report.notes.map { "  ! \($0)\n" }.joined()
        return "\n" + table.text + (notes.isEmpty ? "" : "\n" + notes)
    }

    private static func label(_ kind: RatioFigure.Kind) -> String {
        switch kind {
        case .requestsPerSecond: "requests/s"
        case .cpuMicrosecondsPerRequest: "CPU µs/request"
        case .latencyP50Microseconds: "latency p50 µs"
        case .latencyP99Microseconds: "latency p99 µs"
        }
    }

    private static func cell(_ spread: Spread?) -> String {
        guard let spread else { return "–" }
        let number = NumberText.significant
        return "\(number(spread.median)) (\(number(spread.low))–\(number(spread.high)))"
    }
}
