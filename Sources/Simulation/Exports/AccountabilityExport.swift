import Foundation
import PipelineModel

/// `discipline.csv` and `warnings.csv`: rarer where the standing is high.
struct AccountabilityExport {
    static let disciplineLayout = ExportLayout(
        columns: [
            ExportColumn("案件编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("行为发生日期", .day),
            ExportColumn("处理日期", .day), ExportColumn("案件类别", .text), ExportColumn("处分种类", .text), ExportColumn("处理结果", .text),
            ExportColumn("承办单位", .text), ExportColumn("案情摘要", .text),
        ], encoding: .gb18030, dates: .iso)
    static let warningsLayout = ExportLayout(
        columns: [
            ExportColumn("编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("方式", .word, required: true),
            ExportColumn("日期", .day, required: true), ExportColumn("整改期限", .day), ExportColumn("整改认可日期", .day), ExportColumn("谈话人", .text),
            ExportColumn("谈话内容", .text),
        ], encoding: .utf8, dates: .mixed)

    private let discipline: ExportFile
    private let warnings: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        discipline = try folder.open("discipline.csv", AccountabilityExport.disciplineLayout)
        warnings = try folder.open("warnings.csv", AccountabilityExport.warningsLayout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        try writeDiscipline(cadre, in: world)
        try writeWarnings(cadre, in: world)
    }

    private func writeDiscipline(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.discipline, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 10)
        let conduct = cadre.present.standing[SimulatedIndicator.petitionsSubstantiated.place]
        for number in 0..<generator.poisson(0.008 * exp(-0.8 * conduct) * Double(world.parameters.months) / 12) {
            let day = world.firstDay.adding(days: generator.below(max(1, world.parameters.end.days(since: world.firstDay))))
            let decided = day.adding(days: generator.integer(in: 40...220))
            guard decided <= world.parameters.end, let tenure = cadre.working(on: day) else { continue }
            let kind = generator.weighted(("违反工作纪律", 0.5), ("形式主义、官僚主义", 0.3), ("违反廉洁纪律", 0.2))
            let penalty = generator.weighted(("警告", 0.6), ("记过", 0.2), ("严重警告", 0.15), ("撤职", 0.05))
            try discipline.write(
                [
                    .text("JW\(cadre.index + 1)-\(number + 1)"), .text(cadre.id), .day(day), .day(decided), .text(kind), .text(penalty), .text("已执行"),
                    .text(world.units[tenure.unit].name), .text("虚构案情\(disciplineBreak)第二行"),
                ], using: &mess)
        }
    }

    private var disciplineBreak: String { discipline.layout.lineEnding.text }

    private func writeWarnings(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.warnings, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 11)
        let span = max(1, world.parameters.end.days(since: world.firstDay) + 1)
        let composite = cadre.composite(on: world.parameters.end)
        for number in 0..<generator.poisson(0.06 * exp(-0.7 * composite) * Double(world.parameters.months) / 12) {
            let day = world.firstDay.adding(days: generator.below(span))
            let kind: WarningKind = generator.weighted((.reminder, 0.45), (.criticism, 0.20), (.inquiryLetter, 0.15), (.admonition, 0.20))
            let asksForCorrection = kind == .criticism || kind == .admonition
            let due = day.adding(days: 30 * generator.integer(in: 1...3))
            let corrected = day.adding(days: generator.integer(in: 7...110))
            let isCorrected = generator.chance(0.65) && corrected <= world.parameters.end
            guard cadre.working(on: day) != nil else { continue }
            let word = kind == .admonition && generator.chance(0.4) ? "诫勉谈话" : kind.chinese
            try warnings.write(
                [
                    .text("TX\(cadre.index + 1)-\(number + 1)"), .text(cadre.id), .text(word), .day(day), .day(asksForCorrection ? due : nil),
                    .day(asksForCorrection && isCorrected ? corrected : nil), .text("虚构"), .text("虚构谈话内容"),
                ], using: &mess)
        }
    }
}
