import Foundation
import PipelineModel
import Tables
import Testing
import Warehouse

@testable import Reporting

@Suite("Tables for a unit's head") struct UnitFolderTests {
    /// Everything that is shown of some units, and of their kinds, as numbers with the equations that hold between them.
    private struct Shown {
        var values: [Int] = []
        var isShown: [Bool] = []
        var derivation = Derivation()

        mutating func add(_ value: Int, _ isShown: Bool) -> Int {
            values.append(value)
            self.isShown.append(isShown)
            return values.count - 1
        }

        /// Cadres, judged, not judged, flagged.
        mutating func add(_ line: SummaryLine) -> [Int] {
            let cells = [
                add(line.tally.cadres, !line.hidesCadres), add(line.tally.judged, !line.hidesJudged), add(line.tally.notJudged, !line.hidesJudged),
                add(line.tally.flagged, !line.hidesFlagged),
            ]
            derivation.add(total: cells[0], parts: [cells[1], cells[2]])
            return cells
        }

        /// The staff table; its last total is the summary's number of cadres.
        mutating func add(_ lines: [StaffLine], cadres: Int) {
            let places = lines.enumerated().map { index, line in
                line.counts.indices.map { column in
                    index == lines.count - 1 && column == 4 ? cadres : add(line.counts[column], !line.isHidden[column])
                }
            }
            for row in places { derivation.add(total: row[4], parts: Array(row[0..<4])) }
            for column in 0..<5 { derivation.add(total: places[places.count - 1][column], parts: places.dropLast().map { $0[column] }) }
        }

        /// A count of people of the unit: those who meet it, those who do not, and those whom it leaves out.
        mutating func add(_ count: MeasuredCount, as shown: MeasuredCount, of whole: Int) {
            guard let numerator = count.numerator, let denominator = count.denominator else { return }
            let (meets, all) = (add(numerator, shown.numerator != nil), add(denominator, shown.denominator != nil))
            derivation.add(total: all, parts: [meets, add(denominator - numerator, false)])
            derivation.add(total: whole, parts: [all, add(values[whole] - denominator, false)])
        }

        /// Small numbers that can be read or worked out.
        var given: [Int] {
            let known = derivation.determined(unknown: values.indices.filter { !isShown[$0] }) + values.indices.filter { isShown[$0] }
            return known.filter { values[$0] > 0 && values[$0] < 5 }
        }
    }

    @Test("from all folders and both summaries together no number of one to four people can be worked out", arguments: 1...60)
    func property(seed: Int) {
        var lot = Lot(state: UInt64(seed))
        let units = (0..<Int.random(in: 1...9, using: &lot)).map { index in
            let judged = Int.random(in: 0...14, using: &lot)
            let notJudged = [0, 0, 1, 3, 6].randomElement(using: &lot) ?? 0
            return SummaryLine(
                unitID: "U\(index)", kind: [.county, .township].randomElement(using: &lot),
                tally: Tally(judged: judged, notJudged: notJudged, flagged: Int.random(in: 0...(judged + notJudged) / 2, using: &lot)))
        }
        let summary = Summary(units: units)
        var shown = Shown()
        let lines = summary.units.map { shown.add($0) }
        for kind in summary.kinds {
            let total = shown.add(kind)
            let parts = summary.units.indices.filter { summary.units[$0].kind == kind.kind }.map { lines[$0] }
            for cell in total.indices { shown.derivation.add(total: total[cell], parts: parts.map { $0[cell] }) }
        }
        for (line, places) in zip(summary.units, lines) where line.tally.cadres > 0 {
            let staff = (0..<line.tally.cadres).map { _ in
                StaffMember(
                    rank: ["科员", "副科级", "正科级", nil].randomElement(using: &lot) ?? nil,
                    serviceClass: CivilServiceClass.allCases.randomElement(using: &lot))
            }
            let unitNight = UnitNight(line: line, progress: [], staff: staff)
            shown.add(StaffLine.lines(of: unitNight), cadres: places[0])
            for whole in [0, 1] {
                for _ in 0..<3 {
                    let denominator = Int.random(in: 0...shown.values[places[whole]], using: &lot)
                    let count = MeasuredCount(numerator: Int.random(in: 0...denominator, using: &lot), denominator: denominator)
                    shown.add(count, as: UnitProgress.shown(count, beside: line), of: places[whole])
                }
            }
        }
        #expect(shown.given.map { shown.values[$0] } == [], "\(units.map(\.tally))")
    }

    @Test(
        "a measure of few people, or one that gives few away, is blank",
        arguments: [
            (12, 20, 12, 20), (4, 20, nil, 20), (16, 20, nil, 20), (0, 20, 0, 20), (20, 20, 20, 20), (6, 18, nil, nil), (6, 10, nil, 10), (2, 3, nil, nil),
            (0, 0, 0, 0), (3, nil, nil, nil), (7, nil, 7, nil),
        ] as [(Int, Int?, Int?, Int?)])
    func measures(numerator: Int, denominator: Int?, shownNumerator: Int?, shownDenominator: Int?) {
        let line = SummaryLine(unitID: "U1", tally: Tally(judged: 20, notJudged: 0, flagged: 0))
        let shown = UnitProgress.shown(MeasuredCount(numerator: numerator, denominator: denominator), beside: line)
        #expect(shown == MeasuredCount(numerator: shownNumerator, denominator: shownDenominator))
    }

    @Test("a number that the unit's line leaves blank stands nowhere else in its folder")
    func blankElsewhere() {
        let line = SummaryLine(unitID: "U1", tally: Tally(judged: 30, notJudged: 9, flagged: 8), hidesJudged: true, hidesFlagged: true)
        for (numerator, denominator) in [(10, 30), (8, 50), (30, 50), (20, 50)] {
            let shown = UnitProgress.shown(MeasuredCount(numerator: numerator, denominator: denominator), beside: line)
            #expect(shown.numerator == nil, "\(numerator) of \(denominator)")
        }
    }

    @Test("each unit with cadres has a folder of its own with its own rows, private, listed in the manifest, without names and flags")
    func folders() throws {
        let night = try Night()
        defer { night.remove() }
        try night.fill(members: 12)
        try night.warehouse.write { transaction in
            try transaction.insert(
                ["", "U1", "U2"].map { unit in
                    ImplementationProgress(
                        number: 1, measure: "m", mechanism: .care, labelChinese: "量", labelEnglish: "measure", unitID: unit, numerator: 6, denominator: 20,
                        lastMonthNight: nil, lastMonthNumerator: nil, lastMonthDenominator: nil, yearAgoNight: nil, yearAgoNumerator: nil,
                        yearAgoDenominator: nil)
                })
        }
        let files = try night.export()
        let names = TableCatalogue.unitDefinitions.map(\.name)
        #expect(
            files.map(\.name).filter { $0.hasPrefix("units/") } == ["U1", "U2"].flatMap { unit in names.map { "units/\(unit)/\($0).csv" } })
        for unit in ["U1", "U2"] {
            let folder = night.folder.appending(path: "units/\(unit)")
            #expect(try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
            for (name, definition) in zip(names, TableCatalogue.unitDefinitions) {
                let path = folder.appending(path: "\(name).csv")
                #expect(try FileManager.default.attributesOfItem(atPath: path.path)[.posixPermissions] as? Int == 0o600)
                let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
                #expect(text.hasPrefix("\u{FEFF}" + definition.header.joined(separator: ",")))
                for word in [unit == "U1" ? "U2" : "U1", "'=甲", "C1", "F1", "N1"] { #expect(!text.contains(word), "\(word) in \(unit)/\(name)") }
            }
        }
        let summary = try night.table("units/U1/summary")
        #expect(summary[1].prefix(2) == ["U1", "单位U1"] && summary.count == 2)
        #expect(try night.table("summary_by_unit").dropFirst().first == summary[1])
        #expect(try night.table("units/U1/implementation_progress").dropFirst().map { $0[5...7].joined(separator: " ") } == ["6 20 0.3000"])
        // The other unit's one cadre would follow from these twelve and the kind's thirteen.
        #expect(try night.table("units/U1/staff").map { $0[6] } == ["cadres", "", ""])
    }

    @Test("a unit's number becomes a folder's name that leads nowhere else", arguments: [("330302000", "330302000"), ("../x", "%2e%2e%2fx"), ("甲 1", "甲%201")])
    func names(unitID: String, name: String) {
        #expect(UnitFolders.name(of: unitID) == name)
    }
}
