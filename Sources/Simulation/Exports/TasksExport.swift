import Foundation
import PipelineModel

/// `tasks_YEAR.csv`: key tasks with their deadlines, late or in time as the standings have it.
struct TasksExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("任务编号", .key, required: true), ExportColumn("责任人工号", .identifier), ExportColumn("责任单位", .text),
            ExportColumn("责任岗位", .text), ExportColumn("竞赛领域", .word), ExportColumn("完成时限", .day, required: true),
            ExportColumn("完成日期", .day), ExportColumn("验收评分", .number), ExportColumn("改革事项代码", .text),
        ], encoding: .utf8, dates: .compact, conflict: 7, defects: [.wrongFieldCount, .unknownValue, .impossibleDate, .missingValue, .negativeNumber])

    private static let contestFields = ["项目", "改革", "创新", "服务", "环境", "党建"]
    private let files: YearlyFiles

    init(_ folder: ExportFolder, _ world: World) throws(SimulationError) {
        // The system renamed a column after its first year.
        var header = TasksExport.layout.columns.map(\.name)
        header[5] = "截止日期"
        let years = world.firstDay.month.year...world.parameters.end.adding(days: 30).month.year
        files = try folder.open("tasks", years: years, TasksExport.layout, firstHeader: years.count > 1 ? header : nil)
    }

    /// Writes a cadre's tasks and returns the overdue ones.
    func write(_ cadre: Cadre, in world: World, _ truth: TruthFiles) throws(SimulationError) -> [LinkedEvent] {
        var generator = world.generator(.tasks, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 3)
        var (number, overdue): (Int, [LinkedEvent]) = (0, [])
        let (end, volume) = (world.parameters.end, world.parameters.volumes.tasks)
        let window = world.parameters.window
        let filings = world.filings(of: cadre)
        var reforms = world.generator(.riskFilings, cadre.index, part: 1)
        var overload = world.generator(.tasks, cadre.index, part: 1)
        // A few carry a multiple of what others do, for some months up to now.
        let loadedFrom = overload.chance(0.015) ? window.last.adding(-overload.integer(in: 3...7)) : window.last.adding(1)
        // One month more: tasks that are given and not yet due.
        for month in window.months + [window.last.adding(1)] {
            let isOpen = month > window.last
            for _ in 0..<generator.poisson(isOpen ? volume / 3 : month >= loadedFrom ? 4 * volume : volume) {
                let due = month.firstDay.adding(days: generator.below(isOpen ? 28 : month.dayCount))
                guard let tenure = cadre.working(on: due) else { continue }
                let chance = 1 / (1 + exp(-world.level(of: .tasksOverdue, in: tenure)))
                let isLate = generator.chance(chance)
                let quality = world.level(of: .taskQuality, in: tenure) + 6 * generator.normal()
                let completed: CalendarDate?
                if isLate {
                    let late = due.adding(days: generator.geometric(mean: 14))
                    completed = generator.chance(0.3) || late > end ? nil : late
                } else {
                    let early = due.adding(days: -min(20, generator.geometric(mean: 5) - 1))
                    completed = isOpen || early > end ? nil : early
                }
                // A third of what falls due while a reform lasts is part of it.
                let reform = filings.first { $0.unit == tenure.unit && $0.start <= due && due <= $0.end && reforms.chance(1.0 / 3) }
                number += 1
                let id = "Z\(cadre.index + 1)-\(padded(number, 3))"
                let (target, form) = target(of: cadre, tenure, in: world, using: &generator)
                let row: [ExportCell] =
                    [.text(id)] + target + [
                        .text(TasksExport.contestFields[generator.below(6)]), .day(due), .day(completed), completed == nil ? .empty : .mark(quality),
                        .text(reform?.subject ?? ""),
                    ]
                try files.file(of: due).write(row, using: &mess)
                if let form { try truth.task(id, of: cadre, writtenAs: form) }
                guard isLate, !isOpen else { continue }
                overdue.append(
                    LinkedEvent(kind: .overdueTask, recordID: id, known: due.adding(days: 1), isInAcceptedReform: reform?.outcome == .accepted))
            }
        }
        return overdue
    }

    /// Who answers for a task: mostly by number, at times by unit and post.
    private func target(
        of cadre: Cadre, _ tenure: Tenure, in world: World, using generator: inout SeededGenerator
    ) -> (cells: [ExportCell], form: String?) {
        guard tenure.seat.isUnique, generator.chance(0.03) else { return ([.text(cadre.id), .empty, .empty], nil) }
        return ([.empty, .text(world.units[tenure.unit].name), .text(tenure.seat.title)], TargetForm.unitAndPost.rawValue)
    }
}
