import Foundation
import PipelineModel

/// `media_inquiries.csv`: problems aired on television, for those who lead or head a section.
struct MediaInquiriesExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("问政编号", .key, required: true), ExportColumn("责任单位", .text), ExportColumn("整改责任人工号", .identifier),
            ExportColumn("曝光日期", .day, required: true), ExportColumn("整改期限", .day), ExportColumn("整改完成日期", .day), ExportColumn("问题描述", .text),
        ], encoding: .utf8WithMark, delimiter: UInt8(ascii: "|"), dates: .chinese, defects: [.wrongFieldCount, .impossibleDate, .missingValue])

    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("media_inquiries.csv", MediaInquiriesExport.layout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.mediaInquiries, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 6)
        var number = 0
        let window = world.parameters.window
        for month in window.months + [window.last.adding(1)] {
            for _ in 0..<generator.poisson(world.parameters.volumes.mediaInquiries) {
                let due = month.firstDay.adding(days: generator.below(month.dayCount))
                let aired = due.adding(days: -30)
                let (lot, delay) = (generator.uniform(), generator.geometric(mean: 15))
                let early = generator.below(25)
                guard aired <= world.parameters.end, let tenure = cadre.working(on: due), tenure.seat.band.level > 0 else { continue }
                let isLate = lot < 1 / (1 + exp(-world.level(of: .mediaOverdue, in: tenure)))
                let rectified = due.adding(days: isLate ? delay : -early)
                number += 1
                try file.write(
                    [
                        .text("M\(cadre.index + 1)-\(padded(number, 2))"), .text(world.units[tenure.unit].name), .text(cadre.id), .day(aired), .day(due),
                        .day(rectified > world.parameters.end || (isLate && delay > 60) ? nil : rectified), .text("节目曝光问题|第\(number)期"),
                    ], using: &mess)
            }
        }
    }
}
