import PipelineModel
import Warehouse

/// Writes what each rater gave each cadre in a month.
///
/// A large city has tens of millions of marks, and nearly every one is a cell of its own: they are put in order by counting, cadre by cadre, and
/// never looked up.
struct RatingWriter {
    let source: IngestedSource
    /// Everybody who can be an answer, sorted.
    let cadres: [String]
    let holders: TargetHolders

    private struct Given {
        let month: Int32
        let rater: Int32
        let value: Int32
    }

    /// Writes the ratings of one of the source's measures, in the order of cadre, month and rater.
    ///
    /// Raters are numbered by what they wrote, in order: the same on every run, and nothing of it is kept.
    func write(measure: Int, to builder: inout RatingBuilder) throws {
        let ratings = source.partial.ratings
        let holders = holdersByLine(ratings)
        var starts = [Int](repeating: 0, count: cadres.count + 1)
        for mark in ratings.marks where Int(mark.measure) == measure && holders[Int(mark.line)] >= 0 { starts[Int(holders[Int(mark.line)]) + 1] += 1 }
        for cadre in cadres.indices { starts[cadre + 1] += starts[cadre] }
        let numbers = raterNumbers()
        var next = starts
        var given = [Given](repeating: Given(month: 0, rater: 0, value: 0), count: starts[cadres.count])
        for mark in ratings.marks where Int(mark.measure) == measure && holders[Int(mark.line)] >= 0 {
            let cadre = Int(holders[Int(mark.line)])
            given[next[cadre]] = Given(month: ratings.cells.month(of: Int(mark.line)), rater: numbers[Int(mark.rater)], value: mark.value)
            next[cadre] += 1
        }
        let name = source.fold.measures[measure].name
        for (place, cadreID) in cadres.enumerated() where starts[place] < starts[place + 1] {
            let own = given[starts[place]..<starts[place + 1]].sorted { ($0.month, $0.rater) < ($1.month, $1.rater) }
            var index = 0
            while index < own.count {
                let mark = own[index]
                var rating = MonthlyRating(
                    measure: name, source: source.contract.name, cadreID: cadreID, month: Month(index: mark.month), rater: Int(mark.rater), count: 0,
                    sum: 0, sumOfSquares: 0)
                while index < own.count, own[index].month == mark.month, own[index].rater == mark.rater {
                    rating.count += 1
                    rating.sum += Int(own[index].value)
                    rating.sumOfSquares += Int(own[index].value) * Int(own[index].value)
                    index += 1
                }
                try builder.add(rating)
            }
        }
    }

    /// Whom each line of the cell table is about; below zero where nobody is.
    private func holdersByLine(_ ratings: FactPartial.Ratings) -> [Int32] {
        (0..<ratings.cells.lineCount).map { line in
            let target = ratings.cells.targetDay(of: line)
            return holders.holder(target.target, day: target.day) ?? -1
        }
    }

    /// The number of each rater, counted from 1.
    private func raterNumbers() -> [Int32] {
        let raters = source.partial.raters.keys.map(\.bytes)
        var numbers = [Int32](repeating: 0, count: raters.count)
        let order = raters.indices.sorted { raters[$0].lexicographicallyPrecedes(raters[$1]) }
        for (place, rater) in order.enumerated() { numbers[rater] = Int32(place) + 1 }
        return numbers
    }
}
