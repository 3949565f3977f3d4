/// A comparison for programs; the fields are a promise, written down in `Tests/Load/README.md`.
enum RatioJSON {
    static func value(_ report: RatioReport) -> JSONValue {
        .object([
            ("version", .integer(LoadJSON.version)),
            ("rounds", .integer(report.rounds.count)),
            ("a", side(report, .first)),
            ("b", side(report, .second)),
            ("baseline", side(report, .baseline)),
            ("figures", .object(report.figures.map { ($0.kind.rawValue, figure($0)) })),
            ("notes", .array(report.notes.map { .string($0) })),
        ])
    }

    private static func side(_ report: RatioReport, _ role: RatioPlan.Role) -> JSONValue {
        guard let side = report.plan.side(role) else { return .null }
        return .object([
            ("name", .string(side.name)),
            ("runs", .array(report.rounds.compactMap { $0.reports[role].map(LoadJSON.value) })),
        ])
    }

    private static func figure(_ figure: RatioFigure) -> JSONValue {
        .object([
            ("a", spread(figure.first)),
            ("b", spread(figure.second)),
            ("baseline", spread(figure.baseline)),
            ("ratio", spread(figure.ratio)),
            ("addedRatio", spread(figure.addedRatio)),
        ])
    }

    private static func spread(_ spread: Spread?) -> JSONValue {
        guard let spread else { return .null }
        return .object([
            ("median", .number(spread.median)), ("low", .number(spread.low)),
            ("high", .number(spread.high)),
        ])
    }
}
