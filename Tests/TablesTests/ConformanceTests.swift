import Foundation
import Testing

@testable import Tables

/// CSV files with the right answer beside them, kept outside the repository.
enum Conformance {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../shared/csv-conformance").standardized
    static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    /// `second/simple-lf` for each file, with or without an answer.
    static let names: [String] = ["second", "spectrum"].flatMap { set in
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(set + "/csv").path)) ?? []
        return files.filter { $0.hasSuffix(".csv") }.map { set + "/" + $0.dropLast(4) }.sorted()
    }

    /// The file's bytes. The copies of the CRLF files have lost their carriage returns on the way, which their answers still show: they get them back.
    static func bytes(_ name: String) throws -> [UInt8] {
        let parts = name.split(separator: "/")
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("\(parts[0])/csv/\(parts[1]).csv")))
        if !name.hasSuffix("crlf") || bytes.contains(Byte.carriageReturn) { return bytes }
        return bytes.flatMap { $0 == Byte.lineFeed ? [Byte.carriageReturn, $0] : [$0] }
    }

    /// Rows as arrays, or as objects by the header's names; `nil` where there is no answer.
    static func answer(_ name: String) throws -> Any? {
        let parts = name.split(separator: "/")
        let file = folder.appendingPathComponent("\(parts[0])/json/\(parts[1]).json")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    }
}

@Suite("The conformance files", .enabled(if: Conformance.isPresent))
struct ConformanceTests {
    /// Two quotes stand bare in an unquoted field, which RFC 4180 forbids and this reader never guesses about (and the answer beside it is for another row).
    private static let refused = "spectrum/location_coordinates"

    @Test("give their answers on every path", arguments: Conformance.names.filter { !$0.hasPrefix("second/bad-") && $0 != refused })
    func giveTheirAnswers(name: String) throws {
        let answer = try #require(try Conformance.answer(name))
        let isHeaderless = name.hasPrefix("second/") && !name.hasPrefix("second/header-")
        for var way in Way.all {
            way.blankLinesAreRecords = isHeaderless
            let table = read(try Conformance.bytes(name), way)
            #expect(table.error == nil)
            if isHeaderless {
                #expect(table.rows == answer as? [[String]], "\(way.testDescription)")
            } else {
                let header = try #require(table.rows.first)
                let objects = table.rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
                // A single record may be an object, not an array of one.
                let expected = try answer as? [[String: String]] ?? [#require(answer as? [String: String])]
                #expect(objects == expected, "\(way.testDescription)")
            }
        }
    }

    @Test("read the same by cutting, by libcsv and plainly", arguments: Conformance.names)
    func agree(name: String) throws {
        let bytes = try Conformance.bytes(name)
        let expected = PlainReader.read(bytes)
        for way in Way.all { #expect(read(bytes, way) == expected, "\(way.testDescription)") }
    }

    @Test(
        "that are broken are refused, with the place and the reason",
        arguments: [
            ("second/bad-missing-quote", Malformation.Kind.unterminatedQuote(openedAtLine: 2), 2, 2, 43),
            ("second/bad-quotes-with-unescaped-quote", .textAfterQuote, 2, 2, 30),
            ("second/bad-unescaped-quote", .unescapedQuote, 2, 2, 19),
            (refused, .unescapedQuote, 2, 2, 81),
        ])
    func areRefused(name: String, kind: Malformation.Kind, line: Int, column: Int, offset: Int) throws {
        let table = read(try Conformance.bytes(name))
        #expect(table.records.count == 1, "the header")
        #expect(table.malformation == Malformation(kind: kind, line: line, recordLine: line, recordNumber: 2, column: column, byteOffset: offset))
    }

    @Test("that break a contract and not the form are read, so that the contract can tell", arguments: [("less", 2), ("more", 4)])
    func areReadAsTheyAre(name: String, fields: Int) throws {
        let table = read(try Conformance.bytes("second/bad-header-\(name)-fields"))
        #expect(table.error == nil)
        #expect(table.records.map(\.fields.count) == [3, fields])
        #expect(table.records.map(\.line) == [1, 2])
    }

    @Test("without the right header show what they have")
    func showTheirHeader() throws {
        #expect(read(try Conformance.bytes("second/bad-header-no-header")) == ReadTable())
        #expect(read(try Conformance.bytes("second/bad-header-wrong-header")).rows == [["qux", "quux", "quuz"]])
    }
}
