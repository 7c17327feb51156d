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
    private let holders: SideWork<SourceHolders>

    /// Begins to find out on other threads whom all is about.
    init(sources: [IngestedSource], resolver: TargetResolver, threads: Int) {
        (self.sources, self.resolver, self.threads) = (sources, resolver, threads)
        holders = SideWork(sources.count, threads: threads) { SourceHolders(sources[$0].partial, resolver: resolver) }
    }

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        let measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let holders = holders.results()
        let facts = FactsByCadre(sources: sources, lines: holders.map(\.lines), cadres: resolver.cadreIDs, measures: measures)
        let stretches = FactWriter.stretches(of: resolver.cadreIDs.count)
        try transaction.replaceFacts(stretches: stretches.count, threads: threads) { try facts.write(stretches[$0], to: &$1) }
        try writeRatings(holders, measures: measures, stretches: stretches, in: transaction)
        try writeEvidence(holders, in: transaction)
    }

    private static func stretches(of cadres: Int) -> [Range<Int>] {
        stride(from: 0, to: cadres, by: cadresInStretch).map { $0..<min($0 + cadresInStretch, cadres) }
    }

    private func writeRatings(_ holders: [SourceHolders], measures: [String], stretches: [Range<Int>], in transaction: Transaction) throws {
        let rating = sources.indices.filter { !sources[$0].partial.marks.isEmpty }.sorted { sources[$0].contract.name < sources[$1].contract.name }
        var work: [(source: Int, measure: Int)] = []
        for name in measures {
            for source in rating {
                if let measure = sources[source].fold.measures.firstIndex(where: { $0.name == name }) { work.append((source, measure)) }
            }
        }
        // One list of marks is in memory at a time: there are tens of millions.
        var rows = try transaction.replaceRatings()
        for (source, measure) in work {
            let marks = MarksByCadre(sources[source], measure: measure, holders: holders[source].ofLines, cadres: resolver.cadreIDs)
            try rows.append(stretches: stretches.count, threads: threads) { try marks.write(stretches[$0], to: &$1) }
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
