import PipelineModel

/// `units.csv`: every unit of the world.
struct UnitsExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("单位代码", .key, required: true), ExportColumn("单位名称", .text, required: true), ExportColumn("单位类别", .word, required: true),
            ExportColumn("上级单位代码", .identifier), ExportColumn("行政区划代码", .identifier), ExportColumn("艰苦边远等级", .number),
            ExportColumn("编制数", .number), ExportColumn("简称", .text), ExportColumn("曾用名", .text), ExportColumn("备注", .text),
        ], encoding: .utf8WithMark, lineEnding: .crlf, isUntidy: false)

    static func write(_ world: World, to folder: ExportFolder) throws(SimulationError) {
        let file = try folder.open("units.csv", layout)
        for unit in world.units {
            var generator = world.generator(.unit, unit.place, part: 4)
            let staff = unit.members.count + unit.members.count / 8 + generator.below(5)
            try file.write(
                [
                    .text(unit.id), .text(unit.name), .text(word(unit.kind)), .text(unit.parentID ?? ""), .text(unit.divisionCode),
                    .integer(unit.hardship), .integer(staff), .text(unit.aliases.joined(separator: "；")), .text(unit.formerName ?? ""), .empty,
                ], using: &generator)
        }
    }

    /// The HR system's own spelling: full-width brackets, and bodies of the city by their long names.
    private static func word(_ kind: KindOfBody) -> String {
        switch kind {
        case .county: "县（市、区）"
        case .township: "乡镇（街道）"
        case .municipalOrgan: "市直机关"
        case .university: "市属高校"
        case .stateEnterprise: "市属国企"
        }
    }
}
