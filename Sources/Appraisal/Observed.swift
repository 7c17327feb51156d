import PipelineModel
import Statistics
import Warehouse

/// What was observed of one member on one indicator: exactly what a model of the indicator's family takes.
struct Observed {
    /// Events of a rate or a share; `nil` for a mean and where a source is missing.
    private(set) var events: Double?
    /// Months, units of work, trials or number of values; 0 where a source is missing.
    private(set) var exposure: Double = 0
    /// Events per exposure, or the mean; `nil` without exposure and where a source is missing: missing is never zero.
    private(set) var value: Double?
    /// For a mean: sample variance of the values, in the square of their unit; `nil` under two values.
    private(set) var withinVariance: Double?

    /// - Parameter exclusions: `nil`: as if nothing had been taken out.
    init(
        _ planned: SchemePlans.PlannedIndicator, slot: Int, facts: WindowFacts, exclusions: Exclusions?, plans: SchemePlans
    ) throws(AppraisalError) {
        func moments(_ measure: Int) throws(AppraisalError) -> Moments? {
            guard facts.isKnown(measure) else { return nil }
            var moments = try facts.hundredths(slot: slot, measure: measure, plans: plans)
            if let removed = exclusions?.removed(slot: slot, measure: measure) {
                guard moments.subtract(removed), moments.count >= 0, moments.sumOfSquares >= 0 else {
                    throw .inconsistentEvidence(measure: plans.measures[measure])
                }
            }
            return moments
        }
        let counted = try moments(planned.events)
        switch planned.indicator.observation {
        case .ratePerMonth:
            exposure = facts.exposureMonths(slot: slot, measure: planned.events)
            events = counted.map { Double($0.count) / 100 }
        case .rate, .share:
            guard let measure = planned.exposure, let work = try moments(measure) else { return }
            exposure = Double(work.count) / 100
            events = counted.map { Double($0.count) / 100 }
        case .mean:
            guard let counted else { return }
            let unit = facts.unit(of: planned.events)
            exposure = Double(counted.count) / 100
            value = counted.mean.map { $0 / unit }
            withinVariance = counted.variance.map { $0 / (unit * unit) }
            return
        }
        if let events, exposure > 0 { value = events / exposure }
    }
}
