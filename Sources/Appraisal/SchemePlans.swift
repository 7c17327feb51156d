import PipelineModel

/// The schemes with their indicators looked up and their measures numbered, so that the long tables are read with integers.
struct SchemePlans {
    /// One scheme's window and indicators, in the order of its weights.
    struct Plan {
        let scheme: AppraisalScheme
        let indicators: [PlannedIndicator]
    }

    /// An indicator and the numbers of its measures.
    ///
    /// A class: members are asked for each of theirs, and a struct would have every text in it counted each time.
    final class PlannedIndicator: Sendable {
        let indicator: Indicator
        /// The measure of the events, or of the values of a mean.
        let events: Int
        /// The measure of the exposure or of the trials; `nil` for months and for a mean.
        let exposure: Int?

        init(_ indicator: Indicator, events: Int, exposure: Int?) { (self.indicator, self.events, self.exposure) = (indicator, events, exposure) }
    }

    private(set) var plans: [KindOfBody: Plan]
    /// Every measure that a scheme uses; its place is its number.
    let measures: [String]
    let numbers: [String: Int]

    init(_ pipeline: Pipeline) throws(AppraisalError) {
        var measures: [String] = []
        var numbers: [String: Int] = [:]
        func number(_ measure: String) -> Int {
            if let known = numbers[measure] { return known }
            numbers[measure] = measures.count
            measures.append(measure)
            return measures.count - 1
        }
        var plans: [KindOfBody: Plan] = [:]
        for scheme in pipeline.schemes where plans[scheme.kind] == nil {
            var planned: [PlannedIndicator] = []
            for weight in scheme.weights {
                guard let indicator = pipeline.indicators.first(where: { $0.id == weight.indicator }) else {
                    throw .unknownIndicator(weight.indicator, scheme: scheme.kind.rawValue)
                }
                let needed = indicator.measures.map(number)
                planned.append(PlannedIndicator(indicator, events: needed[0], exposure: needed.count > 1 ? needed[1] : nil))
            }
            plans[scheme.kind] = Plan(scheme: scheme, indicators: planned)
        }
        (self.plans, self.measures, self.numbers) = (plans, measures, numbers)
    }

    /// The indicators of a kind of body that has a scheme.
    func indicators(of kind: KindOfBody) -> [PlannedIndicator] { plans[kind]?.indicators ?? [] }

    /// The same plans for one thread alone: two that count the same references wait for one another.
    func copied() -> SchemePlans {
        var copy = self
        copy.plans = plans.mapValues { plan in
            Plan(scheme: plan.scheme, indicators: plan.indicators.map { PlannedIndicator($0.indicator, events: $0.events, exposure: $0.exposure) })
        }
        return copy
    }
}
