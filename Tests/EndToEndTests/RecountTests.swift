import Foundation
import Tables
import Testing

/// An export of the sample as a person would read it: cells by column, full-width forms and spaces aside.
private func export(_ name: String, delimiter: Character = ",") throws -> [[String: String]] {
    let dialect = CSVDialect(delimiter: try #require(delimiter.asciiValue))
    let reader = try CSVFileReader(path: "\(Place.sample)/\(name)", encoding: .auto, dialect: dialect)
    let header = try #require(try reader.nextRow())
    var rows: [[String: String]] = []
    while let row = try reader.nextRow() {
        // A row with other cells than the header is none that can be counted.
        guard row.count == header.count else { continue }
        let cells = row.map { $0.precomposedStringWithCompatibilityMapping.trimmingCharacters(in: .whitespaces) }
        rows.append(Dictionary(uniqueKeysWithValues: zip(header, cells)))
    }
    return rows
}

/// Year, month and day at the start of a cell, however they are parted; `nil` where there is no such day.
private func day(_ text: String?) -> [Int]? {
    guard let parts = text?.wholeMatch(of: /(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?:\D.*)?/) else { return nil }
    let numbers = [parts.1, parts.2, parts.3].compactMap { Int($0) }
    guard numbers.count == 3 else { return nil }
    let date = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
    return date.isValidDate(in: Calendar(identifier: .gregorian)) ? numbers : nil
}

@Suite("Counts of the sample, made once more by nothing of the pipeline but its CSV reader") struct RecountTests {
    /// Whether the night of 2026-10-31 knows a day; exports go back to 2010.
    private func isKnown(_ day: [Int]) -> Bool { [2010].lexicographicallyPrecedes(day) && ![2026, 10, 31].lexicographicallyPrecedes(day) }

    /// The months of the tables' windows: twelve.
    private func isInWindow(_ day: [Int]) -> Bool { isKnown(day) && [2025, 11].lexicographicallyPrecedes(day) }

    @Test("each cadre's ballots: counted, repeated, of raters who gave everybody one mark, and outside the period")
    func ballots() throws {
        let known = Set(try export("roster.csv").compactMap { $0["工号"] })
        // Of a rater, a cadre and a day the last one stands.
        var marks: [[String]: (mark: Double, day: [Int])] = [:]
        for year in ["2024", "2025", "2026"] {
            for row in try export("ballots_\(year).csv", delimiter: "\t") {
                guard let rater = row["评议人代号"], let cadre = row["被评议人工号"], let day = day(row["评议日期"]), let mark = row["评分"].flatMap({ Double($0) }),
                    !rater.isEmpty, known.contains(cadre), isKnown(day), (0...100).contains(mark)
                else { continue }
                marks[[rater, cadre] + day.map(String.init)] = (mark, day)
            }
        }
        var given: [String: [String: [Double]]] = [:]
        var counts: [String: [Int]] = [:]
        for (key, ballot) in marks {
            counts[key[1], default: [0, 0, 0, 0]][3] += isInWindow(ballot.day) ? 0 : 1
            if isInWindow(ballot.day) { given[key[0], default: [:]][key[1], default: []].append(ballot.mark) }
        }
        for (_, people) in given {
            let isStraight = people.count >= 8 && Set(people.values.joined()).count == 1
            for (cadre, marks) in people {
                if isStraight {
                    counts[cadre]?[2] += marks.count
                } else {
                    counts[cadre]?[0] += 1
                    counts[cadre]?[1] += marks.count - 1
                }
            }
        }
        var published: [String: [Int]] = [:]
        for row in try sampleRun.get().table("double_evaluation").records where row["level"] == "cadre" {
            let columns = ["ballots_counted", "set_aside_repeated", "set_aside_straight", "set_aside_period"]
            published[row["cadre_id"] ?? ""] = columns.map { Int(row[$0] ?? "") ?? -1 }
        }
        let differing = Set(published.keys).union(counts.keys).filter { published[$0] != counts[$0] }.sorted()
        #expect(published.count > 500)
        #expect(differing.isEmpty, "\(differing.map { "\($0): \(published[$0] ?? []), not \(counts[$0] ?? [])" })")
        // All four kinds are there to be counted.
        #expect((0..<4).allSatisfy { kind in counts.values.contains { $0[kind] > 0 } })
    }

    @Test("each unit's petitions of each kind, under whatever name it is written")
    func petitions() throws {
        var units: [String: Set<String>] = [:]
        for row in try export("units.csv") {
            let id = row["单位代码"] ?? ""
            let names = ["单位名称", "简称", "曾用名"].flatMap { (row[$0] ?? "").split { ";；".contains($0) }.map(String.init) }
            for name in names + [id] { units[name, default: []].insert(id) }
        }
        let rows = try sampleRun.get().table("petition_handling").records
        let kinds = Set(rows.compactMap { $0["petition_kind_zh"] })
        // What is delivered twice counts once.
        var standing: [String: (unit: String, kind: String)] = [:]
        for year in ["2024", "2025", "2026"] {
            for row in try export("petitions_\(year).csv") {
                guard let id = row["信访编号"], !id.isEmpty, let kind = row["信访类别"], kinds.contains(kind) else { continue }
                guard let received = day(row["收到时间"]), isInWindow(received) else { continue }
                let meant = units[row["承办单位"] ?? ""] ?? []
                standing[id] = (meant.count == 1 ? meant.first ?? "" : "", kind)
            }
        }
        let counts = standing.values.reduce(into: [[String]: Int]()) { $0[[$1.unit, $1.kind], default: 0] += 1 }
        let published = rows.reduce(into: [[String]: Int]()) { $0[[$1["unit_id"] ?? "", $1["petition_kind_zh"] ?? ""]] = Int($1["received"] ?? "") }
        #expect(counts.count > 50 && published.filter { $0.value > 0 } == counts)
    }
}
