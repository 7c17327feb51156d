import PipelineModel

/// `leave.csv`: absences, with reasons that must never be stored.
struct LeaveExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("请假编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("请假类别", .word, required: true),
            ExportColumn("开始日期", .day, required: true), ExportColumn("结束日期", .day), ExportColumn("是否批准", .word, required: true),
            ExportColumn("请假事由", .text),
        ], encoding: .gb18030, delimiter: UInt8(ascii: ";"), dates: .slashes, defects: [.wrongFieldCount, .unknownValue, .impossibleDate, .missingValue])

    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("leave.csv", LeaveExport.layout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var mess = world.generator(.mess, cadre.index, part: 12)
        for (number, absence) in cadre.absences.enumerated() {
            try file.write(
                [
                    .text("QJ\(cadre.index + 1)-\(number + 1)"), .text(cadre.id), .text(absence.kind == .annual ? "年假" : absence.kind.chinese),
                    .day(absence.start), .day(absence.end), .text(absence.approved ? "是" : "否"), .text("虚构事由;附件"),
                ], using: &mess)
        }
    }
}
