import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Whom a row is about: never a guess. The people are those of `writePeople`.
@Suite("Resolving targets") struct ResolutionTests {
    private static let petitions: SourceContract = {
        var contract = SourceContract.plain(
            .petitions, ["record_id", "cadre_id", "unit", "post", "name", "finding", "received", "closed"], key: ["record_id"],
            targets: [.cadre, .unitAndPost, .unitAndName])
        contract.known = "received"
        contract.measures = [
            Measure(
                name: "petitions.substantiated", month: "closed", on: "received", condition: .isOne(field: "finding", of: ["substantiated"]),
                adverse: true)
        ]
        return contract
    }()

    struct Case: CustomTestStringConvertible, Sendable {
        let target: String
        let day: String
        let cadre: String?
        let reason: UnresolvedReason?
        var candidates = 0
        var testDescription: String { "\(target) on \(day)" }

        init(_ target: String, _ day: String, _ cadre: String?, _ reason: UnresolvedReason?, candidates: Int = 0) {
            (self.target, self.day, self.cadre, self.reason, self.candidates) = (target, day, cadre, reason, candidates)
        }
    }

    static let cases = [
        Case("C1,,,", "2025-08-01", "C1", nil),
        Case("C1,U2,P2,", "2025-08-01", "C1", nil),
        Case("C9,,,", "2025-08-01", nil, .unknownCadre),
        Case("C9,U1,P1,", "2025-08-01", nil, .unknownCadre),
        Case(",U1,P1,", "2025-06-30", "C1", nil),
        Case(",U1,P1,", "2025-07-01", "C2", nil),
        Case(",甲局,P1,", "2025-07-01", "C2", nil),
        Case(",U1,P1,", "2019-12-31", nil, .nobodyFits),
        Case(",U1,P9,", "2025-07-01", nil, .nobodyFits),
        Case(",U9,P1,", "2025-07-01", nil, .unknownUnit),
        Case(",乙局,P2,", "2025-02-01", nil, .unknownUnit),
        Case(",U2,P2,", "2025-02-28", "C3", nil),
        Case(",U2,P2,", "2025-03-01", nil, .severalFit, candidates: 2),
        Case(",U1,,李二", "2025-07-01", "C2", nil),
        Case(",U1,,李二", "2025-06-30", nil, .nobodyFits),
        Case(",U2,,王三", "2025-02-28", "C3", nil),
        Case(",U2,,王三", "2025-03-01", nil, .severalFit, candidates: 2),
        Case(",U1,,", "2025-03-01", nil, .noTarget),
        Case(",,,", "2025-03-01", nil, .noTarget),
        Case(",U1,P1,", "", nil, .nobodyFits),
    ]

    @Test("kept rows, folded rows and their evidence come to the same person, or to nobody with a reason", arguments: cases, [Keep.rows, .facts])
    func resolves(example: Case, keep: Keep) throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "petitions.csv",
            "record_id,cadre_id,unit,post,name,finding,received,closed\nX1,\(example.target),属实,\(example.day),2025-09-10\n"
                + "X2,\(example.target),属实,\(example.day),2025-09-11\n")
        var contract = ResolutionTests.petitions
        contract.keep = keep == .rows ? .rows : .facts
        let night = try ingest(exports, [.roster, .units, .posts, contract])
        #expect(night.error == nil)
        let month = Month(year: 2025, monthOfYear: 9)
        let fact = example.cadre.map { MonthlyFact(cadreID: $0, measure: "petitions.substantiated", month: month, count: 2, sum: 0, sumOfSquares: 0) }
        #expect(try night.facts() == [fact].compactMap { $0 })
        let evidence = try night.evidence()
        #expect(evidence.map(\.cadreID) == (example.cadre.map { [$0, $0] } ?? []))
        #expect(evidence.allSatisfy { $0.eventDate == CalendarDate(iso: example.day) && $0.source == "petitions" })
        #expect(evidence.isEmpty || evidence.map(\.line) == [2, 3] && evidence.map(\.recordID) == ["X1", "X2"])
        let unresolved = try night.unresolvedTargets()
        #expect(unresolved.reduce(0) { $0 + $1.rows } == (example.reason == nil ? 0 : 2))
        #expect(unresolved.allSatisfy { $0.reason == example.reason && $0.candidates == example.candidates })
        #expect(unresolved.first?.line == (example.reason == nil ? nil : 2))
        if keep == .rows { #expect(try night.rows(.petitions).map(\.cadreID) == [example.cadre, example.cadre]) }
        if let reason = example.reason {
            let finding = try night.first("UnresolvedTarget")
            #expect(finding.value == reason.rawValue && finding.message.contains("2 rows"))
        }
    }

    enum Keep: Sendable, CaseIterable { case rows, facts }

    @Test("what became known after tonight says nothing: a case closed later is pending, one received later out of scope", arguments: Keep.allCases)
    func laterKnowledge(keep: Keep) throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "petitions.csv",
            "record_id,cadre_id,unit,post,name,finding,received,closed\nX1,C1,,,,属实,2025-12-01,2026-01-01\nX2,C1,,,,属实,2026-01-01,\n"
                + "X3,C1,,,,属实,2025-12-01,2025-12-31\n")
        var contract = ResolutionTests.petitions
        contract.keep = keep == .rows ? .rows : .facts
        let night = try ingest(exports, [.roster, .units, .posts, contract])
        #expect(try night.account("petitions") == Account(read: 3, accepted: 2, outOfScope: 1))
        #expect(try night.facts().map(\.count) == [1])
        #expect(try night.evidence().map(\.recordID) == ["X3"])
        if keep == .rows {
            let rows = try night.rows(.petitions).map { NamedFields($0, .petitions) }
            #expect(rows.map { $0.code("finding", PetitionFinding.self) } == [nil, .substantiated])
            #expect(rows.map { $0.day("closed") } == [nil, CalendarDate(iso: "2025-12-31")])
        }
    }

    @Test("a task finished after tonight is open tonight")
    func taskFinishedLater() throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "tasks.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\nT1,C1,,,2025-12-31,2026-01-02,90\nT2,C1,,,2025-12-30,2025-12-30,80\n")
        let night = try ingest(exports, [.roster, .units, .posts, .tasks])
        let counts = Dictionary(uniqueKeysWithValues: try night.facts().map { ($0.measure, $0.count) })
        #expect(counts == ["tasks.due": 2, "tasks.overdue": 1, "tasks.quality": 1])
    }

    @Test("a row whose measures look at different days counts for each day's holder, and its evidence holds only what it added for that one")
    func twoDays() throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "petitions.csv", "record_id,cadre_id,unit,post,name,finding,received,closed\nX1,,U1,P1,,属实,2025-06-30,2025-07-02\n")
        var contract = ResolutionTests.petitions
        contract.measures.append(Measure(name: "petitions.closed", month: "closed"))
        let night = try ingest(exports, [.roster, .units, .posts, contract])
        #expect(try night.facts().map { "\($0.cadreID) \($0.measure)" } == ["C1 petitions.substantiated", "C2 petitions.closed"])
        #expect(try night.evidence().map(\.cadreID) == ["C1"])
        #expect(try night.increments().joined().map(\.measure) == ["petitions.substantiated"])
    }

    @Test("the reform that a row names goes with its evidence; a blank one is none", arguments: Keep.allCases)
    func reforms(keep: Keep) throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "petitions.csv", "record_id,cadre_id,finding,received,closed,reform\nX1,C1,属实,2025-06-30,2025-07-02, GG-1 \nX2,C1,属实,2025-06-30,2025-07-02,\n")
        var contract = SourceContract.plain(
            .petitions, ["record_id", "cadre_id", "finding", "received", "closed", "reform"], key: ["record_id"], targets: [.cadre])
        contract.keep = keep == .rows ? .rows : .facts
        contract.measures = ResolutionTests.petitions.measures
        let night = try ingest(exports, [.roster, .units, .posts, contract])
        #expect(try night.evidence().map(\.reform) == ["GG-1", nil])
    }

    @Test("rows without a date are kept, count for nothing, and are told")
    func undated() throws {
        let exports = try Exports()
        try exports.writePeople()
        try exports.write(
            "petitions.csv", "record_id,cadre_id,unit,post,name,finding,received,closed\nX1,C1,,,,属实,2025-06-30,\nX2,C1,,,,办理中,2025-06-30,\n")
        let night = try ingest(exports, [.roster, .units, .posts, ResolutionTests.petitions])
        #expect(try night.account("petitions") == Account(read: 2, accepted: 2))
        #expect(try night.facts().isEmpty)
        #expect(try night.first("UndatedRows").message.contains("1 rows"))
    }

    @Test("oddities of units and tenures are told, and no row is lost")
    func history() throws {
        let exports = try Exports()
        try exports.write("units.csv", "unit_id,name,kind,parent_id\nU1,甲局,county,U2\nU2,乙局,county,U1\nU3,丙局,county,U9\nU4,丙局,county,\n")
        try exports.write("roster.csv", "cadre_id,name,birth_date,unit,entry_date\nC1,张一,1980-01-01,U1,2005-01-01\nC2,李二,1980-01-01,U1,2026-01-01\n")
        try exports.write(
            "posts.csv",
            "cadre_id,unit,post,start_date,end_date\nC1,U1,P1,2004-01-01,2010-12-31\nC1,U2,P2,2010-06-01,2012-01-01\nC1,U8,P3,2013-01-01,\n"
                + "C7,U1,P3,2013-01-01,\n")
        let night = try ingest(exports, [.roster, .units, .posts])
        #expect(night.error == nil)
        let places = Dictionary(grouping: night.findings, by: \.check.rawValue).mapValues { $0.map(\.location.line) }
        #expect(places["UnitsInACircle"] == [2, 3])
        #expect(places["UnknownParent"] == [4])
        #expect(places["UnitsOfOneName"] == [4])
        #expect(places["OverlappingTenures"] == [3])
        #expect(places["PostBeforeEntry"] == [2])
        #expect(places["UnknownUnit"] == [4])
        #expect(places["EntryInTheFuture"] == [3])
        #expect(try night.account("posts") == Account(read: 4, accepted: 4))
        #expect(try night.unresolvedTargets().map(\.writtenCadreID) == ["C7"])
    }
}
