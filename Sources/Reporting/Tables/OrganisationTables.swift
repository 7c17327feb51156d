import PipelineModel
import Tables
import Warehouse

/// The organisation: how far the opinion is carried out.
enum OrganisationTables {
    static let progress = Table<Looked<ImplementationProgress>>(
        "implementation_progress",
        "one measure of the opinion for one unit, or for all: tonight, last month and a year ago; a census of what the exports name, so without intervals",
        isListOfNames: true,
        columns: [
            Column("measure", "the measure's id") { .text($0.record.measure) },
            Column("measure_zh", "what it measures, in Chinese") { .text($0.record.labelChinese) },
            Column("measure_en", "what it measures, in English") { .text($0.record.labelEnglish) },
            Column("mechanism", "education, selection, appraisal, faultTolerance, clarification, care, organisation") { .code($0.record.mechanism) },
            Column("mechanism_zh", "the same in Chinese") { .chinese($0.record.mechanism) },
            Column("unit_id", "the unit; blank for all units together") { .text($0.record.unitID) },
            Column("unit_name", "its name") { .text(optional: $0.night.unitName($0.record.unitID)) },
            Column("numerator", "how many meet the measure tonight; blank where nothing is known tonight") { .integer(optional: $0.record.numerator) },
            Column("denominator", "out of how many; blank for a plain count") { .integer(optional: $0.record.denominator) },
            Column("share", "numerator out of denominator; blank where there was nothing to measure, which is not zero") { $0.record.tonight.cell },
            Column("last_month_night", "newest night of the month before tonight's; blank where there was none") { .date($0.record.lastMonthNight) },
            Column("last_month_numerator", "the numerator on that night") { .integer(optional: $0.record.lastMonthNumerator) },
            Column("last_month_denominator", "the denominator on that night") { .integer(optional: $0.record.lastMonthDenominator) },
            Column("last_month_share", "the share on that night") { $0.record.lastMonth.cell },
            Column("change_since_last_month", "share less that share, or count less that count; blank where one is unknown") {
                $0.record.tonight.change(since: $0.record.lastMonth)
            },
            Column("year_ago_night", "newest night of the month twelve months before tonight's; blank where there was none") {
                .date($0.record.yearAgoNight)
            },
            Column("year_ago_numerator", "the numerator on that night") { .integer(optional: $0.record.yearAgoNumerator) },
            Column("year_ago_denominator", "the denominator on that night") { .integer(optional: $0.record.yearAgoDenominator) },
            Column("year_ago_share", "the share on that night") { $0.record.yearAgo.cell },
            Column("change_since_year_ago", "share less that share, or count less that count; blank where one is unknown") {
                $0.record.tonight.change(since: $0.record.yearAgo)
            },
        ]
    ) { night, transaction, body in try transaction.forEach(ImplementationProgress.self) { try body(Looked(record: $0, night: night)) } }
}

/// One measure on one night.
struct MeasuredCount: Hashable {
    var numerator: Int?
    var denominator: Int?

    /// `nil` for a plain count, and where there was nothing to measure.
    var share: Double? {
        guard let numerator, let denominator, denominator > 0 else { return nil }
        return Double(numerator) / Double(denominator)
    }

    var cell: Cell { .decimal(optional: share, places: 4) }

    /// The difference of two shares, or of two plain counts.
    func change(since earlier: MeasuredCount) -> Cell {
        if let share, let before = earlier.share { return .decimal(share - before, places: 4) }
        guard denominator == nil, earlier.denominator == nil, let numerator, let before = earlier.numerator else { return .empty }
        return .integer(numerator - before)
    }
}

extension ImplementationProgress {
    var tonight: MeasuredCount { MeasuredCount(numerator: numerator, denominator: denominator) }
    var lastMonth: MeasuredCount { MeasuredCount(numerator: lastMonthNumerator, denominator: lastMonthDenominator) }
    var yearAgo: MeasuredCount { MeasuredCount(numerator: yearAgoNumerator, denominator: yearAgoDenominator) }
}
