import PipelineModel
import Statistics
import Warehouse

/// The ballots of some targets, units or cadres, as they were cast.
struct BallotTally: Sendable {
    /// What was cast for one target.
    struct Entry: Sendable {
        /// Of the marks of all voices.
        var sum = 0.0
        var cast = 0
        var counted = 0
        var repeated = 0
        var straightLined = 0
        var outside = 0
    }

    /// Ascending.
    let names: [String]
    /// One for each name.
    private(set) var entries: [Entry]
    /// By place among the cadres of the ballots: the place of the target, `nil` for a cadre who is of none.
    let targets: [Int?]

    /// - Parameter target: Of each cadre of the ballots; `nil` for one who is of none.
    init(_ ballots: CountedBallots, target: [String?]) {
        names = Set(target.compactMap(\.self)).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        targets = target.map { name in name.flatMap { places[$0] } }
        entries = [Entry](repeating: Entry(), count: names.count)
        for (cadre, target) in zip(ballots.cadres, targets) {
            if let target { entries[target].outside += cadre.outside }
        }
    }

    /// Adds the ballots on a cadre.
    ///
    /// - Parameters:
    ///   - cadre: Place among the cadres of the ballots.
    ///   - sums: Of each voice, added one by one: so no number of threads changes a sum.
    mutating func add(_ person: MarkBlock.Person, cadre: Int, sums: ArraySlice<Double>) {
        guard let target = targets[cadre] else { return }
        var entry = entries[target]
        for sum in sums { entry.sum += sum }
        entry.cast += person.cast
        entry.counted += person.counted
        entry.repeated += person.repeated
        entry.straightLined += person.straightLined
        entries[target] = entry
    }

    /// A row for each target, by name.
    func standings(
        _ marks: FreedMarks, _ who: (String) -> (level: EvaluationLevel, unitID: String?, cadreID: String?)
    ) -> [EvaluationStanding] {
        zip(names, entries).enumerated().map { place, named in
            let (name, entry) = named
            let adjusted = marks.means.isEmpty ? nil : marks.means[place]
            let reach = (normalQuantile(0.975) ?? 0) * (adjusted?.variance.squareRoot() ?? 0)
            let target = who(name)
            return EvaluationStanding(
                number: 0, level: target.level, unitID: target.unitID, cadreID: target.cadreID,
                rawMean: entry.cast > 0 ? entry.sum / Double(entry.cast) : nil, adjustedMean: adjusted?.mean, lower: adjusted.map { $0.mean - reach },
                upper: adjusted.map { $0.mean + reach }, raters: marks.raters[place], counted: entry.counted, repeated: entry.repeated,
                straightLined: entry.straightLined, outsidePeriod: entry.outside)
        }
    }
}

/// The marks of some targets, freed of how severe their raters are.
struct FreedMarks: Sendable {
    /// One for each target; empty where they could not be freed.
    private(set) var means: [AdjustedMean?] = []
    /// Of each target, who were not set aside.
    let raters: [Int]
    /// Why they could not be freed; also `nil` where there is none.
    private(set) var problem: String?

    /// - Parameter raters: How many there are; the table names them by place.
    init(_ marks: RatingTable, raters: Int) {
        self.raters = (0..<marks.targets).map { marks.raters(of: $0) }
        guard !marks.isEmpty else { return }
        do throws(StatisticsError) {
            means = try CrossedEffects(marks, raters: raters, acrossParts: true).targets
        } catch {
            problem = "\(error)"
        }
    }
}
