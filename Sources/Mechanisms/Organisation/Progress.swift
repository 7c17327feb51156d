import PipelineModel
import Warehouse

/// How far the opinion is carried out: every measure by unit, tonight, last month and a year ago. Runs when all measures of tonight are written.
///
/// "Last month" is the newest night of the calendar month before tonight's, "a year ago" the newest of the month twelve months before. The measures count
/// everybody whom the exports name: a census, so that a change needs no interval; what it is a change *of* may still be few people.
enum Progress {
    private struct Key: Hashable {
        let measure: String
        let unitID: String
    }

    static func run(_ night: TrackNight) throws -> [Finding] {
        let tonight = try values(night.asOf, night)
        let lastMonth = try night.transaction.newestMeasureNight(in: night.asOf.month.adding(-1))
        let yearAgo = try night.transaction.newestMeasureNight(in: night.asOf.month.adding(-12))
        let before = try lastMonth.map { try values($0, night) } ?? [:]
        let long = try yearAgo.map { try values($0, night) } ?? [:]

        let known = MeasureLabel.all(night.pipeline)
        let labels = Dictionary(known.enumerated().map { ($0.element.id, $0) }, uniquingKeysWith: { first, _ in first })
        // A measure of an earlier version keeps its line while an earlier night speaks of it, after all others.
        let unlabelled = Set([tonight, before, long].flatMap(\.keys).map(\.measure)).subtracting(labels.keys).sorted()
        let others = Dictionary(uniqueKeysWithValues: unlabelled.enumerated().map { ($0.element, known.count + $0.offset + 1) })
        let keys = Set(tonight.keys).union(before.keys).union(long.keys)
        night.store(
            keys.sorted { ($0.measure, $0.unitID) < ($1.measure, $1.unitID) }.map { key in
                let label = labels[key.measure]
                return ImplementationProgress(
                    number: label.map { $0.offset + 1 } ?? others[key.measure] ?? 0, measure: key.measure, mechanism: label?.element.mechanism,
                    labelChinese: label?.element.label.chinese ?? key.measure, labelEnglish: label?.element.label.english ?? key.measure,
                    unitID: key.unitID, numerator: tonight[key]?.numerator, denominator: tonight[key]?.denominator, lastMonthNight: lastMonth,
                    lastMonthNumerator: before[key]?.numerator, lastMonthDenominator: before[key]?.denominator, yearAgoNight: yearAgo,
                    yearAgoNumerator: long[key]?.numerator, yearAgoDenominator: long[key]?.denominator)
            })
        return []
    }

    private static func values(_ asOf: CalendarDate, _ night: TrackNight) throws -> [Key: MeasureValue] {
        var values: [Key: MeasureValue] = [:]
        try night.transaction.forEach(MeasureValue.self, asOf: asOf) { values[Key(measure: $0.measure, unitID: $0.unitID)] = $0 }
        return values
    }
}
