import Foundation
import PipelineModel
import Tables
import Testing
import Warehouse

@testable import Ingestion

@Suite("Encodings and marks") struct EncodingTests {
    private static let chinese: SourceContract = {
        var contract = SourceContract.plain(.roster, ["cadre_id", "name"], key: ["cadre_id"])
        contract.columns[0].column = "工号"
        contract.columns[1].column = "姓名"
        return contract
    }()
    private static let ascii = SourceContract.plain(.roster, ["cadre_id", "name"], key: ["cadre_id"])

    /// The bytes of a text in GB18030, as our own writer makes them.
    private func gb18030(_ text: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", "GB18030"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }

    private func night(_ bytes: [UInt8], _ contract: SourceContract, _ encoding: TextEncodingName) throws -> Ingested {
        let exports = try Exports()
        try exports.write("roster.csv", bytes: bytes)
        var contract = contract
        contract.encoding = encoding
        return try ingest(exports, [contract])
    }

    @Test("a header in another encoding than declared is refused, and the right one named", arguments: [true, false])
    func wrongHeader(isGB: Bool) throws {
        let text = "工号,姓名\nC1,张一\n"
        let night = try night(isGB ? try gb18030(text) : Array(text.utf8), EncodingTests.chinese, isGB ? .utf8 : .gb18030)
        #expect(night.isRefused)
        #expect(night.checks.contains("NoHeader"))
        let finding = try night.first("WrongEncoding")
        #expect(finding.hint?.contains(isGB ? "gb18030" : "utf-8") == true)
        #expect(night.findings.filter { $0.check == "WrongEncoding" }.count == 1)
    }

    @Test("under an ASCII header, GB18030 read as UTF-8 is refused as mostly rejected")
    func gbAsUTF8() throws {
        let night = try night(try gb18030("cadre_id,name\n" + (1...12).map { "C\($0),张一\n" }.joined()), EncodingTests.ascii, .utf8)
        #expect(night.isRefused)
        #expect(try night.first("InvalidBytes").location.line == 2)
        #expect(night.checks.contains("MostRowsRejected"))
        #expect(try night.account("roster") == Account(read: 12, accepted: 0, rejected: 12))
    }

    @Test("under an ASCII header, UTF-8 read as GB18030 is seen, although every byte of it is allowed")
    func utf8AsGB() throws {
        let night = try night(Array("cadre_id,name\nC1,张一\nC2,欧阳二三四\n".utf8), EncodingTests.ascii, .gb18030)
        #expect(night.isRefused)
        let finding = try night.first("WrongEncoding")
        #expect(finding.location.line == 3)
    }

    @Test("files of two encodings one behind the other are refused", arguments: [TextEncodingName.auto, .gb18030])
    func mixed(encoding: TextEncodingName) throws {
        let bytes = try gb18030("cadre_id,name\nC1,张一\n") + Array("C2,欧阳二三四\n".utf8)
        let night = try night(bytes, EncodingTests.ascii, encoding)
        #expect(night.isRefused)
        #expect(try night.first("MixedEncodings").location.line == 3)
    }

    @Test("in a file declared UTF-8 only the rows of another encoding are rejected")
    func mixedUTF8() throws {
        let bytes = Array("cadre_id,name\nC1,张一\nC3,王三\n".utf8) + (try gb18030("C2,李二\n"))
        let night = try night(bytes, EncodingTests.ascii, .utf8)
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 3, accepted: 2, rejected: 1))
        #expect(try night.all(RejectRecord.self).map(\.line) == [4])
    }

    @Test("Chinese in GB18030 is no UTF-8")
    func noFalseAlarm() throws {
        let names = ["联通", "中共温州市委组织部干部监督处", "鹿城区五马街道办事处", "瓯海", "乐清市人民政府"]
        let text = "cadre_id,name\n" + names.enumerated().map { "C\($0),\($1)\n" }.joined()
        let night = try night(try gb18030(text), EncodingTests.ascii, .auto)
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 5, accepted: 5))
        #expect(try night.rows(.roster).map { NamedFields($0, .roster).text("name") } == names)
    }

    @Test("a mark is noted where the contract has none, and missed where it has one")
    func marks() throws {
        let text = "cadre_id,name\nC1,张一\n"
        let marked = try night([0xEF, 0xBB, 0xBF] + Array(text.utf8), EncodingTests.ascii, .utf8)
        #expect(marked.error == nil && marked.checks == ["ByteOrderMark"])
        let bare = try night(Array(text.utf8), EncodingTests.ascii, .utf8WithMark)
        #expect(bare.error == nil && bare.checks == ["NoByteOrderMark"])
    }

    @Test("marked files one behind the other: the second header is rejected, and no mark sticks to a key")
    func markInside() throws {
        let night = try night(
            Array("cadre_id,name\nC1,张一\n\u{FEFF}cadre_id,name\nC2,李二\n\u{FEFF}C3,王三\n".utf8), EncodingTests.ascii, .utf8)
        #expect(night.error == nil)
        #expect(try night.account("roster") == Account(read: 4, accepted: 3, rejected: 1))
        #expect(try night.first("RepeatedHeader").location.line == 4 - 1)
        #expect(try night.first("ByteOrderMarkInside").location.line == 5)
        #expect(try night.rows(.roster).map { NamedFields($0, .roster).text("cadre_id") } == ["C1", "C2", "C3"])
    }
}
