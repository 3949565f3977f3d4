/// Runs the sides of a comparison by turns, round after round.
struct RatioRun {
    let plan: RatioPlan
    /// Told after each run, so that a person sees that something happens.
    let progress: (_ round: Int, _ side: RatioPlan.Side, LoadReport) -> Void

    func report() throws(LoadFailure) -> RatioReport {
        var rounds: [RatioReport.Round] = []
        for round in 0..<plan.rounds {
            var reports: [RatioPlan.Role: LoadReport] = [:]
            for role in RatioPlan.order(ofRound: round) {
                guard let side = plan.side(role) else { continue }
                let report = try LoadRun(plan: side.plan).report()
                if report.wasInterrupted { throw .run("interrupted in round \(round + 1)") }
                progress(round, side, report)
                reports[role] = report
            }
            rounds.append(RatioReport.Round(reports: reports))
        }
        return RatioReport(plan: plan, rounds: rounds)
    }
}
