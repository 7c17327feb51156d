import PipelineModel

/// A reform risk that a cadre filed for the unit (风险报备).
struct ReformFiling: Sendable {
    let id: String
    let unit: Int
    let subject: String
    let filed: CalendarDate
    let assessed: CalendarDate?
    let outcome: RiskFilingOutcome
    let start: CalendarDate
    let end: CalendarDate
}

extension World {
    /// The filings of a cadre, the same whoever asks: the filings' export, and that of the tasks that belong to the reform.
    func filings(of cadre: Cadre) -> [ReformFiling] {
        var generator = generator(.riskFilings, cadre.index)
        let span = max(1, parameters.end.days(since: firstDay) + 1)
        var filings: [ReformFiling] = []
        for number in 0..<generator.poisson(0.15 * Double(parameters.months) / 12) {
            let filed = firstDay.adding(days: generator.below(span))
            let assessed = filed.adding(days: generator.integer(in: 5...50))
            let start = filed.adding(days: generator.integer(in: 10...60))
            let end = start.adding(days: generator.integer(in: 90...540))
            let outcome: RiskFilingOutcome = generator.weighted((.accepted, 0.75), (.rejected, 0.25))
            let isOpen = assessed > parameters.end || generator.chance(0.05)
            guard let tenure = cadre.working(on: filed), tenure.seat.type == .leading else { continue }
            filings.append(
                ReformFiling(
                    id: "FX\(cadre.index + 1)-\(number + 1)", unit: tenure.unit, subject: "GG\(filed.month.year)-\(padded(generator.below(40) + 1, 3))",
                    filed: filed, assessed: isOpen ? nil : assessed, outcome: isOpen ? .pending : outcome, start: start, end: end))
        }
        return filings
    }
}
