import PipelineModel
import Warehouse

/// What raters gave some neighbouring cadres in the period, by columns.
///
/// A voice is one rater's on one cadre: of several ballots in the period it is their mean that counts, once.
struct VoiceBlock: Sendable {
    /// The voices on one cadre.
    struct Person: Sendable {
        let cadreID: String
        /// Where they begin and end.
        let voices: Range<Int>
        /// Ballots outside the period that are known tonight.
        let outside: Int
        /// The newest month of any of these ballots.
        let newest: Month
    }

    /// The contract, within which raters are numbered.
    let source: String
    private(set) var people: [Person] = []
    /// Of each voice; of a person by the rater's first month, then number.
    private(set) var raters: [Int] = []
    /// Ballots of each voice.
    private(set) var counts: [Int] = []
    /// Of the marks of each voice, in the measure's unit.
    private(set) var sums: [Int] = []
    /// Of the marks of each voice.
    private var squares: [Int] = []

    /// - Parameters:
    ///   - window: The period.
    ///   - last: The last month of which anything is known.
    init(_ ratings: RatingBlock, window: MonthWindow, last: Month) {
        source = ratings.source
        let entries = ratings.entries
        raters.reserveCapacity(entries.count)
        counts.reserveCapacity(entries.count)
        sums.reserveCapacity(entries.count)
        squares.reserveCapacity(entries.count)
        // By rater: the newest voice. Places ascend, so one before the first voice on a cadre is about somebody else.
        var newestVoice = [Int](repeating: -1, count: (entries.lazy.map(\.rater).max() ?? -1) + 1)
        var place = 0
        for (cadreID, length) in zip(ratings.cadres, ratings.lengths) {
            let first = raters.count
            var outside = 0
            var newest: Int32?
            // Entries come by month.
            for entry in entries[place..<(place + length)] {
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
                    counts[known] += entry.count
                    sums[known] += entry.sum
                    squares[known] += entry.squares
                } else {
                    newestVoice[entry.rater] = raters.count
                    raters.append(entry.rater)
                    counts.append(entry.count)
                    sums.append(entry.sum)
                    squares.append(entry.squares)
                }
            }
            place += length
            guard let newest else { continue }
            people.append(Person(cadreID: cadreID, voices: first..<raters.count, outside: outside, newest: Month(index: newest)))
        }
    }

    /// Whether the marks of a voice are one and the same: by Cauchy and Schwarz.
    func areMarksAlike(_ voice: Int) -> Bool {
        // Products of sums may take more than 64 bits.
        squares[voice].multipliedFullWidth(by: counts[voice]) == sums[voice].multipliedFullWidth(by: sums[voice])
    }
}
