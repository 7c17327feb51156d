import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Whom a target in words means, in a small city: eight bureaus of twelve, and as many plain petitions as weights can be estimated from.
@Suite("Linking targets in words") struct LinkingTests {
    /// Every fourth name has two characters; nobody's differs from another's in one character only.
    private static func name(_ bureau: Int, _ place: Int) -> String {
        let surnames = Array("陈林王张黄李周吴徐叶郑金"), first = Array("文海明晓建志国春"), last = Array("伟强军丽芳娟超鹏飞霞燕玲")
        let (one, two) = (String(first[(bureau + place) % 8]), String(last[(place * 5 + bureau) % 12]))
        return String(surnames[place]) + (place % 4 == 3 ? two : one + two)
    }

    private static func post(_ place: Int) -> String { place == 0 ? "党组书记、局长" : place == 1 ? "副局长(分工1)" : "第\(place)科科长" }

    /// - Parameter petitions: `record_id,cadre_id,unit,post,name,received`; each is an accusation found true.
    private func city(_ petitions: [String], keep: SourceContract.Keep = .rows, rules: LinkageRules = LinkageRules()) throws -> Ingested {
        let exports = try Exports()
        var (roster, posts) = ("cadre_id,name,birth_date,unit,entry_date\n", "cadre_id,unit,post,start_date,end_date\n")
        var units = "unit_id,name,kind,parent_id,aliases,former_names\nU0,某某市,municipalOrgan,,,\n"
        var plain: [String] = []
        for bureau in 1...8 {
            units += "U\(bureau),某某市第\(bureau)局,municipalOrgan,U0,市\(bureau)局；\(bureau)局,某某市第\(bureau)处\n"
            for place in 0..<12 {
                let id = "C\(bureau)-\(place)"
                roster += "\(id),\(Self.name(bureau, place)),1980-01-01,U\(bureau),2005-01-01\n"
                posts += "\(id),U\(bureau),\"\(Self.post(place))\",2020-01-01,\n"
                // Some write blanks between the characters.
                let written = place == 5 ? Self.name(bureau, place).map(String.init).joined(separator: " ") : Self.name(bureau, place)
                plain.append("P\(bureau)-\(place),,某某市第\(bureau)局,\"\(Self.post(place))\",\(written),2025-0\(bureau)-10")
            }
        }
        // Two of one name in the first bureau, one there until June 2024; and one who moved from the second bureau to the third.
        roster += "H1,孙同名,1980-01-01,U1,2005-01-01\nH2,孙同名,1981-01-01,U1,2005-01-01\nM1,缪调任,1980-01-01,U3,2005-01-01\n"
        posts += "H1,U1,甲岗科长,2020-01-01,\nH2,U1,乙岗科长,2020-01-01,2024-06-30\nH2,U4,丙岗科长,2024-07-01,\n"
        posts += "M1,U2,丁岗科长,2020-01-01,2025-05-31\nM1,U3,戊岗科长,2025-06-01,\n"
        try exports.write("units.csv", units)
        try exports.write("roster.csv", roster)
        try exports.write("posts.csv", posts)
        let rows = (plain + petitions).map { $0 + ",属实,2025-11-10" }
        try exports.write("petitions.csv", "record_id,cadre_id,unit,post,name,received,finding,closed\n" + rows.joined(separator: "\n") + "\n")
        var contract = SourceContract.plain(
            .petitions, ["record_id", "cadre_id", "unit", "post", "name", "received", "finding", "closed"], key: ["record_id"], keep: keep,
            targets: [.cadre, .words])
        contract.measures = [
            Measure(
                name: "petitions.substantiated", month: "closed", on: "received", condition: .isOne(field: "finding", of: ["substantiated"]), adverse: true)
        ]
        let named = SourceContract.plain(.units, ["unit_id", "name", "kind", "parent_id", "aliases", "former_names"], key: ["unit_id"])
        return try ingest(exports, [.roster, named, .posts, contract], linkage: rules)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let target: String
        let day: String
        let cadre: String?
        var reason: UnresolvedReason?
        var testDescription: String { target + " on " + day }

        init(_ target: String, _ cadre: String?, _ reason: UnresolvedReason? = nil, on day: String = "2025-03-03") {
            (self.target, self.day, self.cadre, self.reason) = (target, day, cadre, reason)
        }
    }

    /// Targets as `cadre_id,unit,post,name`.
    static let cases: [Case] = [
        Case(",某某市第5局,第2科科长,\(name(5, 2))", "C5-2"),
        Case(",市5局,,\(name(5, 2))", "C5-2"),
        Case(",5局,,\(name(5, 2))", "C5-2"),
        Case(",某某市第5处,第2科科长,\(name(5, 2))", "C5-2"),
        Case(",U5,,\(name(5, 2))", "C5-2"),
        Case(",某某市 第5局,,\(name(5, 2).map(String.init).joined(separator: " "))", "C5-2"),
        Case(",某某市第5局,,\(name(5, 2))科长", "C5-2"),
        Case(",某某市第5局,,\(name(5, 0))(局长)", "C5-0"),
        Case(",某某市第5局,局长,\(name(5, 0).prefix(1))某", "C5-0"),
        Case(",某某市第5局,,\(name(5, 0).prefix(1))局长", "C5-0"),
        Case(",某某市第5局,第2科科长,王字\(name(5, 2).suffix(1))", "C5-2"),
        // A number is trusted, whatever stands beside it, and never weighed.
        Case("C5-7,某某市第2局,局长,\(name(3, 1))", "C5-7"),
        Case("C99,某某市第5局,第2科科长,\(name(5, 2))", nil, .unknownCadre),
        // Nobody of the name, and the name of nobody's post.
        Case(",某某市第5局,,赵不在", nil, .nobodyFits),
        Case(",某村委会,主任,赵不在", nil, .unknownUnit),
        Case(",某村委会,主任,诸葛某", nil, .unknownUnit),
        Case(",某某市第5局,,", nil, .noTarget),
        Case(",,局长,", nil, .noTarget),
        // The holder is named otherwise than the post says: never linked.
        Case(",某某市第5局,\"党组书记、局长\",赵不在", nil, .needsReview),
        // Nobody is linked by a name alone.
        Case(",,,\(name(5, 2))", nil, .needsReview),
        Case(",某村委会,,\(name(5, 2))", nil, .needsReview),
        // Two of one name in one unit: always for review, whatever the post says; after the near days the one who left is no homonym.
        Case(",某某市第1局,甲岗科长,孙同名", nil, .needsReview, on: "2024-05-01"),
        Case(",某某市第1局,甲岗科长,孙同名", nil, .needsReview, on: "2024-08-01"),
        Case(",某某市第1局,甲岗科长,孙同名", "H1", on: "2025-03-03"),
        Case(",某某市第4局,丙岗科长,孙同名", "H2", on: "2025-03-03"),
        Case(",,,孙同名", nil, .needsReview, on: "2025-03-03"),
        // Some days after a move people still write the old post.
        Case(",某某市第2局,丁岗科长,缪调任", "M1", on: "2025-06-20"),
    ]

    @Test("a target comes to the cadre who is meant, to a person, or to nobody", arguments: cases)
    func links(example: Case) throws {
        let night = try city(["X1,\(example.target),\(example.day)"])
        #expect(night.error == nil)
        let row = try #require(try night.rows(.petitions).first { NamedFields($0, .petitions).text("record_id") == "X1" })
        #expect(row.cadreID == example.cadre)
        let unresolved = try night.unresolvedTargets().filter { $0.recordID == "X1" }
        #expect(unresolved.map(\.reason) == [example.reason].compactMap { $0 })
        // Only what was linked counts, and it counts for the one who is meant.
        #expect(try night.evidence().filter { $0.recordID == "X1" }.map(\.cadreID) == [example.cadre].compactMap { $0 })
        let facts = try night.facts().reduce(0) { $0 + $1.count }
        #expect(facts == 96 + (example.cadre == nil ? 0 : 1))
        #expect(night.findings.contains { $0.check == "TargetsForReview" } == (example.reason == .needsReview))
    }

    @Test("folded rows come to the same as rows that are kept")
    func folded() throws {
        let petitions = Self.cases.enumerated().map { "X\($0.offset),\($0.element.target),\($0.element.day)" }
        let (kept, folded) = (try city(petitions), try city(petitions, keep: .facts))
        #expect(try kept.facts() == folded.facts())
        #expect(try kept.evidence() == folded.evidence())
        #expect(try kept.all(LinkRecord.self) == folded.all(LinkRecord.self))
        let reasons = try [kept, folded].map { night in
            try night.unresolvedTargets().reduce(into: [:]) { $0[$1.reason, default: 0] += $1.rows }
        }
        #expect(reasons[0] == reasons[1] && (reasons[0][.needsReview] ?? 0) >= 4)
    }

    @Test("the bits of every candidate add up, and the posteriors of a target leave room for nobody")
    func waterfall() throws {
        let night = try city(Self.cases.enumerated().map { "X\($0.offset),\($0.element.target),\($0.element.day)" })
        let records = try night.all(LinkRecord.self)
        #expect(Set(records.map(\.outcome)) == [.linked, .review])
        for record in records {
            let sum = record.priorBits + record.unitBits + record.nameBits + record.frequencyBits + record.postBits + record.dateBits
            #expect(abs(sum - record.totalBits) < 1e-9)
            #expect((record.doubt == nil) == (record.outcome == .linked))
            if record.outcome == .linked { #expect(record.posterior >= 0.9 && record.rank == 1) }
            if record.name == nil { #expect(record.nameLevel == nil && record.nameBits == 0) }
        }
        for (_, candidates) in Dictionary(grouping: records, by: \.target) {
            #expect(candidates.map(\.rank) == Array(1...candidates.count) && candidates.count <= 5)
            #expect(candidates.reduce(0) { $0 + $1.posterior } < 1)
        }
        let weights = try night.all(LinkWeightRecord.self)
        #expect(weights.map(\.comparison).reduce(into: [:]) { $0[$1, default: 0] += 1 } == ["prior": 1, "unit": 5, "name": 5, "post": 4, "date": 3])
        for comparison in ["unit", "name", "post", "date"] {
            let own = weights.filter { $0.comparison == comparison }
            #expect(abs(own.reduce(0) { $0 + $1.m } - 1) < 1e-9 && abs(own.reduce(0) { $0 + $1.u } - 1) < 1e-9)
            #expect(own.allSatisfy { abs($0.bits - log2($0.m / $0.u)) < 1e-9 })
        }
    }

    @Test("the order of the rows changes no link and no weight")
    func order() throws {
        let petitions = Self.cases.enumerated().map { "X\($0.offset),\($0.element.target),\($0.element.day)" }
        func said(_ night: Ingested) throws -> [LinkRecord] {
            try night.all(LinkRecord.self).map { record in
                var record = record
                record.line = 0
                return record
            }
        }
        let (one, other) = (try city(petitions), try city(petitions.reversed()))
        #expect(try said(one) == said(other))
        #expect(try one.all(LinkWeightRecord.self) == other.all(LinkWeightRecord.self))
        #expect(try one.facts() == other.facts())
    }

    @Test("the thresholds of the configuration decide")
    func thresholds() throws {
        let petition = ["X1,,某某市第5局,第2科科长,,2025-03-03"]
        let night = try city(petition)
        let record = try #require(try night.all(LinkRecord.self).first { $0.name == nil && $0.rank == 1 })
        #expect(record.cadreID == "C5-2")
        func outcome(_ rules: LinkageRules) throws -> LinkOutcome? { try city(petition, rules: rules).all(LinkRecord.self).first { $0.name == nil }?.outcome }
        let p = record.posterior
        #expect(try outcome(LinkageRules(linkAbove: max(0.5, p - 0.01))) == .linked)
        #expect(try outcome(LinkageRules(linkAbove: p + 0.01)) == .review)
        #expect(try outcome(LinkageRules(linkAbove: 1, reviewAbove: p + 0.01)) == nil)
    }

    @Test("few targets are told, and no finding shows a name")
    func findings() throws {
        let night = try city(["X1,,某某市第1局,甲岗科长,孙同名,2024-05-01"])
        #expect(try night.first("FewTargetsInWords").value == "97")
        for finding in night.findings { #expect(!finding.description.contains("孙同名") && finding.value?.contains("孙") != true) }
    }
}
