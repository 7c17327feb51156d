import PipelineModel
import Warehouse

/// What raters gave in one measure of a source, cadre by cadre.
///
/// A large city has tens of millions of marks, and nearly every one is a cell of its own: they are put in order by counting, and never looked up.
struct MarksByCadre: Sendable {
    private struct Given {
        let month: Int32
        let rater: Int32
        let value: Int32
    }

    private let measure: String
    private let source: String
    /// Everybody who can be an answer, sorted.
    private let cadres: [String]
    /// Where each cadre's marks start, and where the last one's end.
    private let starts: [Int]
    private let given: [Given]

    /// - Parameters:
    ///   - measure: Its place among the source's.
    ///   - holders: Whom each line of the source's cells is about, as places among `cadres`; below zero where nobody is.
    init(_ source: IngestedSource, measure: Int, holders: [Int32], cadres: [String]) {
        (self.measure, self.source, self.cadres) = (source.fold.measures[measure].name, source.contract.name, cadres)
        let (marks, cells) = (source.partial.marks, source.partial.cells)
        var starts = [Int](repeating: 0, count: cadres.count + 1)
        for mark in marks where Int(mark.measure) == measure && holders[Int(mark.line)] >= 0 { starts[Int(holders[Int(mark.line)]) + 1] += 1 }
        for cadre in cadres.indices { starts[cadre + 1] += starts[cadre] }
        let numbers = MarksByCadre.raterNumbers(source.partial.raters)
        var next = starts
        var given = [Given](repeating: Given(month: 0, rater: 0, value: 0), count: starts[cadres.count])
        for mark in marks where Int(mark.measure) == measure && holders[Int(mark.line)] >= 0 {
            let cadre = Int(holders[Int(mark.line)])
            given[next[cadre]] = Given(month: cells.month(of: Int(mark.line)), rater: numbers[Int(mark.rater)], value: mark.value)
            next[cadre] += 1
        }
        (self.starts, self.given) = (starts, given)
    }

    /// Writes the ratings of some cadres, by month and rater: a rater's marks of a month are added up.
    func write(_ stretch: Range<Int>, to builder: inout RatingBuilder) throws {
        for place in stretch where starts[place] < starts[place + 1] {
            let own = given[starts[place]..<starts[place + 1]].sorted { ($0.month, $0.rater) < ($1.month, $1.rater) }
            var index = 0
            while index < own.count {
                let mark = own[index]
                var rating = MonthlyRating(
                    measure: measure, source: source, cadreID: cadres[place], month: Month(index: mark.month), rater: Int(mark.rater), count: 0,
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

    /// The number of each rater, counted from 1, by what they wrote, in order: the same on every run, and nothing of it is kept.
    private static func raterNumbers(_ written: TargetTable) -> [Int32] {
        let raters = written.keys.map(\.bytes)
        var numbers = [Int32](repeating: 0, count: raters.count)
        let order = raters.indices.sorted { raters[$0].lexicographicallyPrecedes(raters[$1]) }
        for (place, rater) in order.enumerated() { numbers[rater] = Int32(place) + 1 }
        return numbers
    }
}
