import PipelineModel

/// `posts.csv`: every tenure, past and present.
struct PostsExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("工号", .identifier, required: true), ExportColumn("任职单位", .identifier), ExportColumn("职务", .text, required: true),
            ExportColumn("岗位类别", .text), ExportColumn("职级", .text), ExportColumn("任职日期", .day, required: true), ExportColumn("免职日期", .day),
            ExportColumn("任免文号", .text),
        ], encoding: .gb18030, dates: .mixed, defects: [.wrongFieldCount, .impossibleDate, .missingValue])

    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("posts.csv", PostsExport.layout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.mess, cadre.index, part: 2)
        for tenure in cadre.tenures {
            try file.write(cells(cadre, tenure, in: world), using: &generator)
        }
        let broken = world.parameters.mess.brokenRows
        guard let first = cadre.tenures.first else { return }
        if generator.chance(broken / 2) {
            var backwards = first
            (backwards.start, backwards.end) = (first.start.adding(days: -100), first.start.adding(days: -200))
            try file.writeFlawed(
                cells(cadre, backwards, in: world), what: "endBeforeStart", column: "免职日期", check: "EndBeforeStart", using: &generator)
        }
        if generator.chance(broken / 2) {
            // Long before the months of the world, so that the overlap makes no event ambiguous.
            var overlapping = first
            let day = first.start.adding(days: 30)
            guard day.adding(days: 60) < world.firstDay.adding(days: -400) else { return }
            overlapping.unit = world.units.count - 1
            (overlapping.start, overlapping.end) = (day, day.adding(days: 60))
            try file.writeFlawed(
                cells(cadre, overlapping, in: world), what: "overlappingTenures", column: "任职日期", check: "OverlappingTenures", using: &generator)
        }
    }

    private func cells(_ cadre: Cadre, _ tenure: Tenure, in world: World) -> [ExportCell] {
        let type = tenure.seat.type.rawValue + (world.parameters.dividesPosts ? "·\(tenure.seat.field)" : "")
        return [
            .text(cadre.id), .text(world.units[tenure.unit].id), .text(tenure.seat.title), .text(type), .text(tenure.seat.rank),
            .day(tenure.start), .day(tenure.end), .text("温任〔\(tenure.start.components.year)〕\(cadre.index % 97 + 1)号"),
        ]
    }
}
