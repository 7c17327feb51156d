import PipelineModel
import Warehouse

/// What the disposition rules look at beside a dossier.
struct DispositionFacts {
    /// By cadre: dispositions that rule triggers propose tonight.
    var triggered: [String: Set<Disposition>] = [:]
    /// By cadre: graded warnings given by the as-of date.
    private(set) var warnings: [String: [Warning]] = [:]
    private(set) var specialties: [String: String] = [:]
    let asOf: CalendarDate

    struct Warning {
        let kind: WarningKind
        let day: CalendarDate
        let isOverdue: Bool
    }

    /// Reads only what some rule asks for.
    init(_ rules: DispositionRules, cadres: Set<String>, asOf: CalendarDate, in transaction: Transaction) throws {
        self.asOf = asOf
        guard !cadres.isEmpty else { return }
        if rules.rules.contains(where: { $0.warning != nil }) {
            try transaction.forEachRow(of: .warnings) { row in
                let fields = NamedFields(row, .warnings)
                guard let cadreID = row.cadreID, cadres.contains(cadreID), let kind = fields.code("kind", WarningKind.self),
                    let day = fields.day("date"), day <= asOf
                else { return }
                let isCorrected = fields.day("corrected_date").map { $0 <= asOf } ?? false
                let isOverdue = fields.day("correction_due").map { $0 < asOf } ?? false
                warnings[cadreID, default: []].append(Warning(kind: kind, day: day, isOverdue: isOverdue && !isCorrected))
            }
        }
        if rules.rules.contains(where: { $0.specialties != nil }) {
            try transaction.forEachRow(of: .roster, fields: ["cadre_id", "specialty"]) { row in
                guard let cadreID = try row.optionalText(), cadres.contains(cadreID) else { return }
                specialties[cadreID] = try row.optionalText()
            }
        }
    }
}

/// Decides which disposition a flag of the model proposes: the first rule that holds.
struct DispositionChooser {
    private let rules: DispositionRules
    private let dimensions: [String: Dimension]
    private let facts: DispositionFacts

    init(_ pipeline: Pipeline, facts: DispositionFacts) {
        rules = pipeline.dispositions
        dimensions = Dictionary(pipeline.indicators.map { ($0.id, $0.dimension) }, uniquingKeysWith: { first, _ in first })
        self.facts = facts
    }

    /// The rule that decides; `nil` where none holds, and a support talk is proposed.
    func rule(for dossier: Dossier) -> DispositionRule? {
        let profile = Profile(dossier, dimensions: dimensions)
        return rules.rules.first { holds($0, dossier, profile) }
    }

    private func holds(_ rule: DispositionRule, _ dossier: Dossier, _ profile: Profile) -> Bool {
        let cadreID = dossier.card.cadreID
        let concerned = profile.concerned(below: rules.dimensionConcernBelow)
        if let probability = rule.contrastProbability, !(dossier.previousPost.map { $0.betterBefore > probability } ?? false) { return false }
        if let limit = rule.previousPostConcernBelow, !(dossier.previousPost.map { $0.concern < limit } ?? false) { return false }
        if let specialties = rule.specialties, !isMismatch(dossier, specialties) { return false }
        if !concerned.isDisjoint(with: rule.clear) { return false }
        if !rule.drivenBy.isEmpty, !(profile.heaviest.map(rule.drivenBy.contains) ?? false) { return false }
        if !rule.eventsOf.isEmpty, !rule.eventsOf.contains(where: { (dossier.observations[$0]?.events ?? 0) > 0 }) { return false }
        if let limit = rule.previousWindowConcernAbove, !(dossier.previousCard.map { $0.concern > limit } ?? false) { return false }
        if let count = rule.concernedDimensions, concerned.count < count { return false }
        if let warning = rule.warning, !isWarned(cadreID, warning) { return false }
        if !rule.triggers.isEmpty, facts.triggered[cadreID, default: []].isDisjoint(with: rule.triggers) { return false }
        return true
    }

    private func isMismatch(_ dossier: Dossier, _ specialties: [String: [String]]) -> Bool {
        guard let specialty = facts.specialties[dossier.card.cadreID], let fitting = dossier.member?.postType.flatMap({ specialties[$0] }) else { return false }
        return !fitting.contains(specialty)
    }

    private func isWarned(_ cadreID: String, _ asked: DispositionRule.EarlierWarning) -> Bool {
        let oldest = facts.asOf.adding(months: -asked.withinMonths)
        return facts.warnings[cadreID, default: []].contains { warning in
            asked.kinds.contains(warning.kind) && warning.day >= oldest && (warning.isOverdue || !asked.uncorrected)
        }
    }
}

/// Where a cadre stands on each dimension.
struct Profile {
    /// Weighted mean of the standings of the dimension's indicators, and the sum of their contributions.
    private(set) var standings: [Dimension: (mean: Double, contribution: Double)] = [:]

    init(_ dossier: Dossier, dimensions: [String: Dimension]) {
        var sums: [Dimension: (weight: Double, contribution: Double)] = [:]
        for estimate in dossier.estimates where estimate.weight > 0 {
            guard let dimension = dimensions[estimate.indicator] else { continue }
            sums[dimension, default: (0, 0)].weight += estimate.weight
            sums[dimension, default: (0, 0)].contribution += estimate.contribution
        }
        standings = sums.mapValues { ($0.contribution / $0.weight, $0.contribution) }
    }

    /// The dimensions whose standing is under a line.
    func concerned(below line: Double) -> Set<Dimension> { Set(standings.filter { $0.value.mean < line }.keys) }

    /// The dimension that pulls the composite down most; of several alike, the first of the vocabulary. `nil` where none does.
    var heaviest: Dimension? {
        let negative = Dimension.allCases.compactMap { dimension in standings[dimension].map { (dimension, $0.contribution) } }.filter { $0.1 < 0 }
        return negative.min { $0.1 < $1.1 }?.0
    }
}
