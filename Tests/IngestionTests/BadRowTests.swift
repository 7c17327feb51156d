import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// What a row gets that is broken: rejected with its place, value and a reason, and counted; the others stand.
@Suite("Broken rows") struct BadRowTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let role: SourceRole
        let fields: [String]
        let row: String
        let check: String
        let column: Int?
        let value: String?
        var testDescription: String { "\(check): \(row)" }

        init(_ role: SourceRole, _ fields: [String], _ row: String, _ check: String, _ column: Int?, _ value: String?) {
            (self.role, self.fields, self.row, self.check, self.column, self.value) = (role, fields, row, check, column, value)
        }
    }

    private static let appraisal = ["cadre_id", "kind", "date", "grade", "score"]
    private static let post = ["cadre_id", "start_date", "end_date"]

    /// A row of each role that is right.
    private static let sound: [SourceRole: String] = [
        .appraisals: "C1,年度考核,2025-03-04,称职,80", .posts: "C1,2025-03-04,2025-03-04", .leave: "C1,是",
        // Answered on the day it came in, by a system that writes no time of day.
        .petitions: "P2,2025-03-04 09:00:00,2025-03-04",
    ]

    static let cases = [
        Case(.appraisals, appraisal, "C1,年度考核,2025-02-30,称职,80", "NotADate", 3, "2025-02-30"),
        Case(.appraisals, appraisal, "C1,年度考核,0209-01-01,称职,80", "DateOutOfRange", 3, "0209-01-01"),
        Case(.appraisals, appraisal, "C1,年度考核,3/4/2025,称职,80", "NotADate", 3, "3/4/2025"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,称职,-1", "NumberOutOfRange", 5, "-1"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,称职,100.01", "NumberOutOfRange", 5, "100.01"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,称职,1e308", "NotANumber", 5, "1e308"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,优 秀,80", "UnknownValue", 4, "优 秀"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,较好,80", "GradeOfOtherScale", nil, "较好"),
        Case(.appraisals, appraisal, "C1,平时考核,2025-03-04,称职,80", "GradeOfOtherScale", nil, "称职"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,称职", "WrongFieldCount", nil, "4"),
        Case(.appraisals, appraisal, "C1,年度考核,2025-03-04,称职,80,", "WrongFieldCount", nil, "6"),
        Case(.appraisals, appraisal, "C\u{0}1,年度考核,2025-03-04,称职,80", "NulByte", 1, nil),
        Case(.appraisals, appraisal, "\u{3000} ,年度考核,2025-03-04,称职,80", "MissingValue", 1, nil),
        Case(.posts, post, "C1,2025-03-04,2025-03-03", "EndBeforeStart", nil, "2025-03-03"),
        Case(.petitions, ["record_id", "received", "closed"], "P1,2025-03-04 09:00:00,2025-03-04 08:59:59", "EndBeforeStart", nil, "2025-03-04"),
        Case(.leave, ["cadre_id", "approved"], "C1,maybe", "UnknownValue", 2, "maybe"),
        Case(.appraisals, appraisal, "\u{1A}", "EndOfFileMark", nil, nil),
    ]

    @Test("is rejected alone, with its place, its value and a reason", arguments: cases)
    func rejected(example: Case) throws {
        let exports = try Exports()
        let sound = try #require(BadRowTests.sound[example.role])
        let lines = [example.fields.joined(separator: ","), example.row, sound]
        try exports.write("\(example.role.rawValue).csv", lines.map { $0 + "\n" }.joined())
        var contract = SourceContract.plain(example.role, example.fields, targets: [])
        contract.columns[0].required = true
        for index in contract.columns.indices where contract.columns[index].field == "score" {
            contract.columns[index].minimum = 0
            contract.columns[index].maximum = 100
        }
        let night = try ingest(exports, [contract])
        #expect(night.error == nil)
        #expect(try night.account(contract.name) == Account(read: 2, accepted: 1, rejected: 1))
        let rejects = try night.all(RejectRecord.self)
        let reject = try #require(rejects.first)
        #expect(rejects.count == 1)
        #expect(reject.check == example.check && reject.line == 2 && reject.column == example.column && reject.value == example.value)
        let finding = try night.first(example.check)
        #expect(finding.severity == .warning && finding.location.line == 2 && finding.location.column == example.column)
        #expect(finding.value == example.value && finding.message == reject.reason)
        #expect(finding.hint != nil || example.check == "EndOfFileMark")
    }

    @Test("a row with two faults has two reasons and is rejected once")
    func twoFaults() throws {
        let exports = try Exports()
        try exports.write("posts.csv", "cadre_id,unit,post,start_date,end_date\nC1,U1,P,x,y\nC1,U1,P,2025-01-01,\n")
        let night = try ingest(exports, [.posts])
        #expect(try night.account("posts") == Account(read: 2, accepted: 1, rejected: 1))
        #expect(try night.all(RejectRecord.self).map(\.number) == [1, 2])
    }

    @Test("of many rows with one fault the first are findings and all are rejects")
    func capped() throws {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id,name,birth_date,unit,entry_date\n" + (1...60).map { "C\($0),n,\($0 <= 30 ? "x" : ""),,\n" }.joined())
        let night = try ingest(exports, [.roster])
        #expect(night.error == nil)
        let findings = night.findings.filter { $0.check == "NotADate" }
        #expect(findings.count == 21)
        #expect(findings.contains { $0.message.contains("10 further rows") })
        #expect(try night.all(RejectRecord.self).count == 30)
    }

    @Test("what cannot be right of a person or unit is set aside, and the row stays", arguments: ["2011-06-01", "1930-01-01"])
    func setAside(birth: String) throws {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id,name,birth_date,unit,entry_date\nC1,张一,\(birth),U1,2005-01-01\n")
        try exports.write("units.csv", "unit_id,name,kind,parent_id\nU1,甲局,county,U1\n")
        let night = try ingest(exports, [.roster, .units])
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 1, accepted: 1))
        #expect(try night.first("ImplausibleAge").location == .init(file: "roster.csv", line: 2, field: "birth_date"))
        #expect(try night.rows(.roster).map { NamedFields($0, .roster).day("birth_date") } == [nil])
        #expect(try night.first("UnitIsItsOwnParent").location.line == 2)
        #expect(try night.rows(.units).map { NamedFields($0, .units).text("parent_id") } == [nil])
    }

    @Test(
        "a share of rejects over the limit is an error; more than half, and more than a few rows, refuse the night",
        arguments: [(10, 1, nil), (10, 2, "TooManyRejects"), (10, 6, "TooManyRejects"), (18, 10, "MostRowsRejected"), (1, 1, "TooManyRejects")])
    func rejectLimit(rows: Int, bad: Int, check: String?) throws {
        let exports = try Exports()
        try exports.write("roster.csv", "cadre_id,name,birth_date,unit,entry_date\n" + (1...rows).map { "C\($0),n,\($0 <= bad ? "x" : ""),,\n" }.joined())
        var contract = SourceContract.roster
        contract.rejectLimit = 0.1
        let night = try ingest(exports, [contract])
        #expect(night.isRefused == (check == "MostRowsRejected"))
        #expect(night.findings.filter { $0.severity == .error }.map(\.check.rawValue) == (check.map { [$0] } ?? []))
        #expect(try night.account("roster") == Account(read: rows, accepted: rows - bad, rejected: bad))
    }
}
