import PipelineModel
import Warehouse

/// Which ballots of the double evaluation count, and which are set aside, and why.
///
/// One rater has one voice on one cadre: of several ballots in the period the mean counts once. Whoever gave many people one and the same mark, and nobody
/// another, did not look; those ballots say nothing. Ballots outside the period are of another evaluation.
struct CountedBallots {
    /// What one rater gave one cadre in the period.
    struct Voice {
        let rater: Int
        let cadreID: String
        /// The newest month of it.
        var month: Month
        var count: Int
        /// In the measure's unit.
        var sum: Int
        var squares: Int
        /// Whether the rater gave everybody the same mark.
        var isStraight = false
    }

    private struct Rater: Hashable {
        let source: String
        let number: Int
    }

    private struct Pair: Hashable {
        let rater: Int
        let cadreID: String
    }

    /// By cadre, then rater.
    private(set) var voices: [Voice] = []
    /// By cadre and newest month: ballots outside the period that are known tonight.
    private(set) var outside: [String: (count: Int, newest: Month)] = [:]
    /// How many raters there are; voices name them by place.
    private(set) var raters = 0
    /// Whether any ballot was read at all.
    private(set) var isEmpty = true

    init(_ rules: BallotRules, _ night: TrackNight) throws {
        let window = MonthWindow(trailing: rules.windowMonths, asOf: night.asOf)
        var (numbers, places): ([Rater: Int], [Pair: Int]) = ([:], [:])
        try night.transaction.forEachRating(of: rules.measure) { cell in
            isEmpty = false
            guard window.contains(cell.month) else {
                // Of a month to come nothing is known, and of one that has begun no more than that it is not of the period.
                guard cell.month <= night.asOf.month else { return }
                let known = outside[cell.cadreID] ?? (0, cell.month)
                outside[cell.cadreID] = (known.count + cell.count, max(known.newest, cell.month))
                return
            }
            let rater = numbers[Rater(source: cell.source, number: cell.rater)] ?? numbers.count
            numbers[Rater(source: cell.source, number: cell.rater)] = rater
            let pair = Pair(rater: rater, cadreID: cell.cadreID)
            if let place = places[pair] {
                voices[place].month = max(voices[place].month, cell.month)
                voices[place].count += cell.count
                voices[place].sum += cell.sum
                voices[place].squares += cell.sumOfSquares
            } else {
                places[pair] = voices.count
                voices.append(
                    Voice(rater: rater, cadreID: cell.cadreID, month: cell.month, count: cell.count, sum: cell.sum, squares: cell.sumOfSquares))
            }
        }
        raters = numbers.count
        markStraight(atLeast: rules.straightLine)
    }

    /// Marks the voices of raters who gave so many people one mark, and no other.
    private mutating func markStraight(atLeast people: Int) {
        var of = [[Int]](repeating: [], count: raters)
        for (place, voice) in voices.enumerated() { of[voice.rater].append(place) }
        for own in of where own.count >= people {
            let first = voices[own[0]]
            let isStraight = own.allSatisfy { place in
                let voice = voices[place]
                // All marks alike within the voice, by Cauchy and Schwarz; then the same as the first voice's.
                return voice.squares * voice.count == voice.sum * voice.sum && voice.sum * first.count == first.sum * voice.count
            }
            if isStraight { for place in own { voices[place].isStraight = true } }
        }
    }
}
