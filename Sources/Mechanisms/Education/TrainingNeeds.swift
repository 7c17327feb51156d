import PipelineModel
import Warehouse

/// One reason for which one cadre needs one course.
struct TrainingNeed {
    let course: String
    let cadreID: String
    let reason: TrainingReason
    var flagID: String?
    var dimension: Dimension?
    var indicator: String?
    /// Probability of concern, or how far the whole interval lies under the line; none for a required course.
    var size: Double?
    let since: CalendarDate
}

/// Everything that tonight names somebody for a course, in no order that matters.
struct TrainingNeeds {
    private(set) var needs: [TrainingNeed] = []
    /// Needs that no course of the rules is for.
    private(set) var withoutCourse: [TrainingReason: Int] = [:]

    private let night: TrackNight
    private let rules: TrainingRules
    private let passes: TrainingPasses
    private let cadres: [String: CadreInPost]

    /// - Parameter cadres: Those in service with a post: nobody else is named.
    init(_ night: TrackNight, _ rules: TrainingRules, _ passes: TrainingPasses, cadres: [CadreInPost]) throws {
        self.night = night
        self.rules = rules
        self.passes = passes
        self.cadres = Dictionary(cadres.map { ($0.cadreID, $0) }, uniquingKeysWith: { first, _ in first })
        try addFlags()
        try addGaps()
        try addRequired(cadres)
    }

    /// A retraining flag asks for the first course of its cadre's weakest dimension that any course helps; where the model says none, for the first course.
    ///
    /// What was passed before the flag does not answer it.
    private mutating func addFlags() throws {
        var flags: [FlagRecord] = []
        try night.transaction.forEach(FlagRecord.self, asOf: night.asOf) { flag in
            if flag.disposition == .retraining, cadres[flag.cadreID] != nil { flags.append(flag) }
        }
        let dimensions = Dictionary(night.pipeline.indicators.map { ($0.id, $0.dimension) }, uniquingKeysWith: { first, _ in first })
        var sums: [String: [Dimension: (weight: Double, contribution: Double)]] = [:]
        try night.transaction.forEach(EstimateRecord.self, of: flags.map(\.cadreID), window: .current) { estimate in
            guard estimate.weight > 0, let dimension = dimensions[estimate.indicator] else { return }
            let sum = sums[estimate.cadreID, default: [:]][dimension] ?? (0, 0)
            sums[estimate.cadreID, default: [:]][dimension] = (sum.weight + estimate.weight, sum.contribution + estimate.contribution)
        }
        let first = flags.isEmpty ? [:] : try night.transaction.firstNightOfFlags(through: night.asOf)
        let courses = rules.courses.filter { $0.reasons.contains(.retrainingFlag) }
        for flag in flags {
            let standings = sums[flag.cadreID] ?? [:]
            let weakest = Dimension.allCases.compactMap { dimension in standings[dimension].map { (dimension, $0.contribution / $0.weight) } }
                .sorted { $0.1 < $1.1 }.map(\.0)
            let dimension = weakest.first { dimension in courses.contains { $0.dimensions.contains(dimension) } }
            let course = dimension.flatMap { dimension in courses.first { $0.dimensions.contains(dimension) } } ?? (standings.isEmpty ? courses.first : nil)
            guard let course else {
                withoutCourse[.retrainingFlag, default: 0] += 1
                continue
            }
            let since = first[flag.flagID] ?? night.asOf
            if let passed = passes.day(course, flag.cadreID), passed >= since { continue }
            // A rule trigger is a fact, not a probability.
            needs.append(
                TrainingNeed(
                    course: course.id, cadreID: flag.cadreID, reason: .retrainingFlag, flagID: flag.flagID, dimension: dimension, size: flag.concern ?? 1,
                    since: since))
        }
    }

    /// A capability gap is an indicator of capability on which the cadre was observed and stands clearly below the peers: with the upper end of the interval.
    private mutating func addGaps() throws {
        let capability = Set(night.pipeline.indicators.filter { $0.dimension == .capability }.map(\.id))
        let courses = rules.courses.filter { $0.reasons.contains(.capabilityGap) }
        guard !capability.isEmpty else { return }
        try night.transaction.forEach(EstimateRecord.self, window: .current) { estimate in
            guard estimate.isObserved, estimate.upper < rules.gapBelow, capability.contains(estimate.indicator), cadres[estimate.cadreID] != nil else { return }
            guard let course = courses.first(where: { $0.indicators.isEmpty || $0.indicators.contains(estimate.indicator) }) else {
                withoutCourse[.capabilityGap, default: 0] += 1
                return
            }
            guard !passes.holds(course, estimate.cadreID, on: night.asOf) else { return }
            needs.append(
                TrainingNeed(
                    course: course.id, cadreID: estimate.cadreID, reason: .capabilityGap, indicator: estimate.indicator, size: rules.gapBelow - estimate.upper,
                    since: night.asOf))
        }
    }

    /// A key post without its required course. Where the training export has no rows, nobody is known to lack one.
    private mutating func addRequired(_ cadres: [CadreInPost]) throws {
        guard passes.rows > 0 else { return }
        for rule in rules.required {
            guard let course = rules.courses.first(where: { $0.id == rule.course }) else { continue }
            let condition = try BoundCondition(rule.condition, fields: .cadreInPost, asOf: night.asOf)
            for cadre in cadres where condition.holds(for: cadre.values(night.history)) {
                let due = cadre.tenure.start.adding(months: rule.graceMonths)
                guard due <= night.asOf, !passes.holds(course, cadre.cadreID, on: night.asOf) else { continue }
                let expired = passes.day(course, cadre.cadreID).flatMap { passes.expiry(of: course, $0) }
                needs.append(TrainingNeed(course: course.id, cadreID: cadre.cadreID, reason: .requiredCourse, since: max(due, expired ?? due)))
            }
        }
    }
}
