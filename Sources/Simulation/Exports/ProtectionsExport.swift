import PipelineModel

/// `fault_tolerance.csv`, `risk_filings.csv`, `clarifications.csv` and `reviews.csv`: what protects people.
struct ProtectionsExport {
    static let casesLayout = ExportLayout(
        columns: [
            ExportColumn("容错编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("事项来源", .word, required: true),
            ExportColumn("事项编号", .text, required: true), ExportColumn("认定结论", .word, required: true), ExportColumn("计入比例", .number),
            ExportColumn("认定日期", .day), ExportColumn("动机态度", .word), ExportColumn("客观条件", .word), ExportColumn("程序方法", .word),
            ExportColumn("性质程度", .word), ExportColumn("后果影响", .word), ExportColumn("挽回损失", .word),
            ExportColumn("先行先试无经验", .word), ExportColumn("无明令禁止的探索", .word), ExportColumn("推动发展的无意过失", .word), ExportColumn("申辩材料", .text),
        ], encoding: .utf8WithMark, lineEnding: .crlf, dates: .chinese)
    static let filingsLayout = ExportLayout(
        columns: [
            ExportColumn("报备编号", .key, required: true), ExportColumn("报备单位", .text, required: true), ExportColumn("责任人工号", .identifier),
            ExportColumn("改革事项代码", .text, required: true), ExportColumn("报备日期", .day, required: true), ExportColumn("评估期限", .day),
            ExportColumn("评估日期", .day), ExportColumn("评估结论", .word), ExportColumn("实施开始日期", .day), ExportColumn("实施结束日期", .day),
            ExportColumn("风险说明", .text),
        ], encoding: .utf8, dates: .iso)
    static let clarificationsLayout = ExportLayout(
        columns: [
            ExportColumn("澄清编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("信访编号", .text),
            ExportColumn("核查结论", .word), ExportColumn("认定日期", .day, required: true), ExportColumn("澄清期限", .day), ExportColumn("澄清日期", .day),
            ExportColumn("澄清方式", .text),
        ], encoding: .gb18030, dates: .slashes)
    static let reviewsLayout = ExportLayout(
        columns: [
            ExportColumn("标记编号", .key, required: true), ExportColumn("复核决定", .word, required: true), ExportColumn("理由", .text, required: true),
            ExportColumn("复核人", .text), ExportColumn("复核日期", .day, required: true), ExportColumn("本人说明", .text),
            ExportColumn("适任考核日期", .day), ExportColumn("适任考核结论", .word),
        ], encoding: .utf8WithMark, lineEnding: .crlf)

    private let cases: ExportFile
    private let filings: ExportFile
    private let clarifications: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        cases = try folder.open("fault_tolerance.csv", ProtectionsExport.casesLayout)
        filings = try folder.open("risk_filings.csv", ProtectionsExport.filingsLayout)
        clarifications = try folder.open("clarifications.csv", ProtectionsExport.clarificationsLayout)
        // A header and nothing else: before the first night there are no flags to decide on.
        _ = try folder.open("reviews.csv", ProtectionsExport.reviewsLayout)
    }

    /// Writes what protects a cadre from the events that the other exports brought.
    func write(_ cadre: Cadre, _ events: [LinkedEvent], in world: World) throws(SimulationError) {
        try writeCases(cadre, events, in: world)
        try writeFilings(cadre, in: world)
        try writeClarifications(cadre, events, in: world)
    }

    private func writeCases(_ cadre: Cadre, _ events: [LinkedEvent], in world: World) throws(SimulationError) {
        var generator = world.generator(.faultTolerance, cadre.index)
        var distinctions = world.generator(.faultTolerance, cadre.index, part: 1)
        var applications = world.generator(.faultTolerance, cadre.index, part: 2)
        var mess = world.generator(.mess, cadre.index, part: 13)
        var open: [LinkedEvent] = []
        for event in events {
            // Somebody applies for what went wrong in a reform that was filed; the body that decides has not met yet.
            let isApplication = event.isInAcceptedReform && applications.chance(0.3)
            let source: String
            switch event.kind {
            case .overdueTask where generator.chance(0.006): source = "重点任务"
            case .substantiatedPetition where generator.chance(0.06): source = "信访"
            default:
                if isApplication { open.append(event) }
                continue
            }
            var decision: FaultToleranceDecision = generator.weighted((.approved, 0.5), (.mitigated, 0.2), (.rejected, 0.2), (.pending, 0.1))
            let decided = event.known.adding(days: generator.integer(in: 15...75))
            if decided > world.parameters.end { decision = .pending }
            let weight = generator.weighted(("0.3", 0.5), ("0.5", 0.5))
            let considerations = considerations(decision, using: &generator, distinctions: &distinctions)
            try cases.write(
                [
                    .text("RC-" + event.recordID), .text(cadre.id), .text(source), .text(event.recordID), .text(decision.chinese),
                    .text(decision == .mitigated ? weight : ""), .day(decision == .pending ? nil : decided),
                ] + considerations + [.text("虚构申辩材料")], using: &mess)
        }
        for event in open {
            let considerations = considerations(.pending, using: &applications, distinctions: &distinctions)
            try cases.write(
                [
                    .text("RC-" + event.recordID), .text(cadre.id), .text("重点任务"), .text(event.recordID),
                    .text(FaultToleranceDecision.pending.chinese), .empty, .empty,
                ] + considerations + [.text("虚构申辩材料")], using: &mess)
        }
    }

    /// The six considerations, and the three distinctions (三个区分开来); now and then a form leaves one of these blank.
    private func considerations(
        _ decision: FaultToleranceDecision, using generator: inout SeededGenerator, distinctions: inout SeededGenerator
    ) -> [ExportCell] {
        var cells: [ExportCell] = []
        for _ in 0..<6 {
            let favourable = decision == .approved ? 0.75 : decision == .rejected ? 0.2 : 0.5
            let consideration: Consideration = generator.weighted((.favourable, favourable), (.neutral, 0.2), (.unfavourable, 0.8 - favourable))
            cells.append(.text(consideration.chinese))
        }
        for _ in 0..<3 {
            let isHonest = distinctions.chance(decision == .approved ? 0.95 : decision == .rejected ? 0.4 : 0.8)
            cells.append(distinctions.chance(0.05) ? .empty : .text(isHonest ? "是" : "否"))
        }
        return cells
    }

    private func writeFilings(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var mess = world.generator(.mess, cadre.index, part: 14)
        for filing in world.filings(of: cadre) {
            try filings.write(
                [
                    .text(filing.id), .text(world.units[filing.unit].name), .text(cadre.id), .text(filing.subject), .day(filing.filed),
                    .day(filing.filed.adding(days: 30)), .day(filing.assessed), .text(filing.outcome.chinese), .day(filing.start), .day(filing.end),
                    .text("先行先试"),
                ], using: &mess)
        }
    }

    private func writeClarifications(_ cadre: Cadre, _ events: [LinkedEvent], in world: World) throws(SimulationError) {
        var generator = world.generator(.clarifications, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 15)
        for event in events {
            guard case .clearedPetition(let finding) = event.kind, generator.chance(0.8) else { continue }
            let published = event.known.adding(days: generator.integer(in: 3...50))
            let isPublished = generator.chance(0.8) && published <= world.parameters.end
            try clarifications.write(
                [
                    .text("CQ-" + event.recordID), .text(cadre.id), .text(event.recordID), .text(finding.chinese), .day(event.known),
                    .day(event.known.adding(days: 30)), .day(isPublished ? published : nil), .text(isPublished ? "会议澄清" : ""),
                ], using: &mess)
        }
    }
}
