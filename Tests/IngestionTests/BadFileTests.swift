import Foundation
import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// What a file gets that is broken as a file. Every case: the error, a finding at its place, and a row account that adds up.
@Suite("Broken files") struct BadFileTests {
    private let header = "cadre_id,name,birth_date,unit,entry_date\n"
    private let sound = "C1,张一,1980-01-01,U1,2005-01-01\n"

    private func night(_ bytes: [UInt8], change: (inout SourceContract) -> Void = { _ in }) throws -> Ingested {
        let exports = try Exports()
        try exports.write("roster.csv", bytes: bytes)
        var contract = SourceContract.roster
        change(&contract)
        return try ingest(exports, [contract])
    }

    private func night(_ text: String, change: (inout SourceContract) -> Void = { _ in }) throws -> Ingested {
        try night(Array(text.utf8), change: change)
    }

    private func nothingIsLeft(_ night: Ingested) throws {
        #expect(try night.rows(.roster).isEmpty)
        #expect(try night.all(SourceFileRecord.self).isEmpty)
    }

    @Test("an empty file is refused")
    func empty() throws {
        let night = try night("")
        #expect(night.isRefused)
        let finding = try night.first("EmptyFile")
        #expect(finding.location == .init(file: "roster.csv"))
        #expect(finding.severity == .error)
        #expect(try night.account("roster") == Account(read: 0, accepted: 0))
        try nothingIsLeft(night)
    }

    @Test("a header alone is accepted, with a warning")
    func headerOnly() throws {
        let night = try night(header)
        #expect(night.error == nil)
        #expect(try night.first("NoRows").severity == .warning)
        #expect(try night.account("roster") == Account(read: 0, accepted: 0))
    }

    @Test("a missing export stops the night only where it is required", arguments: [true, false])
    func missing(required: Bool) throws {
        var contract = SourceContract.roster
        contract.required = required
        let night = try ingest(try Exports(), [contract])
        #expect(night.isMissing == required)
        let finding = try night.first("MissingFile")
        #expect(finding.severity == (required ? .error : .warning))
        #expect(finding.location.file == "roster*.csv")
        #expect(finding.message.contains(required ? "required" : "not zero"))
    }

    @Test("a missing input folder is told once, not once for each export")
    func missingFolder() throws {
        let exports = try Exports()
        try FileManager.default.removeItem(atPath: exports.folder)
        let night = try ingest(exports, [.roster, .units])
        #expect(night.isMissing)
        #expect(night.findings.map(\.check.rawValue) == ["MissingInput"])
    }

    @Test("a folder in the place of an export")
    func directory() throws {
        let exports = try Exports()
        try FileManager.default.createDirectory(atPath: exports.folder + "/roster.csv", withIntermediateDirectories: true)
        let night = try ingest(exports, [.roster])
        #expect(night.isMissing)
        #expect(try night.first("UnreadableFile").message.contains("folder"))
    }

    @Test("an export that may not be read", .enabled(if: geteuid() != 0, "root may read everything"))
    func noPermission() throws {
        let exports = try Exports()
        try exports.write("roster.csv", header + sound)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: exports.folder + "/roster.csv")
        let night = try ingest(exports, [.roster])
        #expect(night.isMissing)
        #expect(try night.first("UnreadableFile").hint?.contains("permission") == true)
    }

    @Test("a pipe in the place of an export does not hang the night")
    func pipe() throws {
        let exports = try Exports()
        try #require(mkfifo(exports.folder + "/roster.csv", 0o600) == 0)
        #expect(try ingest(exports, [.roster]).isMissing)
    }

    @Test("a file that ends in the middle of a row is refused")
    func truncated() throws {
        let night = try night(header + sound + "C2,李")
        #expect(night.isRefused)
        let finding = try night.first("TruncatedFile")
        #expect(finding.location.line == 3)
        #expect(try night.account("roster") == Account(read: 2, accepted: 1, rejected: 1))
    }

    @Test("a last row that is whole needs no line break, but its lack is noted")
    func noFinalLineBreak() throws {
        let night = try night(header + sound.dropLast())
        #expect(night.error == nil)
        #expect(try night.first("NoFinalLineBreak").severity == .note)
        #expect(try night.account("roster") == Account(read: 1, accepted: 1))
    }

    @Test("a quote that is never closed, and one in the middle of a field, are refused where they stand")
    func quotes() throws {
        let open = try night(header + sound + "C2,\"李二,1981-01-01,U1,2005-01-01\nC3,王三,1982-01-01,U1,2005-01-01\n")
        #expect(open.isRefused)
        #expect(try open.first("MalformedCSV").location == .init(file: "roster.csv", line: 3, column: 2))
        #expect(try open.account("roster") == Account(read: 1, accepted: 1))
        let stray = try night(header + sound + "C2,李\"二,1981-01-01,U1,2005-01-01\n")
        #expect(stray.isRefused)
        #expect(try stray.first("MalformedCSV").location == .init(file: "roster.csv", line: 3, column: 2))
    }

    @Test("5,000 columns: the first unknown ones are named, the others counted")
    func manyColumns() throws {
        let names = (6...5_000).map { "x\($0)" }.joined(separator: ",")
        let night = try night(header.dropLast() + "," + names + "\n" + sound.dropLast() + String(repeating: ",", count: 4_995) + "\n")
        #expect(night.error == nil)
        let unknown = night.findings.filter { $0.check == "UnknownColumn" }
        #expect(unknown.count == 21)
        #expect(unknown.contains { $0.message.contains("4975 further columns") })
        #expect(try night.account("roster") == Account(read: 1, accepted: 1))
    }

    @Test("a cell of 1 MB: refused with its length where it is mapped, nothing where it is not", arguments: [true, false])
    func largeCell(isMapped: Bool) throws {
        let large = String(repeating: "文", count: 350_000)
        let name = isMapped ? "name" : "remarks"
        let night = try night("cadre_id,\(name)\nC1,\(large)\nC2,李二\n") { contract in
            contract = .plain(.roster, isMapped ? ["cadre_id", "name"] : ["cadre_id"], key: ["cadre_id"])
            contract.ignoredColumns = ["remarks"]
        }
        #expect(night.error == nil)
        #expect(try night.account("roster") == (isMapped ? Account(read: 2, accepted: 1, rejected: 1) : Account(read: 2, accepted: 2)))
        guard isMapped else { return }
        let reject = try #require(try night.all(RejectRecord.self).first)
        #expect(reject.check == "FieldTooLong" && reject.value == "1050000 bytes" && reject.line == 2 && reject.column == 2)
    }

    @Test("lines end with LF, CRLF or CR", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        let text = header + sound + "C2,李二,1981-02-30,U1,2005-01-01\n"
        let night = try night(text.replacing("\n", with: end))
        #expect(try night.account("roster") == Account(read: 2, accepted: 1, rejected: 1))
        #expect(try night.first("NotADate").location.line == 3)
    }

    @Test("a row is where it starts, whatever line breaks its texts have")
    func quotedLineBreaks() throws {
        let night = try night("cadre_id,name,birth_date,unit,entry_date\nC1,\"张\n一\",1980-01-01,U1,2005-01-01\nC2,李二,x,U1,2005-01-01\n")
        #expect(try night.rows(.roster).map(\.line) == [2])
        #expect(try night.first("NotADate").location == .init(file: "roster.csv", line: 4, column: 3, field: "birth_date"))
    }

    @Test("UTF-16 is named")
    func utf16() throws {
        let night = try night([0xFF, 0xFE, 0x41, 0x00])
        #expect(night.isRefused)
        #expect(try night.first("UnsupportedEncoding").value == "UTF-16")
    }
}
