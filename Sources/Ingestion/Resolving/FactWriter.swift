import PipelineModel
import Warehouse

/// Writes the merged facts, marks and evidence, each with whoever held the post on the event date.
struct FactWriter {
    let sources: [IngestedSource]
    let resolver: TargetResolver

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        let measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let cadres = resolver.cadreIDs
        let holders = sources.map { TargetHolders($0.partial, resolver: resolver) }
        try transaction.replaceFacts { try write(to: &$0, holders, cadres: cadres, measures: measures) }
        try writeRatings(holders, measures: measures, cadres: cadres, in: transaction)
        try transaction.replaceEvidence { builder in
            for (source, holders) in zip(sources, holders) {
                try EvidenceWriter(source: source, cadres: cadres, holders: holders).write(to: &builder)
            }
        }
    }

    /// Writes cadre by cadre, measure by measure and month by month; both lists are sorted, and places are in the order of what they stand for.
    private func write(to facts: inout FactBuilder, _ holders: [TargetHolders], cadres: [String], measures: [String]) throws {
        let lines = zip(sources, holders).map { LinesByCadre($0.partial.cells, $1, cadres: cadres.count) }
        // Which sources count a measure, and as which of their own.
        let counted = measures.map { name in
            sources.indices.compactMap { source in
                sources[source].fold.measures.firstIndex { $0.name == name }.flatMap { $0 < sources[source].partial.cells.measureCount ? (source, $0) : nil }
            }
        }
        var own: [(month: Int32, sums: Sums)] = []
        for (place, cadreID) in cadres.enumerated() {
            for (measure, name) in measures.enumerated() {
                own.removeAll(keepingCapacity: true)
                for (source, column) in counted[measure] {
                    let cells = sources[source].partial.cells
                    for line in lines[source][place] {
                        let sums = cells.sums(Int(line), measure: column)
                        if !sums.isZero { own.append((cells.month(of: Int(line)), sums)) }
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
                            cadreID: cadreID, measure: name, month: Month(index: month), count: Int(sums.count), sum: Int(sums.sum),
                            sumOfSquares: Int(sums.sumOfSquares)))
                }
            }
        }
    }

    private func writeRatings(_ holders: [TargetHolders], measures: [String], cadres: [String], in transaction: Transaction) throws {
        let writers = zip(sources, holders).filter { !$0.0.partial.ratings.isEmpty }.sorted { $0.0.contract.name < $1.0.contract.name }
            .map { RatingWriter(source: $0, cadres: cadres, holders: $1) }
        try transaction.replaceRatings { builder in
            for name in measures {
                for writer in writers {
                    guard let measure = writer.source.fold.measures.firstIndex(where: { $0.name == name }) else { continue }
                    try writer.write(measure: measure, to: &builder)
                }
            }
        }
    }
}
