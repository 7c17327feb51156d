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

    private init() {}

    /// What was observed of a member. No initialiser: that would own what it is given, and count every reference in it for each of millions.
    ///
    /// - Parameter exclusions: `nil`: as if nothing had been taken out.
    static func of(
        _ planned: SchemePlans.PlannedIndicator, slot: Int, facts: WindowFacts, exclusions: Exclusions?, plans: SchemePlans
    ) throws(AppraisalError) -> Observed {
        var own = Observed()
        let counted = try Observed.moments(planned.events, slot: slot, facts: facts, exclusions: exclusions, plans: plans)
        switch planned.indicator.observation {
        case .ratePerMonth:
            own.exposure = facts.exposureMonths(slot: slot, measure: planned.events)
            own.events = counted.map { Double($0.count) / 100 }
        case .rate, .share:
            guard let measure = planned.exposure,
                let work = try Observed.moments(measure, slot: slot, facts: facts, exclusions: exclusions, plans: plans)
            else { return own }
            own.exposure = Double(work.count) / 100
            own.events = counted.map { Double($0.count) / 100 }
        case .mean:
            guard let counted else { return own }
            let unit = facts.unit(of: planned.events)
            own.exposure = Double(counted.count) / 100
            own.value = counted.mean.map { $0 / unit }
            own.withinVariance = counted.variance.map { $0 / (unit * unit) }
            return own
        }
        if let events = own.events, own.exposure > 0 { own.value = events / own.exposure }
        return own
    }

    /// The member's moments of a measure without what was taken out, in hundredths of an event; `nil` where its source is missing.
    private static func moments(
        _ measure: Int, slot: Int, facts: WindowFacts, exclusions: Exclusions?, plans: SchemePlans
    ) throws(AppraisalError) -> Moments? {
        guard facts.isKnown(measure) else { return nil }
        var moments = try facts.hundredths(slot: slot, measure: measure, plans: plans)
        if let removed = exclusions?.removed(slot: slot, measure: measure) {
            guard moments.subtract(removed), moments.count >= 0, moments.sumOfSquares >= 0 else {
                throw .inconsistentEvidence(measure: plans.measures[measure])
            }
        }
        return moments
    }
}
