import PipelineModel
import Statistics
import Warehouse

/// How severe the raters were whom each member of a window met, for every mean whose marks say who gave them (method, section 1).
///
/// One fit for each measure and window, over everybody who was rated in its months, whatever the scheme: how severe a rater is belongs to the rater, and
/// targets are fixed effects, so that whom else a rater met cannot pull anybody towards anybody. Ballots that are cast unit by unit fall into parts that
/// share no rater; they are compared as if the raters of all parts were alike, and that this is assumed enters the variances and is told.
/// Where raters cannot be told apart, the plain mean stays, and a finding says why.
struct RaterSeverity {
    /// What the raters of one member come to.
    private struct Raters {
        /// Marks that name their rater, before protections.
        let marks: Double
        /// How many marks they add, on the average of those.
        let severity: Double
        /// Of that average.
        let variance: Double
    }

    private struct Fit {
        let variances: CrossedVariances
        /// By member; `nil` for one whose marks name no rater.
        let raters: [Raters?]
    }

    /// Fewer raters than this, each having met at least two, give no variance of raters worth the name.
    static let minimumRaters = 10

    /// By measure.
    private var fits: [Int: Fit] = [:]
    /// What could not be told apart, and what it rests on where it could.
    private(set) var findings: [Finding] = []

    /// - Parameter name: Says in the findings which window it is; `nil` for the present one.
    init(
        _ pipeline: Pipeline, members: [Member], facts: WindowFacts, plans: SchemePlans, name: String? = nil, in transaction: Transaction
    ) throws {
        var measures: Set<Int> = []
        for member in members {
            for planned in plans.indicators(of: member.candidate.kind) {
                if case .mean = planned.indicator.observation, facts.isKnown(planned.events) { measures.insert(planned.events) }
            }
        }
        for measure in measures.sorted() {
            let marks = try RatedMarks(of: plans.measures[measure], unit: facts.unit(of: measure), members: members, in: transaction)
            try fit(measure, marks, pipeline, members: members, facts: facts, plans: plans, name: name)
        }
    }

    private mutating func fit(
        _ measure: Int, _ marks: RatedMarks, _ pipeline: Pipeline, members: [Member], facts: WindowFacts, plans: SchemePlans, name: String?
    ) throws {
        let contract = pipeline.sources.flatMap { $0 }.first { $0.measures.contains { $0.name == plans.measures[measure] && $0.rater != nil } }
        let report = RaterReport(file: contract?.configurationFile ?? "rating_blocks", measure: plans.measures[measure], name: name)
        let given = try members.indices.reduce(0) { try $0 + facts.hundredths(slot: $1, measure: measure, plans: plans).count } / 100
        guard !marks.cells.isEmpty else {
            if contract != nil, given > 0 { findings.append(report.notToldApart("no mark names its rater")) }
            return
        }
        guard marks.comparingRaters >= RaterSeverity.minimumRaters else {
            findings.append(
                report.notToldApart(
                    "\(marks.comparingRaters) raters met more than one cadre, and under \(RaterSeverity.minimumRaters) nothing tells how raters differ"))
            return
        }
        let effects: CrossedEffects
        do throws(StatisticsError) {
            effects = try CrossedEffects(marks.cells, targets: marks.sums.count, raters: marks.raters, acrossParts: true)
        } catch {
            findings.append(report.notToldApart(error))
            return
        }
        // Rounding of sums of squares is no noise.
        guard effects.variances.noise > 1e-9 * (effects.variances.target + effects.variances.rater) else {
            findings.append(report.notToldApart("nothing varies but raters and cadres, so nothing tells how certain a mark is"))
            return
        }
        let raters = marks.targetOfMember.map { target -> Raters? in
            guard let target, let adjusted = effects.targets[target] else { return nil }
            return Raters(
                marks: adjusted.count, severity: marks.sums[target] / adjusted.count - adjusted.mean,
                variance: max(0, adjusted.variance - effects.variances.noise / adjusted.count))
        }
        fits[measure] = Fit(variances: effects.variances, raters: raters)
        guard name == nil else { return }
        if effects.parts > 1 { findings.append(report.parts(effects.parts)) }
        let unnamed = given - Int(raters.reduce(0) { $0 + ($1?.marks ?? 0) })
        if unnamed > 0 { findings.append(report.unnamed(unnamed, of: given)) }
    }

    /// The mean of a member's marks freed of their raters' severity, and its variance of sampling; `nil` where the plain mean stays.
    ///
    /// What protections took out is out of the mean before it comes here; the severity taken off is that of all the member's raters, because an
    /// evidence row does not say who gave the mark. A mark that names no rater counts with the whole variance of raters.
    func adjusted(
        _ observed: Observed, _ planned: SchemePlans.PlannedIndicator, slot: Int, facts: WindowFacts, plans: SchemePlans
    ) throws(AppraisalError) -> (value: Double, variance: Double)? {
        guard case .mean = planned.indicator.observation, let value = observed.value, let fit = fits[planned.events] else { return nil }
        let given = Double(try facts.hundredths(slot: slot, measure: planned.events, plans: plans).count) / 100
        let raters = fit.raters[slot]
        let named = raters?.marks ?? 0
        guard named <= given else { throw .inconsistentRatings(measure: plans.measures[planned.events]) }
        let share = named / given
        let unnamed = fit.variances.rater * (given - named) / (given * given)
        return (
            value - share * (raters?.severity ?? 0),
            fit.variances.noise / observed.exposure + share * share * (raters?.variance ?? 0) + unnamed
        )
    }
}
