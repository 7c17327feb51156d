import PipelineModel
import Testing

/// What the loaded values say.
@Suite struct LoadedConfigurationTests {
    private func pipeline(_ fixture: ConfigurationFixture = .correct) throws -> Pipeline { try fixture.load().get().pipeline }

    private func contract(_ name: String, _ fixture: ConfigurationFixture = .correct) throws -> [SourceContract] {
        try #require(try pipeline(fixture).sources.first { $0.first?.name == name })
    }

    @Test func pipelineAndItsDefaults() throws {
        let pipeline = try pipeline()
        #expect(pipeline.name == "trial")
        #expect(pipeline.input == Pipeline(name: "").input)
        #expect(pipeline.output == Pipeline(name: "").output)
        #expect(pipeline.identityKeyFile == "keys/trial.key")
        #expect(!pipeline.identityKeyIsDemonstration)
        #expect(pipeline.tables.byteOrderMark)
        #expect(pipeline.sources.map(\.first?.name) == ["appraisals", "petitions", "roster", "tasks"])
        #expect(pipeline.protections == ProtectionRules(longLeaveKinds: [.sick], longLeaveMinimumDays: 20, countingFindings: [.substantiated]))
    }

    @Test func whatMayBeLeftOut() throws {
        var fixture = ConfigurationFixture.correct
        fixture.files["nightly.yaml"] =
            "name: bare\nsources: sources\nidentityKey: {file: keys/trial.key, demonstration: true}\ntables: {byteOrderMark: false}\n"
        let pipeline = try pipeline(fixture)
        #expect(pipeline.schemes.isEmpty && pipeline.indicators.isEmpty && pipeline.triggers.isEmpty)
        #expect(pipeline.protections == ProtectionRules())
        #expect(pipeline.identityKeyIsDemonstration)
        #expect(!pipeline.tables.byteOrderMark)
    }

    @Test func contractOfFacts() throws {
        let contract = try #require(try contract("tasks").first)
        #expect(contract.role == .tasks)
        #expect(contract.configurationFile == "sources/tasks.yaml")
        #expect(contract.from == nil)
        #expect(contract.pattern == "tasks_*.csv")
        #expect(contract.keep == .facts)
        #expect(contract.key == ["record_id"])
        #expect(contract.targets == [.cadre])
        #expect(contract.known == "due_date")
        #expect(contract.freshness == Freshness(field: "due_date", days: 45))
        #expect(contract.volume == VolumeBounds(minimumRows: 1, minimumShare: 0.5, maximumShare: 2))
        #expect(contract.rejectLimit == 0.01)
        #expect(contract.columns.map(\.field) == ["record_id", "cadre_id", "due_date", "completed_date", "quality"])
        #expect(contract.columns[4].minimum == 0 && contract.columns[4].maximum == 100)
        #expect(
            contract.measures == [
                Measure(name: "tasks.due", month: "due_date"),
                Measure(
                    name: "tasks.overdue", month: "due_date",
                    condition: .any([.missing(field: "completed_date"), .after(field: "completed_date", .field("due_date"))]), adverse: true),
                Measure(name: "tasks.quality", month: "completed_date", value: "quality"),
            ])
    }

    @Test func columns() throws {
        let columns = try #require(try contract("roster").first).columns
        #expect(columns[0].required && !columns[1].required)
        #expect(columns[2].values == ["M": "male", "F": "female"])
        #expect(columns[3].dates == [.monthDayYear])
        #expect(columns[3].minimum == CalendarDate(iso: "1940-01-01").map { Double($0.dayNumber) })
    }

    @Test func versionsTakeOverWhatTheyDoNotSay() throws {
        let versions = try contract("appraisals")
        #expect(versions.map(\.pattern) == ["appraisals.csv", "kaohe.csv", "appraisals.csv"])
        #expect(versions.map(\.from?.description) == [nil, "2024-01-01", "2025-01-01"])
        #expect(versions.map(\.delimiter) == [UInt8(ascii: ","), UInt8(ascii: ","), UInt8(ascii: ";")])
        #expect(Set(versions.map(\.columns)).count == 1)
    }

    /// An export that lost its dates: the later version takes back what stood on them.
    @Test func versionsTakeBack() throws {
        var fixture = ConfigurationFixture.correct
        fixture.files["sources/discipline.yaml"] = """
            source: cases
            role: discipline
            pattern: "*/discipline.csv"
            encoding: utf-8
            columns:
              - {column: taxid, field: cadre_id}
              - {column: date, field: date, dates: [M/D/YYYY]}
            known: date
            freshness: {field: date, days: 400}
            measures:
              cases: {month: date}
            versions:
              - from: 2024-06-23
                columns: [{column: taxid, field: cadre_id}, {constant: closed, field: outcome}]
                known: null
                freshness: ~
                measures: {}
            """
        let versions = try contract("cases", fixture)
        #expect(versions.map(\.known) == ["date", nil])
        #expect(versions.map(\.freshness) == [Freshness(field: "date", days: 400), nil])
        #expect(versions.map { $0.measures.map(\.name) } == [["discipline.cases"], []])
        #expect(versions.map(\.role) == [.discipline, .discipline])
        #expect(versions[1].columns[1] == ColumnMapping(field: "outcome", column: nil, constant: "closed"))
    }

    @Test(arguments: [
        ("{field: grade, in: [poor, average]}", Condition.isOne(field: "grade", of: ["poor", "average"])),
        ("{field: year, is: 2024}", .isOne(field: "year", of: ["2024"])),
        ("{field: date, missing: true}", .missing(field: "date")),
        ("{field: date, missing: false}", .not(.missing(field: "date"))),
        ("{field: date, after: asOf}", .after(field: "date", .asOf)),
        ("{field: date, before: {field: date}}", .before(field: "date", .field("date"))),
        ("{field: date, within: {days: 60, of: date}}", .within(field: "date", days: 60, of: "date")),
        ("{field: year, atLeast: 2020}", .atLeast(field: "year", 2020)),
        ("{not: {any: [{field: year, atMost: 2020.5}]}}", .not(.any([.atMost(field: "year", 2020.5)]))),
    ])
    func conditions(_ yaml: String, _ expected: Condition) throws {
        let fixture = ConfigurationFixture.correct.replacing("{field: grade, is: incompetent}", by: yaml, in: "rules/triggers.yaml")
        #expect(try pipeline(fixture).triggers.first?.condition == expected)
    }

    @Test func indicatorsSchemesAndTriggers() throws {
        let pipeline = try pipeline()
        #expect(
            pipeline.indicators.map(\.observation) == [
                .share(events: "tasks.overdue", trials: "tasks.due"), .mean(values: "tasks.quality"), .ratePerMonth(events: "petitions.substantiated"),
            ])
        #expect(pipeline.indicators.map(\.moreIsBetter) == [false, true, false])
        let perTask = ConfigurationFixture.correct.replacing("exposure: months", by: "exposure: tasks.due", in: "indicators.yaml")
        #expect(try self.pipeline(perTask).indicators.last?.observation == .rate(events: "petitions.substantiated", exposure: "tasks.due"))
        let scheme = try #require(pipeline.scheme(for: .county))
        #expect(scheme.configurationFile == "schemes/county.yaml")
        #expect(scheme.windowMonths == 12 && scheme.minimumPeers == 30)
        #expect(scheme.peerGroups == [.rankBand, .scheme])
        #expect(scheme.weights.map(\.indicator) == ["overdue", "quality", "petitions"])
        #expect(pipeline.triggers.map(\.pattern) == [.count(1), .consecutive(2, field: "year")])
        #expect(pipeline.triggers.map(\.disposition) == [.recall, .retraining])
    }
}
