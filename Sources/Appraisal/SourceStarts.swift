import PipelineModel
import Warehouse

/// From which month on the source of a count per month tells anything.
///
/// A share without trials and a mean without values are missing by themselves. A count per month is not: a post that ended before the export begins has months
/// and no event, which is unknown and must not be taken for none.
struct SourceStarts {
    /// By measure.
    private var first: [Int: Month] = [:]

    /// The first month of a source is that of its earliest row; of one kept as facts only, that of its earliest fact.
    init(_ pipeline: Pipeline, plans: SchemePlans, petitions: PetitionPass, threads: Int, in transaction: Transaction) throws {
        var measures: [SourceRole: Set<Int>] = [:]
        for planned in plans.plans.values.flatMap(\.indicators) {
            guard case .ratePerMonth = planned.indicator.observation, let role = SourceStarts.role(of: plans.measures[planned.events]) else { continue }
            measures[role, default: []].insert(planned.events)
        }
        var folded: Set<SourceRole> = []
        for (role, numbers) in measures {
            if pipeline.sources.flatMap({ $0 }).contains(where: { $0.role == role && $0.keep == .facts }) { folded.insert(role) }
            let earliest = role == .petitions ? petitions.earliest : try transaction.earliestDay(of: role, threads: threads)
            for number in numbers { first[number] = earliest?.month }
        }
        folded = folded.filter { role in (measures[role] ?? []).contains { first[$0] == nil } }
        guard !folded.isEmpty else { return }
        var earliest: [SourceRole: Month] = [:]
        for (measure, month) in try transaction.firstMonths(threads: threads) {
            guard let role = SourceStarts.role(of: measure), folded.contains(role) else { continue }
            earliest[role] = min(earliest[role] ?? month, month)
        }
        for role in folded { for number in measures[role] ?? [] { first[number] = earliest[role] } }
    }

    /// The first month that a measure's source tells of; `nil` where that is not known, and every month is taken to be told of.
    func month(of measure: Int) -> Month? { first[measure] }

    /// A measure is named ROLE.KEY.
    private static func role(of measure: String) -> SourceRole? { measure.split(separator: ".").first.flatMap { SourceRole(rawValue: String($0)) } }
}
