import Foundation
import PipelineModel

/// `frontline_postings.csv` and `awards.csv`: what speaks for somebody.
struct CareerEventsExport {
    static let postingsLayout = ExportLayout(
        columns: [
            ExportColumn("派出编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("派出类别", .word, required: true),
            ExportColumn("派往单位", .text), ExportColumn("开始日期", .day, required: true), ExportColumn("结束日期", .day),
        ], encoding: .utf8, dates: .slashes)
    static let awardsLayout = ExportLayout(
        columns: [
            ExportColumn("表彰编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("表彰日期", .day, required: true),
            ExportColumn("表彰名称", .text, required: true), ExportColumn("表彰层级", .text), ExportColumn("文号", .text),
        ], encoding: .gb18030, dates: .chinese)

    private static let awards = ["先进工作者", "优秀共产党员", "担当作为好干部", "嘉奖", "三等功"]
    private let postings: ExportFile
    private let awards: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        postings = try folder.open("frontline_postings.csv", CareerEventsExport.postingsLayout)
        awards = try folder.open("awards.csv", CareerEventsExport.awardsLayout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        let years = Double(world.parameters.months) / 12
        let span = max(1, world.parameters.end.days(since: world.firstDay) + 1)
        var generator = world.generator(.postings, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 9)
        // One posting at a time.
        if generator.chance(0.05 * years), let kind = generator.element(of: FrontlineKind.allCases) {
            let start = world.firstDay.adding(days: generator.below(span))
            let end = start.adding(days: generator.integer(in: 90...360))
            let place = 1 + generator.below(world.units.count - 1)
            if cadre.working(on: start) != nil {
                try postings.write(
                    [
                        .text("PC\(cadre.index + 1)"), .text(cadre.id), .text(kind.chinese), .text(world.units[place].name), .day(start),
                        .day(end > world.parameters.end ? nil : end),
                    ], using: &mess)
            }
        }
        generator = world.generator(.awards, cadre.index)
        for number in 0..<generator.poisson(0.06 * exp(0.7 * cadre.composite(on: world.parameters.end)) * years) {
            let day = world.firstDay.adding(days: generator.below(span))
            guard cadre.working(on: day) != nil, let award = generator.element(of: CareerEventsExport.awards) else { continue }
            let level = generator.weighted(("县级", 0.6), ("市级", 0.3), ("省级", 0.09), ("国家级", 0.01))
            try awards.write(
                [.text("BZ\(cadre.index + 1)-\(number + 1)"), .text(cadre.id), .day(day), .text(award), .text(level), .text("〔\(day.month.year)〕")],
                using: &mess)
        }
    }
}
