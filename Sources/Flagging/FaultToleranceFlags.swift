import PipelineModel
import Warehouse

/// Whether the model would name a cadre tonight if the event of a fault-tolerance case counted in full, and whether it does.
struct FaultToleranceFlags {
    let tiers: Tiers
    let episodes: Episodes
    /// Cadres whom the model's flags of tonight are about.
    let raised: Set<String>
    let reviews: Reviews
    let rules: FlaggingRules

    /// Completes the effects that the analysis left.
    ///
    /// Somebody whose probability of concern reaches tonight's flagging line is in the prefix that is named: moving up in the list lowers the share of wrong
    /// names in it. Where nobody is named, whoever reaches 1 − `falseFlagRate` would be, alone. A flag that stood last night in the present post stays
    /// down to `clearBelow`.
    func complete(in transaction: Transaction) throws {
        var effects = try transaction.all(FaultToleranceEffect.self)
        guard !effects.isEmpty else { return }
        let line = min(tiers.line ?? 1, 1 - rules.falseFlagRate)
        let standing = try standing(among: Set(effects.map(\.cadreID)), in: transaction)
        for index in effects.indices {
            let cadreID = effects[index].cadreID
            // Whoever may not be named tonight, because of a number in doubt or of having left, is not named either way.
            let isJudged = tiers.judged[cadreID] != nil
            let own = standing.contains(cadreID) ? min(line, rules.clearBelow) : line
            effects[index].flaggedAfter = isJudged ? tiers.flagged.contains(cadreID) || raised.contains(cadreID) : nil
            effects[index].flaggedBefore = isJudged ? effects[index].concernBefore.map { $0 >= own } : nil
        }
        try transaction.deleteAll(FaultToleranceEffect.self)
        try transaction.insert(effects)
    }

    /// Cadres whose flag stood last night in the post they hold, and whom no reviewer has freed of it since.
    private func standing(among cadres: Set<String>, in transaction: Transaction) throws -> Set<String> {
        let flags = episodes.standing.filter { cadres.contains($0.cadreID) && !reviews.silences($0.flagID) }
        var members: [String: PeerMember] = [:]
        try transaction.forEach(PeerMember.self, of: flags.map(\.cadreID)) { members[$0.cadreID] = $0 }
        return Set(flags.filter { episodes.isOfPresentPost($0, members[$0.cadreID]) }.map(\.cadreID))
    }
}
