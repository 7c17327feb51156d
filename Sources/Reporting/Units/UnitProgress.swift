import PipelineModel
import Warehouse

/// A measure of a unit without the numbers that would be about few people.
struct UnitProgress {
    let record: ImplementationProgress
    let tonight: MeasuredCount
    let lastMonth: MeasuredCount
    let yearAgo: MeasuredCount
    let isSuppressed: Bool

    /// Every measure of a unit; those that count what other tables of the folder count are blank where these are.
    static func lines(of unit: UnitNight) -> [UnitProgress] {
        let elsewhere = UnitPetitions(unit.handling, of: unit).measures.merging(UnitTraining(unit.completions, of: unit).measures) { first, _ in first }
        return unit.progress.map { UnitProgress($0, beside: unit.line, elsewhere: elsewhere[$0.measure]) }
    }

    /// - Parameter elsewhere: What another table of the folder shows of tonight's value, where one counts the same.
    init(_ record: ImplementationProgress, beside line: SummaryLine, elsewhere: MeasuredCount? = nil) {
        self.record = record
        var shown = UnitProgress.shown(record.tonight, beside: line)
        if let elsewhere {
            if elsewhere.denominator == nil { shown.denominator = nil }
            if elsewhere.numerator == nil || shown.denominator == nil { shown.numerator = nil }
        }
        tonight = shown
        lastMonth = UnitProgress.shown(record.lastMonth, beside: line)
        yearAgo = UnitProgress.shown(record.yearAgo, beside: line)
        isSuppressed = tonight != record.tonight || lastMonth != record.lastMonth || yearAgo != record.yearAgo
    }

    /// A count without what is small, or gives a small one away: how many meet the measure, how many do not, how many of the unit's cadres it leaves out,
    /// and any number that the unit's line of the summary leaves blank.
    static func shown(_ count: MeasuredCount, beside line: SummaryLine) -> MeasuredCount {
        var shown = count
        guard let denominator = count.denominator else {
            if let numerator = count.numerator, line.mustHide(numerator) { shown.numerator = nil }
            return shown
        }
        if line.mustHide(denominator) || line.leavesFewOut(denominator) { shown.denominator = nil }
        if let numerator = count.numerator, line.mustHide(numerator) || line.mustHide(denominator - numerator) { shown.numerator = nil }
        // What is out of a blank number would tell it, as how many are and are not: the two go together.
        if shown.denominator == nil { shown.numerator = nil }
        return shown
    }
}
