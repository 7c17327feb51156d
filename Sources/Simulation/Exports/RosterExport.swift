import PipelineModel

/// `roster.csv`: every cadre, with private columns that must never be stored.
struct RosterExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("序号", .text), ExportColumn("工号", .key, required: true), ExportColumn("姓名", .text, required: true), ExportColumn("性别", .word),
            ExportColumn("出生日期", .day), ExportColumn("民族", .text), ExportColumn("身份证号", .text), ExportColumn("职级", .text),
            ExportColumn("公务员类别", .word), ExportColumn("单位代码", .identifier), ExportColumn("专业", .text), ExportColumn("参加工作日期", .day),
            ExportColumn("人员状态", .word), ExportColumn("手机号码", .text), ExportColumn("家庭住址", .text), ExportColumn("婚姻状况", .text),
        ], encoding: .gb18030, lineEnding: .crlf, dates: .slashes, defects: [.wrongFieldCount, .missingValue, .unknownValue])

    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("roster.csv", RosterExport.layout)
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.mess, cadre.index, part: 1)
        let sequence = 2 * (cadre.index % 500) + (cadre.isFemale ? 0 : 1)
        let number = IdentityNumbers.number(birth: cadre.birth, sequence: sequence)
        try file.write(cells(cadre, id: cadre.id, number: number, in: world), using: &generator)
        if generator.chance(world.parameters.mess.brokenRows / 2) {
            // Somebody who never was, with a number that cannot be: no real row is lost by it.
            try file.writeFlawed(
                cells(cadre, id: "WZX" + padded(cadre.index + 1, 6), number: IdentityNumbers.spoiled(number), in: world),
                what: "wrongCheckDigit", column: "身份证号", check: "BadIdentityNumber", using: &generator)
        }
    }

    private func cells(_ cadre: Cadre, id: String, number: String, in world: World) -> [ExportCell] {
        [
            .integer(cadre.index + 1), .text(id), .text(cadre.name), .text(cadre.isFemale ? "女" : "男"), .day(cadre.birth), .text(cadre.ethnicGroup),
            .text(number), .text(cadre.present.seat.rank), .text(serviceClass(cadre, in: world)), .text(world.units[cadre.present.unit].id),
            .text(cadre.specialty), .day(cadre.entry), .text(cadre.status == .active ? "在岗" : cadre.status.chinese),
            .text("虚构0000000"), .text("虚构路1号"), .text("虚构"),
        ]
    }

    /// Blank where the body has no civil servants.
    private func serviceClass(_ cadre: Cadre, in world: World) -> String {
        switch (world.units[cadre.present.unit].kind, cadre.present.seat.type) {
        case (.university, _), (.stateEnterprise, _): ""
        case (_, .enforcement): "行政执法类"
        case (_, .window): cadre.index % 4 == 0 ? "专业技术类" : "综合管理类"
        default: "综合管理类"
        }
    }
}
