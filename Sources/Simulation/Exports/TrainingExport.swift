import Foundation
import PipelineModel

/// `training.csv`: courses, required or not, and how they ended.
struct TrainingExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("培训编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("课程名称", .text, required: true),
            ExportColumn("是否必修", .word), ExportColumn("结业日期", .day, required: true), ExportColumn("培训结果", .word), ExportColumn("成绩", .number),
        ], encoding: .gb18030, dates: .mixed, conflict: 6, defects: [.wrongFieldCount, .unknownValue, .impossibleDate, .missingValue, .negativeNumber])

    private static let courses = ["党性教育专题班", "依法行政能力班", "基层治理专题班", "营商环境专题班", "数字化改革班", "应急管理班", "财经纪律班", "信访业务班"]
    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("training.csv", TrainingExport.layout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.training, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 7)
        var number = 0
        for month in world.parameters.window.months {
            for _ in 0..<generator.poisson(world.parameters.volumes.courses) {
                let day = month.firstDay.adding(days: generator.below(month.dayCount))
                let course = TrainingExport.courses[generator.below(TrainingExport.courses.count)]
                let isRequired = generator.chance(0.65)
                let (lot, isAbsent) = (generator.uniform(), generator.chance(0.5))
                let mark = 82 + 7 * generator.normal()
                guard let tenure = cadre.working(on: day) else { continue }
                let chance = isRequired ? 1 / (1 + exp(-world.level(of: .trainingMissed, in: tenure))) : 0.03
                let result = lot >= chance ? "合格" : isAbsent ? (generator.chance(0.3) ? "未参训" : "缺训") : "不合格"
                let score: ExportCell = result == "合格" ? .mark(max(60, mark)) : result == "不合格" ? .mark(min(59, mark - 25)) : .empty
                number += 1
                try file.write(
                    [
                        .text("PX\(cadre.index + 1)-\(padded(number, 2))"), .text(cadre.id), .text(course), .text(isRequired ? "是" : "否"), .day(day),
                        .text(result), score,
                    ], using: &mess)
            }
        }
    }
}
