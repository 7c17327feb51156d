import Foundation
import PipelineModel
import Tables
import Testing

@testable import Simulation

/// Worlds whose systems all write alike, as programs need them that are measured beside ours and check nothing.
@Suite struct ExportHabitTests {
    private static func world(_ habits: ExportHabits) throws -> SimulatedFolder {
        var parameters = SharedWorld.parameters(cadres: 80, months: 4)
        parameters.mess = .none
        parameters.exports = habits
        return try SimulatedFolder(parameters)
    }

    @Test(arguments: ExportEncoding.allCases) func everyExportHasTheEncoding(encoding: ExportEncoding) throws {
        let folder = try Self.world(ExportHabits(encoding: encoding, hasPlainDates: true))
        for file in try folder.exports() {
            let bytes = try folder.bytes(file)
            #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]) == (encoding == .utf8WithMark), "\(file)")
            #expect((String(bytes: bytes, encoding: .utf8) != nil) == (encoding != .gb18030), "\(file)")
        }
    }

    @Test func everyDayHasOneShape() throws {
        let folder = try Self.world(ExportHabits(hasPlainDates: true))
        for role in [SourceRole.posts, .tasks, .petitions, .ballots] {
            for row in try folder.rows(role) {
                for (field, text) in row where field.hasSuffix("date") && !text.isEmpty { #expect(CalendarDate(iso: text) != nil, "\(field) \(text)") }
            }
        }
    }

    /// Quoting changes how cells are written, never what they say.
    @Test func quotedCellsSayTheSame() throws {
        let (plain, quoted) = (try Self.world(ExportHabits(encoding: .utf8)), try Self.world(ExportHabits(encoding: .utf8, quotesEveryCell: true)))
        for file in try plain.exports() {
            let delimiter = try #require(Contracts.all().first { Contracts.matches(file, $0.pattern) }?.delimiter)
            #expect(try plain.read(file, delimiter: delimiter).records == quoted.read(file, delimiter: delimiter).records, "\(file)")
            #expect(try quoted.bytes(file).first == UInt8(ascii: "\""), "\(file)")
        }
    }

    @Test func nothingIsUntidyInATidyWorld() throws {
        let folder = try Self.world(ExportHabits(encoding: .utf8, hasPlainDates: true))
        #expect(try folder.truth("broken_rows.csv").isEmpty)
        #expect(try folder.truth("duplicates.csv").isEmpty)
    }
}
