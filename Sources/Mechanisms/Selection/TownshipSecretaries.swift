import PipelineModel
import Warehouse

/// Party secretaries of townships and sub-districts as a source of county leadership teams (mechanism 2).
enum TownshipSecretaries {
    private static let daysOfYear = 365.25

    static func run(_ night: TrackNight, cadres: [CadreInPost]) throws -> [Finding] {
        guard let rules = night.pipeline.selection else { return [night.noRules("selection", table: TownshipSecretary.table)] }
        let secretary = try BoundCondition(rules.secretary, fields: .heldPost, asOf: night.asOf)
        func isSecretary(_ tenure: Tenure) -> Bool { secretary.holds(for: night.heldPostValues(tenure)) }

        let secretaries = cadres.filter { isSecretary($0.tenure) }
        let proposals = try Proposals(of: secretaries.map(\.cadreID), night)
        night.store(
            secretaries.map { cadre in
                let days = night.heldPosts(of: cadre.cadreID).filter(isSecretary).reduce(0) { $0 + night.days(in: $1) }
                return record(cadre, days: days, rules, proposals, night)
            })

        try SecretaryPromotions(night, cadres: cadres, isSecretary: isSecretary).run(rules)
        return []
    }

    private static func record(_ cadre: CadreInPost, days: Int, _ rules: SelectionRules, _ proposals: Proposals, _ night: TrackNight) -> TownshipSecretary {
        let from = night.asOf.adding(days: Int((rules.windowFromYears * daysOfYear).rounded(.up)) - days)
        let to = night.asOf.adding(days: Int((rules.windowToYears * daysOfYear).rounded(.down)) - days)
        let previous = night.heldPosts(of: cadre.cadreID).filter { $0 != cadre.tenure && $0.start <= cadre.tenure.start }
        let card = proposals.cards[cadre.cadreID]
        return TownshipSecretary(
            cadreID: cadre.cadreID, countyID: cadre.tenure.unitID.flatMap { night.history.units[$0]?.parentID }, postStart: cadre.tenure.start,
            postYears: Double(night.days(in: cadre.tenure)) / daysOfYear, secretaryYears: Double(days) / daysOfYear,
            window: night.asOf < from ? .before : night.asOf <= to ? .within : .past, windowFrom: from, windowTo: to, previousPosts: previous.count,
            career: previous.reversed().map { words($0, night) }.joined(separator: "; "), standing: card?.mean, outstanding: card?.outstanding,
            commendationID: proposals.commendations[cadre.cadreID], flags: proposals.flags[cadre.cadreID] ?? 0)
    }

    private static func words(_ tenure: Tenure, _ night: TrackNight) -> String {
        let unit = tenure.unitID.map { night.history.units[$0]?.name ?? $0 }
        let place = [unit, tenure.post].compactMap { $0 }.joined(separator: " ")
        return "\(place) \(tenure.start)/\(tenure.end.map { "\($0)" } ?? "")"
    }

    /// What the model says and proposes tonight of some cadres.
    private struct Proposals {
        private(set) var cards: [String: ScorecardRecord] = [:]
        private(set) var commendations: [String: String] = [:]
        private(set) var flags: [String: Int] = [:]

        init(of cadres: [String], _ night: TrackNight) throws {
            try night.transaction.forEach(ScorecardRecord.self, of: cadres, window: .current) { cards[$0.cadreID] = $0 }
            try night.transaction.forEach(CommendationRecord.self, asOf: night.asOf) { commendations[$0.cadreID] = $0.commendationID }
            try night.transaction.forEach(FlagRecord.self, asOf: night.asOf) { flags[$0.cadreID, default: 0] += 1 }
        }
    }
}

extension TrackNight {
    /// Days that a tenure has lasted up to tonight, its first among them.
    func days(in tenure: Tenure) -> Int {
        let last = min(tenure.end ?? asOf, asOf)
        return max(0, last.days(since: tenure.start) + 1)
    }
}
