import PipelineModel
import Tables
import Warehouse

/// The tables that a unit's head gets: counts of the unit, no name, no flag, no petition.
enum UnitTables {
    static let summary = UnitTable<SummaryLine>(
        "summary", "the unit: its cadres in service, judged, not judged and flagged, as in `summary_by_unit.csv`",
        columns: [
            Column("unit_id", "the unit") { .text(optional: $0.unitID) }, Column("unit_name", "its name") { .text(optional: $0.unitName) },
        ] + SummaryTables.counts
    ) { [$0.line] }

    static let staff = UnitTable<StaffLine>(
        "staff", "one rank of the unit, or all: its cadres in service by class of civil servant; small cells, and those that would give them away, are blank",
        columns: [
            Column("scope", "`rank`, or `all` for the last row") { .text($0.isAll ? "all" : "rank") },
            Column("rank", "rank as the HR system writes it; blank where it says none, and in the last row") { .text(optional: $0.rank) },
            Column("general_administration", "综合管理") { $0.cell(0) }, Column("law_enforcement", "行政执法") { $0.cell(1) },
            Column("professional_technical", "专业技术") { $0.cell(2) }, Column("no_class", "cadres for whom the roster has no class") { $0.cell(3) },
            Column("cadres", "all of them") { $0.cell(4) },
            Column("suppressed", "`true` where a cell was left blank: of 1 to 4 people, or one that would give such a cell away") {
                .flag($0.isHidden.contains(true))
            },
        ]
    ) { StaffLine.lines(of: $0) }

    static let progress = UnitTable<UnitProgress>(
        "implementation_progress", "one measure of the opinion for the unit: tonight, last month and a year ago; small cells are blank",
        columns: [
            Column("measure", "the measure's id") { .text($0.record.measure) },
            Column("measure_zh", "what it measures, in Chinese") { .text($0.record.labelChinese) },
            Column("measure_en", "what it measures, in English") { .text($0.record.labelEnglish) },
            Column("mechanism", "education, selection, appraisal, faultTolerance, clarification, care, organisation") { .code($0.record.mechanism) },
            Column("mechanism_zh", "the same in Chinese") { .chinese($0.record.mechanism) },
            Column("numerator", "how many meet the measure tonight; blank also where 1 to 4 do, or 1 to 4 do not") {
                .integer(optional: $0.tonight.numerator)
            },
            Column("denominator", "out of how many; blank for a plain count") { .integer(optional: $0.tonight.denominator) },
            Column("share", "numerator out of denominator") { $0.tonight.cell },
            Column("last_month_night", "newest night of the month before tonight's; blank where there was none") { .date($0.record.lastMonthNight) },
            Column("last_month_numerator", "the numerator on that night") { .integer(optional: $0.lastMonth.numerator) },
            Column("last_month_denominator", "the denominator on that night") { .integer(optional: $0.lastMonth.denominator) },
            Column("change_since_last_month", "share less share, or count less count; blank where one of them is") { $0.tonight.change(since: $0.lastMonth) },
            Column("year_ago_night", "newest night of the month twelve months before tonight's; blank where there was none") {
                .date($0.record.yearAgoNight)
            },
            Column("year_ago_numerator", "the numerator on that night") { .integer(optional: $0.yearAgo.numerator) },
            Column("year_ago_denominator", "the denominator on that night") { .integer(optional: $0.yearAgo.denominator) },
            Column("change_since_year_ago", "share less share, or count less count; blank where one of them is") { $0.tonight.change(since: $0.yearAgo) },
            Column("suppressed", "`true` where a number was left blank for the sake of few people") { .flag($0.isSuppressed) },
        ]
    ) { unit in unit.progress.map { UnitProgress($0, beside: unit.line) } }
}

/// One rank of a unit by class, with its total.
struct StaffLine {
    let isAll: Bool
    let rank: String?
    /// The three classes in their order, no class, and all.
    let counts: [Int]
    let isHidden: [Bool]

    func cell(_ place: Int) -> Cell { isHidden[place] ? .empty : .integer(counts[place]) }

    /// Ranks by name, the unknown one last, then all together. The total of all is the summary's, and blank with it.
    static func lines(of unit: UnitNight) -> [StaffLine] {
        var counts: [String?: [Int]] = [:]
        var all = [0, 0, 0, 0, 0]
        for member in unit.staff {
            let column = member.serviceClass.flatMap { CivilServiceClass.allCases.firstIndex(of: $0) } ?? 3
            for place in [column, 4] {
                counts[member.rank, default: [0, 0, 0, 0, 0]][place] += 1
                all[place] += 1
            }
        }
        let ranks = counts.sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
        let width = all.count
        let values = ranks.flatMap(\.value) + all
        var sums = (0...ranks.count).map { CellSuppression.Sum(total: $0 * width + 4, parts: Array($0 * width..<$0 * width + 4)) }
        for column in 0..<width {
            sums.append(CellSuppression.Sum(total: ranks.count * width + column, parts: ranks.indices.map { $0 * width + column }))
        }
        let last = ranks.count * width + 4
        let isHidden = CellSuppression(
            values: values, sums: sums, hidden: unit.line.hidesCadres ? [last] : [], published: unit.line.hidesCadres ? [] : [last]
        ).isHidden
        return (ranks.map { (Optional.some($0.key), $0.value) } + [(nil, all)]).enumerated().map { index, line in
            StaffLine(isAll: line.0 == nil, rank: line.0 ?? nil, counts: line.1, isHidden: Array(isHidden[index * width..<(index + 1) * width]))
        }
    }
}

/// A measure of a unit without the numbers that would be about few people.
struct UnitProgress {
    let record: ImplementationProgress
    let tonight: MeasuredCount
    let lastMonth: MeasuredCount
    let yearAgo: MeasuredCount
    let isSuppressed: Bool

    init(_ record: ImplementationProgress, beside line: SummaryLine) {
        self.record = record
        tonight = UnitProgress.shown(record.tonight, beside: line)
        lastMonth = UnitProgress.shown(record.lastMonth, beside: line)
        yearAgo = UnitProgress.shown(record.yearAgo, beside: line)
        isSuppressed = tonight != record.tonight || lastMonth != record.lastMonth || yearAgo != record.yearAgo
    }

    /// A count without what is small, or gives a small one away: how many meet the measure, how many do not, how many of the unit's cadres it leaves out,
    /// and any number that the unit's line of the summary leaves blank.
    static func shown(_ count: MeasuredCount, beside line: SummaryLine) -> MeasuredCount {
        func isSmall(_ number: Int) -> Bool { number > 0 && number < SummaryLine.smallestCell }
        var blanked: Set<Int> = []
        if line.hidesCadres { blanked.insert(line.tally.cadres) }
        if line.hidesJudged { blanked.formUnion([line.tally.judged, line.tally.notJudged]) }
        if line.hidesFlagged { blanked.insert(line.tally.flagged) }
        func mustHide(_ number: Int) -> Bool { isSmall(number) || (number > 0 && blanked.contains(number)) }

        var shown = count
        guard let denominator = count.denominator else {
            if let numerator = count.numerator, mustHide(numerator) { shown.numerator = nil }
            return shown
        }
        let left = [line.tally.cadres, line.tally.judged].map { $0 - denominator }
        if mustHide(denominator) || left.contains(where: isSmall) { shown.denominator = nil }
        if let numerator = count.numerator, mustHide(numerator) || mustHide(denominator - numerator) { shown.numerator = nil }
        // What is out of a blank number would tell it, as how many are and are not: the two go together.
        if shown.denominator == nil { shown.numerator = nil }
        return shown
    }
}
