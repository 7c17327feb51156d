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
        #expect(size < 5_000_000)
    }
}
