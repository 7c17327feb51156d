import PipelineModel
import Warehouse

/// The facts of all sources, cadre by cadre.
struct FactsByCadre: Sendable {
    let sources: [IngestedSource]
    /// Of each source.
    let lines: [LinesByCadre]
    /// Everybody who can be an answer, sorted.
    let cadres: [String]
    /// Sorted.
    let measures: [String]

    /// Writes the facts of some cadres, by measure and month.
    func write(_ stretch: Range<Int>, to facts: inout FactBuilder) throws {
        let cells = sources.map(\.partial.cells)
        // Which sources count a measure, and as which of their own.
        let counted = measures.map { name in
            sources.indices.compactMap { source in
                sources[source].fold.measures.firstIndex { $0.name == name }.flatMap { $0 < cells[source].measureCount ? (source, $0) : nil }
            }
        }
        var own: [(month: Int32, sums: Sums)] = []
        for place in stretch {
            for (measure, name) in measures.enumerated() {
                own.removeAll(keepingCapacity: true)
                for (source, column) in counted[measure] {
                    for line in lines[source][place] {
                        let sums = cells[source].sums(Int(line), measure: column)
                        if !sums.isZero { own.append((cells[source].month(of: Int(line)), sums)) }
                    }
                }
                if counted[measure].count > 1 { own.sort { $0.month < $1.month } }
                var index = 0
                while index < own.count {
                    var (month, sums) = own[index]
                    index += 1
                    while index < own.count, own[index].month == month {
                        sums += own[index].sums
                        index += 1
                    }
                    try facts.add(
                        MonthlyFact(
                            cadreID: cadres[place], measure: name, month: Month(index: month), count: Int(sums.count), sum: Int(sums.sum),
                            sumOfSquares: Int(sums.sumOfSquares)))
                }
            }
        }
    }
}
