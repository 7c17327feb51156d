import PipelineModel
import Warehouse

/// Whether the model would name a cadre tonight if the event of a fault-tolerance case counted in full, and whether it does.
enum FaultToleranceFlags {
    /// Completes the effects that the analysis left.
    ///
    /// Somebody whose probability of concern reaches tonight's flagging line is in the prefix that is named: moving up in the list lowers the share of wrong
    /// names in it. Where nobody is named, whoever reaches 1 − `falseFlagRate` would be, alone.
    static func complete(_ tiers: Tiers, rules: FlaggingRules, in transaction: Transaction) throws {
        let line = min(tiers.line ?? 1, 1 - rules.falseFlagRate)
        var effects = try transaction.all(FaultToleranceEffect.self)
        guard !effects.isEmpty else { return }
        for index in effects.indices {
            // Whoever may not be named tonight, because of a number in doubt or of having left, is not named either way.
            let isJudged = tiers.judged[effects[index].cadreID] != nil
            effects[index].flaggedAfter = isJudged ? tiers.flagged.contains(effects[index].cadreID) : nil
            effects[index].flaggedBefore = isJudged ? effects[index].concernBefore.map { $0 >= line } : nil
        }
        try transaction.deleteAll(FaultToleranceEffect.self)
        try transaction.insert(effects)
    }
}
