import PipelineModel
import Statistics
import Warehouse

/// How severe the raters were whom each member of a window met, for every mean whose marks say who gave them (method, section 1).
///
/// One fit for each measure and window, over everybody who was rated in its months, whatever the scheme: how severe a rater is belongs to the rater, and
/// targets are fixed effects, so that whom else a rater met cannot pull anybody towards anybody. Ballots that are cast unit by unit fall into parts that
/// share no rater; they are compared as if the raters of all parts were alike, and that this is assumed enters the variances and is told.
/// Where raters cannot be told apart, the plain mean stays, and a finding says why.
struct RaterSeverity: Sendable {
    private struct Fit {
        let variances: CrossedVariances
        /// By member; `nil` for one whose marks name no rater.
        let raters: [RaterEffects.Raters?]
    }

    /// By measure.
    private var fits: [Int: Fit] = [:]
    /// What could not be told apart, and what it rests on where it could.
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - effects: Of the window's measures.
    ///   - name: Says in the findings which window it is; `nil` for the present one.
    init(
        _ pipeline: Pipeline, effects: RaterEffects, members: [Member], facts: WindowFacts, plans: SchemePlans, name: String? = nil
    ) throws(AppraisalError) {
        for (measure, work) in effects.byMeasure.sorted(by: { $0.key < $1.key }) {
            for estimate in work.results() {
                try fit(measure, estimate, pipeline, members: members, facts: facts, plans: plans, name: name)
            }
        }
    }

    private mutating func fit(
        _ measure: Int, _ estimate: RaterEffects.Estimate, _ pipeline: Pipeline, members: [Member], facts: WindowFacts, plans: SchemePlans, name: String?
    ) throws(AppraisalError) {
        let contract = pipeline.sources.flatMap { $0 }.first { $0.measures.contains { $0.name == plans.measures[measure] && $0.rater != nil } }
        let report = RaterReport(file: contract?.configurationFile ?? "rating_blocks", measure: plans.measures[measure], name: name)
        var given = 0
        for slot in members.indices { given += try facts.hundredths(slot: slot, measure: measure, plans: plans).count }
        given /= 100
        switch estimate {
        case .noMark:
            if contract != nil, given > 0 { findings.append(report.notToldApart("no mark names its rater")) }
        case .tooFewRaters(let count):
            findings.append(
                report.notToldApart(
                    "\(count) raters met more than one cadre, and under \(RaterEffects.minimumRaters) nothing tells how raters differ"))
        case .failed(let error):
            findings.append(report.notToldApart(error))
        case .noNoise:
            findings.append(report.notToldApart("nothing varies but raters and cadres, so nothing tells how certain a mark is"))
        case .found(let variances, let raters, let parts):
            fits[measure] = Fit(variances: variances, raters: raters)
            guard name == nil else { return }
            if parts > 1 { findings.append(report.parts(parts)) }
            let unnamed = given - Int(raters.reduce(0) { $0 + ($1?.marks ?? 0) })
            if unnamed > 0 { findings.append(report.unnamed(unnamed, of: given)) }
        }
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
