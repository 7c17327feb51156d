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
    private let found: SideWork<(holders: SourceHolders, facts: SourceByCadre)>

    /// Begins to find out on other threads whom all is about.
    init(sources: [IngestedSource], resolver: TargetResolver, threads: Int) {
        (self.sources, self.resolver, self.threads) = (sources, resolver, threads)
        let cadres = resolver.cadreIDs.count
        found = SideWork(sources.count, threads: threads) {
            let holders = SourceHolders(sources[$0].partial, resolver: resolver)
            return (holders, SourceByCadre(sources[$0], holders: holders, cadres: cadres))
        }
    }

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        let measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let found = found.results()
        let facts = FactsByCadre(sources: found.map(\.facts), cadres: resolver.cadreIDs, measures: measures)
        let stretches = FactWriter.stretches(of: resolver.cadreIDs.count)
        try transaction.replaceFacts(stretches: stretches.count, threads: threads) { try facts.write(stretches[$0], to: &$1) }
        try writeRatings(found.map(\.facts), measures: measures, stretches: stretches, in: transaction)
        try writeEvidence(found.map(\.holders), in: transaction)
    }

    private static func stretches(of cadres: Int) -> [Range<Int>] {
        stride(from: 0, to: cadres, by: cadresInStretch).map { $0..<min($0 + cadresInStretch, cadres) }
    }

    private func writeRatings(_ sources: [SourceByCadre], measures: [String], stretches: [Range<Int>], in transaction: Transaction) throws {
        let rating = sources.filter(\.hasMarks).sorted { $0.source.contract.name < $1.source.contract.name }
        var rows = try transaction.replaceRatings()
        for name in measures {
            for source in rating {
                guard let measure = source.source.fold.measures.firstIndex(where: { $0.name == name }) else { continue }
                let marks = MarksByCadre(source, measure: measure, cadres: resolver.cadreIDs)
                try rows.append(stretches: stretches.count, threads: threads) { try marks.write(stretches[$0], to: &$1) }
            }
        }
    }

    private func writeEvidence(_ holders: [SourceHolders], in transaction: Transaction) throws {
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
