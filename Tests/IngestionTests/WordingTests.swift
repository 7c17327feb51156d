import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Names, posts and units as people write them.
@Suite("Wordings") struct WordingTests {
    @Test(
        "a name is taken apart",
        arguments: [
            ("陈伟", "陈伟", nil, nil), ("陈 晓伟", "陈晓伟", nil, nil), ("陈\u{3000}伟", "陈伟", nil, nil), ("陈晓伟局长", "陈晓伟", nil, "局长"),
            ("陈晓伟副局长", "陈晓伟", nil, "副局长"), ("陈局长", nil, "陈", "局长"), ("欧阳局长", nil, "欧阳", "局长"), ("欧阳晓伟", "欧阳晓伟", nil, nil),
            ("陈某", nil, "陈", nil), ("陈某某", nil, "陈", nil), ("陈××", nil, "陈", nil), ("欧阳某", nil, "欧阳", nil), ("陈晓某", nil, "陈", nil),
            ("陈晓伟同志", "陈晓伟", nil, nil), ("陈晓伟(镇长)", "陈晓伟", nil, "镇长"), ("局长", nil, nil, "局长"), ("陈", nil, "陈", nil),
            ("阿不都·热合曼", "阿不都热合曼", nil, nil),
        ] as [(String, String?, String?, String?)])
    func names(raw: String, plain: String?, surname: String?, title: String?) {
        let name = NameReader(titles: LinkageRules.commonTitles).read(raw)
        #expect(name == WrittenName(raw: raw, plain: plain, surname: surname, title: title))
    }

    @Test(
        "posts are the same, shortened, of one title, or different",
        arguments: [
            ("党组书记、局长", "党组书记、局长", PostAgreement.exact), ("局长", "党组书记、局长", .shortened), ("书记", "党委书记", .shortened),
            ("副局长", "副局长(分工2)", .shortened), ("镇长", "镇(乡)长", .shortened), ("副局长", "党组书记、局长", .different),
            ("规划科科长", "财务科科长", .sameType), ("科长", "财务科副科长", .different), ("局 长", "局长", .exact), ("村委会主任", "办事处主任", .sameType),
        ])
    func posts(written: String, held: String, agreement: PostAgreement) {
        let reader = PostReader(titles: LinkageRules.commonTitles)
        let (one, other) = (reader.read(written), reader.read(held))
        let found: PostAgreement =
            one.plain == other.plain ? .exact : !other.isOfType(of: one) ? .different : other.isShortened(from: one) ? .shortened : .sameType
        #expect(found == agreement)
    }

    @Test("a unit is found by number, name, other names, and its neighbours above and below")
    func units() throws {
        let exports = try Exports()
        try exports.write(
            "units.csv",
            "unit_id,name,kind,parent_id,aliases,former_names\nU1,甲县,county,,甲; 县委,\nU2,甲县教育局,county,U1,教育局,甲县教委；甲县文教局\nU3,乙县教育局,county,U4,教育局,\n"
                + "U4,乙县,county,U9,,\nU5,甲县教委,county,,,\n")
        let night = try ingest(exports, [.plain(.units, ["unit_id", "name", "kind", "parent_id", "aliases", "former_names"], key: ["unit_id"])])
        let index = UnitIndex(try night.warehouse.read { try ServiceHistory(in: $0) }.units)
        #expect(index.units(for: "甲县教育局") == ["U2": .exact, "U1": .related])
        #expect(index.units(for: "甲县 教育局") == index.units(for: "U2"))
        #expect(index.units(for: "教育局") == ["U2": .alias, "U3": .alias, "U1": .related, "U4": .related])
        #expect(index.units(for: "甲县教委") == ["U5": .exact, "U2": .formerName, "U1": .related])
        #expect(index.units(for: "甲县文教局") == ["U2": .formerName, "U1": .related])
        #expect(index.units(for: "县委") == ["U1": .alias, "U2": .related])
        #expect(index.units(for: "丙县").isEmpty)
    }
}
