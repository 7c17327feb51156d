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

    /// - Parameters:
    ///   - scale: What marks are divided by.
    ///   - target: Of each cadre of the ballots; `nil` for one who is of none.
    init(_ ballots: CountedBallots, scale: Double, target: [String?]) {
        names = Set(target.compactMap(\.self)).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        targets = target.map { name in name.flatMap { places[$0] } }
        entries = [Entry](repeating: Entry(), count: names.count)
        for (cadre, target) in zip(ballots.cadres, targets) {
            if let target { entries[target].outside += cadre.outside }
        }
        // In the order of the warehouse, voice by voice: so no number of threads changes a sum.
        for stretch in ballots.stretches {
            guard let target = targets[stretch.cadre] else { continue }
            entries[target].add(ballots.blocks[stretch.block], stretch.voices, areStraight: ballots.areStraight, scale: scale)
        }
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

extension BallotTally.Entry {
    /// Adds some voices of a block.
    fileprivate mutating func add(_ block: VoiceBlock, _ voices: Range<Int>, areStraight: [Bool], scale: Double) {
        for voice in voices {
            let count = Int(block.counts[voice])
            sum += Double(block.sums[voice]) / scale
            cast += count
            if areStraight[Int(block.raters[voice])] {
                straightLined += count
            } else {
                counted += 1
                repeated += count - 1
            }
        }
    }
}

extension CountedBallots {
    /// The mark of each voice that counts, cadre by cadre in the order of their numbers, and of each by rater.
    ///
    /// - Parameters:
    ///   - places: By place among `cadres`: the place of the cadre's number in their order.
    ///   - scale: What marks are divided by.
    func table(_ places: [Int], scale: Double) throws(StatisticsError) -> RatingTable {
        var table = RatingTable(reserving: stretches.reduce(0) { $0 + $1.voices.count })
        // Of one source they come in order. Raters of a later source have higher numbers.
        let order = stretches.indices.sorted { (places[stretches[$0].cadre], $0) < (places[stretches[$1].cadre], $1) }
        // Rater, then place among the voices: sorted as one number.
        var keys: [UInt64] = []
        for index in order {
            let stretch = stretches[index]
            while table.targets < places[stretch.cadre] { table.endTarget() }
            let block = blocks[stretch.block]
            keys.removeAll(keepingCapacity: true)
            for voice in stretch.voices where !areStraight[Int(block.raters[voice])] {
                keys.append(UInt64(block.raters[voice]) << 32 | UInt64(voice))
            }
            keys.sort()
            for key in keys {
                let voice = Int(key & 0xFFFF_FFFF)
                let mark = Double(block.sums[voice]) / Double(block.counts[voice]) / scale
                try table.append(rater: Int(key >> 32), count: 1, sum: mark, sumOfSquares: mark * mark)
            }
        }
        while table.targets < cadres.count { table.endTarget() }
        return table
    }
}
