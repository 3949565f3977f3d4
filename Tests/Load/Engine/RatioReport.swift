/// The result of a comparison: every round's reports and the figures over all of them.
struct RatioReport: Sendable {
    struct Round: Sendable {
        let reports: [RatioPlan.Role: LoadReport]

        /// A figure of one side; nil where the side or the figure is missing.
        func value(_ kind: RatioFigure.Kind, _ role: RatioPlan.Role) -> Double? {
            reports[role].flatMap(kind.value)
        }
    }

    let plan: RatioPlan
    let rounds: [Round]

    var figures: [RatioFigure] {
        RatioFigure.Kind.allCases.compactMap { RatioFigure($0, rounds: rounds) }
    }

    var isClean: Bool { reports.allSatisfy(\.isClean) }

    private var reports: [LoadReport] { rounds.flatMap(\.reports.values) }

    /// Each kind of warning once, by its first text, with the number of runs that it concerns.
    var notes: [String] {
        let reports = self.reports
        var lines = RunNote.Kind.allCases.compactMap { kind -> String? in
            let found = reports.compactMap { $0.notes.first { $0.kind == kind } }
            guard let example = found.first else { return nil }
            return "\(example.text) (\(found.count) of \(reports.count) runs)"
        }
        for role in RatioPlan.Role.allCases {
            guard let side = plan.side(role) else { continue }
            let failed = rounds.reduce(0) { $0 + ($1.reports[role]?.failed ?? 0) }
            if failed > 0 {
                lines.append("\(NumberText.grouped(failed)) requests to \(side.name) failed")
            }
        }
        return lines
    }
}
