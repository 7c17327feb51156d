import PipelineModel
import Warehouse

/// A flag of the model about to be raised: who, with which proposal, resting on what, and what would clear it.
struct ModelFlag {
    let flagID: String
    let dossier: Dossier
    /// Decides the disposition; `nil`: a support talk, because no rule holds.
    let rule: DispositionRule?
    /// The flag does not stand under this probability of concern, and whether that is because it stood last night.
    let clearing: (line: Double, stood: Bool)
    /// Names of the indicators.
    let labels: [String: BilingualText]

    var disposition: Disposition { rule?.disposition ?? .supportTalk }

    func record(asOf: CalendarDate, people: People) -> FlagRecord {
        let unit = people.unit(of: dossier.card.cadreID)
        return FlagRecord(
            asOf: asOf, flagID: flagID, cadreID: dossier.card.cadreID, unitID: unit.unitID, kind: unit.kind ?? dossier.card.kind, cause: Episodes.cause,
            disposition: disposition, status: .proposed, concern: dossier.card.concern)
    }

    func evidence(asOf: CalendarDate, files: ExportFiles) -> [FlagEvidence] {
        dossier.evidence.enumerated().map { index, row in
            FlagEvidence(
                asOf: asOf, flagID: flagID, number: index + 1, cadreID: dossier.card.cadreID, source: row.record.source, recordID: row.record.recordID,
                file: files.path(of: row.record.fileID), line: row.record.line, eventDate: row.record.eventDate)
        }
    }

    /// One row per indicator; the contributions sum to the composite's mean.
    ///
    /// - Parameter clearedAt: By indicator, what it would have to be.
    func contributions(asOf: CalendarDate, clearedAt: [String: Double]) -> [FlagContribution] {
        dossier.estimates.map { estimate in
            let observation = dossier.observations[estimate.indicator]
            return FlagContribution(
                asOf: asOf, flagID: flagID, indicator: estimate.indicator, value: estimate.value, adjustedValue: estimate.adjustedValue,
                peerMedian: estimate.peerMedian, mean: estimate.mean, lower: estimate.lower, upper: estimate.upper, weight: estimate.weight,
                contribution: estimate.contribution,
                eventsCounted: observation?.events, eventsExcluded: observation?.eventsExcluded ?? 0, clearedAt: clearedAt[estimate.indicator])
        }
    }

    /// First why the model names the cadre, then why it proposes this disposition.
    ///
    /// - Parameter clearedAt: By indicator, what it would have to be.
    func reasons(asOf: CalendarDate, clearedAt: [String: Double]) -> [FlagReason] {
        let statement = statement
        let clearedBy = clearedByText(clearedAt)
        var reasons = [
            FlagReason(
                asOf: asOf, flagID: flagID, number: 1, cause: Episodes.cause, statementChinese: statement.chinese, statementEnglish: statement.english,
                citationChinese: "温州二十条·考核评价机制(运用大数据分析干部履职);方法见 docs/method.md 第5、8节",
                citationEnglish: "The 20 measures, mechanism 3 (big-data analysis of how cadres perform); method: docs/method.md, sections 5 and 8",
                clearedByChinese: clearedBy.chinese, clearedByEnglish: clearedBy.english, eventsCounted: dossier.evidence.count,
                eventsExcluded: dossier.rowsExcluded)
        ]
        if let rule {
            reasons.append(
                FlagReason(
                    asOf: asOf, flagID: flagID, number: 2, cause: "disposition:\(rule.id)", statementChinese: rule.statement.chinese,
                    statementEnglish: rule.statement.english, citationChinese: rule.citation.chinese, citationEnglish: rule.citation.english,
                    clearedByChinese: "本规则条件不再成立时,建议随之改变", clearedByEnglish: "The proposal changes when the rule's conditions no longer hold",
                    eventsCounted: 0, eventsExcluded: 0))
        }
        return reasons
    }

    private var statement: BilingualText {
        let card = dossier.card
        let (mean, line, concern) = (NumberText.show(card.mean), NumberText.show(card.line), NumberText.show(card.concern, decimals: 3))
        var chinese = "综合得分 \(mean),低于关注线 \(line) 的概率为 \(concern)"
        var english = "Composite \(mean); the probability that it lies under the line of concern \(line) is \(concern)"
        let rowless = dossier.negative.map(\.indicator).filter { indicator in !dossier.evidence.contains { $0.indicators.contains(indicator) } }
        if !rowless.isEmpty {
            chinese += ";下列指标无逐条证据:" + rowless.map { labels[$0]?.chinese ?? $0 }.joined(separator: "、")
            english += "; no single rows stand behind: " + rowless.map { labels[$0]?.english ?? $0 }.joined(separator: ", ")
        }
        return BilingualText(chinese: chinese, english: english)
    }

    private func clearedByText(_ clearedAt: [String: Double]) -> BilingualText {
        let line = NumberText.show(clearing.line, decimals: 3)
        let why = BilingualText(
            chinese: clearing.stood ? "概率低于 \(line) 时解除" : "概率低于本次标识线 \(line) 则不标识",
            english: clearing.stood ? "Cleared once the probability is under \(line)" : "Not flagged where the probability is under tonight's line \(line)")
        let changes = dossier.estimates.compactMap { estimate in clearedAt[estimate.indicator].map { (estimate, $0) } }
        guard !changes.isEmpty else {
            return BilingualText(chinese: why.chinese + ";没有哪一项指标单独变化足以做到", english: why.english + "; no single indicator alone would do it")
        }
        let chinese = changes.map { "\(labels[$0.0.indicator]?.chinese ?? $0.0.indicator)由 \(show($0.0.judgedValue)) 变为 \(show($0.1))" }
        let english = changes.map { "\(labels[$0.0.indicator]?.english ?? $0.0.indicator) from \(show($0.0.judgedValue)) to \(show($0.1))" }
        return BilingualText(
            chinese: why.chinese + ";任一项单独变化即可:" + chinese.joined(separator: ";"),
            english: why.english + "; any one of these alone would do: " + english.joined(separator: "; "))
    }

    private func show(_ value: Double?) -> String { value.map { NumberText.show($0, decimals: 3) } ?? "?" }
}
