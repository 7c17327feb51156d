import PipelineModel
import Warehouse

/// What raters gave some neighbouring cadres in the period, by columns: there are ten million voices.
///
/// A voice is one rater's on one cadre: of several ballots in the period it is their mean that counts, once.
struct VoiceBlock: Sendable {
    /// The voices on one cadre.
    struct Person: Sendable {
        let cadreID: String
        /// Where they end; they start where those of the person before end.
        let end: Int
        /// Ballots outside the period that are known tonight.
        let outside: Int
        /// The newest month of any of these ballots.
        let newest: Month
    }

    /// The contract, within which raters are numbered.
    let source: String
    private(set) var people: [Person] = []
    /// Of each voice; of a person by the rater's first month, then number.
    var raters: [Int32] = []
    /// Ballots of each voice.
    private(set) var counts: [Int32] = []
    /// Of the marks of each voice, in the measure's unit.
    private(set) var sums: [Int] = []
    /// Whether the marks of each voice are one and the same.
    var areAlike: [Bool] = []

    /// - Parameters:
    ///   - window: The period.
    ///   - last: The last month of which anything is known.
    init(_ ratings: RatingBlock, window: MonthWindow, last: Month) {
        source = ratings.source
        raters.reserveCapacity(ratings.entries.count)
        counts.reserveCapacity(ratings.entries.count)
        sums.reserveCapacity(ratings.entries.count)
        areAlike.reserveCapacity(ratings.entries.count)
        // By rater: the newest voice. Places ascend, so one before the first voice on a cadre is about somebody else.
        var newestVoice = [Int](repeating: -1, count: (ratings.entries.lazy.map(\.rater).max() ?? -1) + 1)
        var squares: [Int] = []
        var place = 0
        for (cadreID, length) in zip(ratings.cadres, ratings.lengths) {
            let first = raters.count
            var outside = 0
            var newest: Int32?
            squares.removeAll(keepingCapacity: true)
            // Entries come by month.
            for entry in ratings.entries[place..<(place + length)] {
                guard window.contains(Month(index: entry.month)) else {
                    // Of a month to come nothing is known, and of one that has begun no more than that it is not of the period.
                    guard entry.month <= last.index else { continue }
                    outside += entry.count
                    newest = entry.month
                    continue
                }
                newest = entry.month
                let known = newestVoice[entry.rater]
                if known >= first {
                    counts[known] += Int32(entry.count)
                    sums[known] += entry.sum
                    squares[known - first] += entry.squares
                } else {
                    newestVoice[entry.rater] = raters.count
                    raters.append(Int32(entry.rater))
                    counts.append(Int32(entry.count))
                    sums.append(entry.sum)
                    squares.append(entry.squares)
                }
            }
            place += length
            for voice in first..<raters.count {
                // By Cauchy and Schwarz; products of sums may take more than 64 bits.
                areAlike.append(
                    squares[voice - first].multipliedFullWidth(by: Int(counts[voice])) == sums[voice].multipliedFullWidth(by: sums[voice]))
            }
            guard let newest else { continue }
            people.append(Person(cadreID: cadreID, end: raters.count, outside: outside, newest: Month(index: newest)))
        }
    }
}
