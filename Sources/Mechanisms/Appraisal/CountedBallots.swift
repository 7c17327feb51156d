import PipelineModel
import Warehouse

/// Which ballots of the double evaluation count, and which are set aside, and why.
///
/// One rater has one voice on one cadre: of several ballots in the period the mean counts once. Whoever gave many people one and the same mark, and nobody
/// another, did not look; those ballots say nothing. Ballots outside the period are of another evaluation.
///
/// Ballots are read twice, because nobody knows who gave everybody the same mark before all are read, and to keep ten million takes more memory than anything
/// else of the stage.
struct CountedBallots: Sendable {
    /// A cadre with ballots that are known tonight.
    struct Cadre: Sendable {
        let cadreID: String
        /// The newest month of any ballot.
        var newest: Month
        /// Ballots outside the period.
        var outside: Int
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
    /// By cadre number: the place among `cadres`.
    private(set) var places: [String: Int] = [:]
    /// Whether each rater gave many people one and the same mark, and nobody another.
    private(set) var areStraight: [Bool] = []
    /// Of all raters on all cadres.
    private(set) var voices = 0
    /// Whether any ballot was read at all.
    private(set) var isEmpty = true
    /// By source, then number within it: the rater among those of all sources, in the order in which they were met; −1 for one without a voice.
    private var numbers: [String: [Int32]] = [:]
    private let measure: String
    private let window: MonthWindow
    private let last: Month

    /// How many raters there are.
    var raters: Int { areStraight.count }

    init(_ rules: BallotRules, _ night: TrackNight) throws {
        let (window, last) = (MonthWindow(trailing: rules.windowMonths, asOf: night.asOf), night.asOf.month)
        (measure, self.window, self.last) = (rules.measure, window, last)
        var (source, own): (String?, [Int32]) = (nil, [])
        var met: [Rater] = []
        try night.transaction.mapRatings(of: rules.measure, threads: night.threads) { block in
            VoiceBlock(block, window: window, last: last)
        } _: { block in
            isEmpty = false
            voices += block.raters.count
            if block.source != source {
                if let source { numbers[source] = own }
                (source, own) = (block.source, [])
            }
            Self.meet(block, &own, &met)
            for person in block.people { add(person) }
        }
        if let source { numbers[source] = own }
        areStraight = met.map { $0.givesOneMark && $0.people >= rules.straightLine }
    }

    /// Notes what the block's raters gave.
    private static func meet(_ block: VoiceBlock, _ numbers: inout [Int32], _ met: inout [Rater]) {
        for voice in block.raters.indices {
            let within = block.raters[voice]
            if within >= numbers.count { numbers.append(contentsOf: repeatElement(-1, count: within + 1 - numbers.count)) }
            let (sum, count) = (block.sums[voice], block.counts[voice])
            if numbers[within] < 0 {
                numbers[within] = Int32(met.count)
                met.append(Rater(sum: sum, count: count))
            }
            let rater = Int(numbers[within])
            met[rater].people += 1
            guard met[rater].givesOneMark else { continue }
            met[rater].givesOneMark =
                block.areMarksAlike(voice) && sum.multipliedFullWidth(by: met[rater].count) == met[rater].sum.multipliedFullWidth(by: count)
        }
    }

    /// Notes a cadre; one whom another source has rated is the same there.
    private mutating func add(_ person: VoiceBlock.Person) {
        if let place = places[person.cadreID] {
            cadres[place].newest = max(cadres[place].newest, person.newest)
            cadres[place].outside += person.outside
        } else {
            places[person.cadreID] = cadres.count
            cadres.append(Cadre(cadreID: person.cadreID, newest: person.newest, outside: person.outside))
        }
    }

    /// Passes the ballots block by block, by source and cadre, now that it is known which count.
    ///
    /// - Parameter scale: What marks are divided by.
    func forEachBlock(scale: Double, _ night: TrackNight, _ body: (MarkBlock) throws -> Void) throws {
        try night.transaction.mapRatings(of: measure, threads: night.threads) { [self] block in
            let voices = VoiceBlock(block, window: window, last: last)
            return MarkBlock(voices, numbers: numbers[voices.source] ?? [], areStraight: areStraight, scale: scale)
        } _: { block in
            try body(block)
        }
    }
}
