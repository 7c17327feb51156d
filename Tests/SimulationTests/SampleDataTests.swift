import Foundation
import PipelineModel
import Simulation
import Testing

@Suite struct SampleDataTests {
    private let sample = packageFolder + "/sample-data"

    /// The parameters of the command that the sample's README names.
    private func parameters() throws -> WorldParameters {
        let text = try String(contentsOfFile: sample + "/README.md", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.contains("cadre-simulate --cadres") })
        let words = line.split(separator: " ").map(String.init)
        func number(_ option: String) throws -> UInt64 {
            let place = try #require(words.firstIndex(of: option))
            return try #require(UInt64(words[place + 1]))
        }
        let asOf = try String(contentsOfFile: sample + "/as-of", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return WorldParameters(
            cadres: Int(try number("--cadres")), months: Int(try number("--months")), seed: try number("--seed"), end: try #require(CalendarDate(iso: asOf)))
    }

    @Test func isWhatItsCommandMakes() throws {
        let folder = try SimulatedFolder(try parameters())
        let files = try folder.exports()
        #expect(try FileManager.default.contentsOfDirectory(atPath: sample).filter { $0.hasSuffix(".csv") }.sorted() == files)
        var size = 0
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: sample + "/" + file)))
            #expect(try folder.bytes(file) == bytes, "\(file)")
            size += bytes.count
        }
        #expect(size < 5_500_000)
    }

    /// The sample shows every rule trigger and every protection at work.
    @Test func showsWhatThePipelineLooksFor() throws {
        let folder = try SimulatedFolder(try parameters())
        let end = folder.parameters.end
        let appraisals = try folder.rows(.appraisals).filter { $0["kind"] == "年度" }
        #expect(appraisals.contains { $0["grade"] == "不称职" })
        let basic = Dictionary(grouping: appraisals.filter { $0["grade"] == "基本称职" }, by: { $0["cadre_id"] ?? "" }).mapValues {
            Set($0.compactMap { $0["year"].flatMap { Int($0) } })
        }
        #expect(basic.values.contains { years in years.contains { years.contains($0 + 1) } })
        let admonitions = try folder.rows(.warnings).filter { ["诫勉", "诫勉谈话"].contains($0["kind"] ?? "") }
        #expect(admonitions.contains { $0["corrected_date"] == "" && ($0["correction_due"].flatMap(day)).map { $0 < end } ?? false })
        #expect(Set(try folder.rows(.faultTolerance).compactMap { $0["decision"] }) == ["予以容错", "减轻", "不予容错", "审核中"])
        // An event of an accepted reform, about which a case is open, is held out.
        let accepted = Set(try folder.rows(.riskFilings).filter { $0["outcome"] == "同意备案" }.compactMap { $0["subject"] })
        let reforms = Dictionary(
            try folder.rows(.tasks).map { ($0["record_id"] ?? "", $0["reform"] ?? "") }, uniquingKeysWith: { first, _ in first })
        #expect(try folder.rows(.faultTolerance).contains { $0["decision"] == "审核中" && accepted.contains(reforms[$0["event_record_id"] ?? ""] ?? "") })
        #expect(Set(try folder.rows(.petitions).compactMap { $0["finding"] }).isSuperset(of: PetitionFinding.allCases.map(\.chinese)))
        let leave = try folder.rows(.leave)
        for kind in LeaveKind.allCases where kind != .annual { #expect(leave.contains { $0["kind"] == kind.chinese }, "\(kind)") }
        #expect(leave.contains { $0["kind"] == "病假" && $0["approved"] == "否" })
    }
}
