import PipelineModel
import Warehouse

/// Writes the merged facts, marks and evidence, each with whoever held the post on the event date.
///
/// All are made stretch by stretch on several threads, and stored by one.
struct FactWriter {
    /// Cadres whose facts, or marks, are made in one piece of work.
    private static let cadresInStretch = 1_024

    private let sources: [IngestedSource]
    private let resolver: TargetResolver
    private let threads: Int
    private let measures: [String]
    private let holders: [SourceHolders]
    private let ordered: [SourceByCadre]
    private let facts: FactsBegun

    /// Stretches of facts that may be ready before anybody takes them: what other threads can do while rows that name nobody are listed by one.
    private static let stretchesAhead = 128

    /// Finds out whom all is about, and lets other threads begin to make blocks of the facts.
    init(sources: [IngestedSource], resolver: TargetResolver, threads: Int) {
        (self.sources, self.resolver, self.threads) = (sources, resolver, threads)
        let cadres = resolver.cadreIDs
        let found = SideWork(sources.count, threads: threads) { source -> (holders: SourceHolders, ordered: SourceByCadre) in
            let holders = SourceHolders(sources[source].partial, resolver: resolver)
            return (holders, SourceByCadre(sources[source], holders: holders, cadres: cadres.count))
        }.results()
        (holders, ordered) = (found.map(\.holders), found.map(\.ordered))
        measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let (facts, stretches) = (FactsByCadre(sources: ordered, cadres: cadres, measures: measures), FactWriter.stretches(of: cadres.count))
        self.facts = FactsBegun(stretches: stretches.count, measures: Set(measures), threads: threads, ahead: FactWriter.stretchesAhead) {
            try facts.write(stretches[$0], to: &$1)
        }
    }

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        try transaction.replaceFacts(facts)
        try writeRatings(in: transaction)
        try writeEvidence(in: transaction)
    }

    private static func stretches(of cadres: Int) -> [Range<Int>] {
        stride(from: 0, to: cadres, by: cadresInStretch).map { $0..<min($0 + cadresInStretch, cadres) }
    }

    private func writeRatings(in transaction: Transaction) throws {
        let rating = ordered.filter(\.hasMarks).sorted { $0.source.contract.name < $1.source.contract.name }
        let stretches = FactWriter.stretches(of: resolver.cadreIDs.count)
        var rows = try transaction.replaceRatings()
        for name in measures {
            for source in rating {
                guard let measure = source.source.fold.measures.firstIndex(where: { $0.name == name }) else { continue }
                let marks = MarksByCadre(source, measure: measure, cadres: resolver.cadreIDs)
                try rows.append(stretches: stretches.count, threads: threads) { try marks.write(stretches[$0], to: &$1) }
            }
        }
    }

    private func writeEvidence(in transaction: Transaction) throws {
        var stretches: [(source: Int, rows: ArraySlice<Int>)] = []
        for (place, source) in sources.enumerated() {
            let order = source.partial.evidence.order[...]
            for start in stride(from: 0, to: order.count, by: EvidenceWriter.rowsInStretch) {
                stretches.append((place, order[start..<min(start + EvidenceWriter.rowsInStretch, order.count)]))
            }
        }
        let (writers, all) = (zip(sources, holders).map { EvidenceWriter(source: $0, cadres: resolver.cadreIDs, holders: $1.ofEvidence) }, stretches)
        try transaction.replaceEvidence(stretches: all.count, threads: threads) { stretch, builder in
            try writers[all[stretch].source].write(all[stretch].rows, to: &builder)
        }
    }
}
