import PipelineModel
import Warehouse

/// What became of each flag since last night, and why.
struct FlagChanges {
    let tiers: Tiers
    let people: People
    let reviews: Reviews
    let rules: FlaggingRules
    let asOf: CalendarDate

    /// One row for each flag of tonight and each of last night.
    ///
    /// - Parameter lastNight: The newest earlier night that has flags or changes; before the first one every flag is new.
    func records(tonight: [FlagRecord], lastNight: CalendarDate?, in transaction: Transaction) throws -> [FlagChange] {
        var before: [String: FlagRecord] = [:]
        if let lastNight { try transaction.forEach(FlagRecord.self, asOf: lastNight) { before[$0.flagID] = $0 } }
        var changes = tonight.map { flag in
            FlagChange(
                asOf: asOf, flagID: flag.flagID, cadreID: flag.cadreID, cause: flag.cause, change: before[flag.flagID] == nil ? .new : .kept,
                why: before[flag.flagID] == nil ? whyNew(flag) : whyKept(flag), lastNight: lastNight, concern: concern(of: flag),
                concernLastNight: before[flag.flagID]?.concern)
        }
        let standing = Set(tonight.map(\.flagID))
        let successors = Dictionary(tonight.map { (Successor(cadreID: $0.cadreID, cause: $0.cause), $0.flagID) }, uniquingKeysWith: { first, _ in first })
        var reasons: [String: NotJudged] = [:]
        let gone = before.values.filter { !standing.contains($0.flagID) }
        try transaction.forEach(NotJudged.self, of: gone.map(\.cadreID)) { reasons[$0.cadreID] = $0 }
        changes += gone.map { flag in
            let successor = successors[Successor(cadreID: flag.cadreID, cause: flag.cause)]
            return FlagChange(
                asOf: asOf, flagID: flag.flagID, cadreID: flag.cadreID, cause: flag.cause, change: .cleared,
                why: whyCleared(flag, successor: successor, notJudged: reasons[flag.cadreID]), lastNight: lastNight, concern: concern(of: flag),
                concernLastNight: flag.concern)
        }
        return changes.sorted { $0.flagID < $1.flagID }
    }

    private struct Successor: Hashable {
        let cadreID: String
        let cause: String
    }

    private func concern(of flag: FlagRecord) -> Double? { flag.cause == Episodes.cause ? tiers.judged[flag.cadreID]?.concern : nil }

    private func show(_ number: Double?) -> String { number.map { NumberText.show($0, decimals: 3) } ?? "?" }

    private func whyNew(_ flag: FlagRecord) -> String {
        guard flag.cause == Episodes.cause else { return "规则成立 / the rule holds" }
        let (concern, line) = (show(flag.concern), show(tiers.line))
        return "概率 \(concern) 达到本次标识线 \(line) / probability \(concern) reaches tonight's line \(line)"
    }

    private func whyKept(_ flag: FlagRecord) -> String {
        guard flag.cause == Episodes.cause else { return "规则仍成立 / the rule still holds" }
        let (concern, line) = (show(flag.concern), show(tiers.line))
        if tiers.flagged.contains(flag.cadreID) {
            return "概率 \(concern) 仍达到本次标识线 \(line) / probability \(concern) still reaches tonight's line \(line)"
        }
        let limit = show(rules.clearBelow)
        return "概率 \(concern) 未低于解除线 \(limit) / probability \(concern) has not fallen under \(limit)"
    }

    private func whyCleared(_ flag: FlagRecord, successor: String?, notJudged: NotJudged?) -> String {
        switch people.standing(of: flag.cadreID) {
        case .inDoubt: return "工号对应不止一人 / the number stands for more than one person"
        case .notInService: return "不在岗 / no longer in service"
        case .inService: break
        }
        if reviews.silences(flag.flagID) && successor == nil { return "经复核推翻 / overturned by a review" }
        if let successor { return "由新的标识 \(successor) 取代 / replaced by flag \(successor)" }
        guard flag.cause == Episodes.cause else { return "规则不再成立 / the rule no longer holds" }
        if let notJudged { return "本次不作评价:\(notJudged.reason.chinese) / not judged tonight: \(notJudged.detail)" }
        guard let card = tiers.judged[flag.cadreID] else { return "本次未作评价 / not judged tonight" }
        guard card.concern < rules.clearBelow else { return "已任新职 / the flag was about another post" }
        let (concern, limit) = (show(card.concern), show(rules.clearBelow))
        return "概率 \(concern) 低于解除线 \(limit) / probability \(concern) has fallen under \(limit)"
    }
}
