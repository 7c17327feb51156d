import PipelineModel
import Testing

/// Guard rails 2, 3 and 4, where configuration could break them.
@Suite struct GuardRailTests {
    private func checks(_ column: String, in file: String) throws -> [Finding.Check] {
        let old = file == "sources/petitions.yaml" ? "column: 被反映单位" : "column: 性别"
        return try ConfigurationFixture.correct.replacing(old, by: "column: \"\(column)\"", in: file).findings().map(\.check)
    }

    @Test(arguments: [
        "配偶姓名", "子女情况", "父母", "家庭住址", "亲属关系", "婚姻状况", "宗教", "信仰", "健康状况", "既往病史", "疾病", "体检结果", "通话记录", "微信号", "聊天记录", "社交账号", "主要社会关系", "配 偶",
        "spouse", "Spouse Name", "spouseName", "children", "family_members", "RELIGION", "belief", "health-status", "medicalHistory", "phone records",
        "WeChat ID",
    ])
    func privateLifeIsRefused(_ column: String) throws {
        #expect(try checks(column, in: "sources/roster.yaml") == ["PrivateLifeColumn"])
        #expect(try checks(column, in: "sources/petitions.yaml") == ["PrivateLifeColumn"])
    }

    @Test(arguments: ["性别", "gender", "parent_id", "单位", "职级", "考核等次", "personnel", "reason", "season", "methods", "信访人", "complainant", "wifi", "command"])
    func dutyIsAccepted(_ column: String) throws {
        #expect(try checks(column, in: "sources/roster.yaml") == [])
    }

    @Test(arguments: [
        "信访人姓名", "举报人", "来访人", "上访人", "投诉人单位", "反映人", "反映内容", "联系电话", "身份证号", "petitioner", "Petitioner Name", "complainant_id", "complaintText", "信访人与被反映人",
    ])
    func thePetitionerIsRefused(_ column: String) throws {
        let checks = try checks(column, in: "sources/petitions.yaml")
        // A column that is private already and mapped as well is said to be both.
        #expect(checks.contains("PetitionerColumn"))
    }

    @Test(arguments: ["被反映人", "被举报人", "被投诉单位", "被信访人职务", "被反映人身份证号", "complaint_kind", "信访编号", "留言编号", "答复时间"])
    func whomItIsAboutIsAccepted(_ column: String) throws {
        #expect(try checks(column, in: "sources/petitions.yaml") == [])
    }

    @Test func aliasesAreLookedAtAndPrivateColumnsAreNot() throws {
        let fixture = ConfigurationFixture.correct
            .replacing("{column: 性别, field", by: "{column: 性别, aliases: [sex, 婚姻], field", in: "sources/roster.yaml")
            .replacing("pattern: roster*.csv", by: "pattern: roster*.csv\nprivate: [配偶, 健康状况]", in: "sources/roster.yaml")
        #expect(try fixture.problems() == ["sources/roster.yaml:7:33 PrivateLifeColumn columns[3].aliases[2]"])
    }

    @Test(arguments: [
        ("- {field: finding, in: [substantiated, partlySubstantiated]}", 0),
        ("- {field: finding, in: [substantiated, pending]}", 1),
        ("- {field: finding, missing: false}", 1),
        ("- {not: {field: finding, in: [unsubstantiated, mistaken, malicious, withdrawn]}}", 1),
        ("- {any: [{field: finding, is: substantiated}, {field: received, after: 2020-01-01}]}", 1),
        ("- {all: [{field: finding, is: substantiated}, {field: received, after: 2020-01-01}]}", 0),
        ("- {field: kind, in: [appeal, suggestion]}", 0),
    ])
    func onlyWhatWasFoundTrueCounts(_ condition: String, _ count: Int) throws {
        let old = "- {field: finding, in: [substantiated, partlySubstantiated]}"
        let findings = try ConfigurationFixture.correct.replacing(old, by: condition, in: "sources/petitions.yaml").findings()
        // Once for the adverse measure, once for the indicator that stands on it.
        #expect(findings.count { $0.check == "UnfoundedPetitionsCount" } == 2 * count, "\(findings)")
        #expect(findings.count == 2 * count)
    }

    @Test(arguments: ["{field: sex, is: male}", "{not: {field: birth_date, before: 1970-01-01}}", "{any: [{field: ethnic_group, missing: true}]}"])
    func fairnessAttributesFeedNoRule(_ condition: String) throws {
        let fixture = ConfigurationFixture.correct.replacing("pattern: roster*.csv", by: "pattern: roster*.csv\nscope: \(condition)", in: "sources/roster.yaml")
        #expect(try fixture.findings().map(\.check) == ["FairnessFieldUsed"])
    }
}
