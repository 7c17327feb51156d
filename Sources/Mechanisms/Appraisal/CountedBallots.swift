import PipelineModel
import Warehouse

/// Which ballots of the double evaluation count, and which are set aside, and why.
///
/// One rater has one voice on one cadre: of several ballots in the period the mean counts once. Whoever gave many people one and the same mark, and nobody
/// another, did not look; those ballots say nothing. Ballots outside the period are of another evaluation.
struct CountedBallots {
    /// A cadre with ballots that are known tonight.
    struct Cadre {
        let cadreID: String
        /// The newest month of any ballot.
        var newest: Month
        /// Ballots outside the period.
        var outside: Int
    }

    /// The voices that one source has on a cadre.
    struct Stretch {
        /// Place among `cadres`.
        let cadre: Int
        let block: Int
        let voices: Range<Int>
    }

    /// What is known of a rater's marks, voice after voice.
    private struct Rater {
        /// Of the first voice.
        let sum: Int
        let count: Int
        /// Voices.
        var people = 0
        var givesOneMark = true
    }

    /// In the order in which they were met; each once.
    private(set) var cadres: [Cadre] = []
    /// As the warehouse has them: by source, then cadre.
    private(set) var stretches: [Stretch] = []
    /// By source, then cadre; raters of all sources are numbered from 0, in the order in which they were met.
    private(set) var blocks: [VoiceBlock] = []
    /// Whether each rater gave many people one and the same mark, and nobody another.
    private(set) var areStraight: [Bool] = []
    /// Whether any ballot was read at all.
    private(set) var isEmpty = true

    /// How many raters there are.
    var raters: Int { areStraight.count }

    init(_ rules: BallotRules, _ night: TrackNight) throws {
        let (window, last) = (MonthWindow(trailing: rules.windowMonths, asOf: night.asOf), night.asOf.month)
        var (source, numbers): (String?, [Int32]) = (nil, [])
        var met: [Rater] = []
        var places: [String: Int] = [:]
        try night.transaction.mapRatings(of: rules.measure, threads: night.threads) { block in
            VoiceBlock(block, window: window, last: last)
        } _: { block in
            isEmpty = false
            if block.source != source { (source, numbers) = (block.source, []) }
            var block = block
            Self.number(&block, &numbers, &met)
            add(block, &places)
        }
        areStraight = met.map { $0.givesOneMark && $0.people >= rules.straightLine }
    }

    /// Numbers the block's raters among those of all sources, and notes what they gave.
    ///
    /// - Parameter numbers: By number within the source; −1 for one not met before.
    private static func number(_ block: inout VoiceBlock, _ numbers: inout [Int32], _ met: inout [Rater]) {
        for voice in block.raters.indices {
            let within = Int(block.raters[voice])
            if within >= numbers.count { numbers.append(contentsOf: repeatElement(-1, count: within + 1 - numbers.count)) }
            let (sum, count) = (block.sums[voice], Int(block.counts[voice]))
            if numbers[within] < 0 {
                numbers[within] = Int32(met.count)
                met.append(Rater(sum: sum, count: count))
            }
            let rater = Int(numbers[within])
            block.raters[voice] = numbers[within]
            met[rater].people += 1
            if !block.areAlike[voice] || sum.multipliedFullWidth(by: met[rater].count) != met[rater].sum.multipliedFullWidth(by: count) {
                met[rater].givesOneMark = false
            }
        }
        block.areAlike = []
    }

    /// Takes a block over; a cadre whom another source has rated is the same there.
    private mutating func add(_ block: VoiceBlock, _ places: inout [String: Int]) {
        var start = 0
        for person in block.people {
            let place = places[person.cadreID] ?? cadres.count
            if place == cadres.count {
                places[person.cadreID] = place
                cadres.append(Cadre(cadreID: person.cadreID, newest: person.newest, outside: person.outside))
            } else {
                cadres[place].newest = max(cadres[place].newest, person.newest)
                cadres[place].outside += person.outside
            }
            if person.end > start { stretches.append(Stretch(cadre: place, block: blocks.count, voices: start..<person.end)) }
            start = person.end
        }
        blocks.append(block)
    }
}
