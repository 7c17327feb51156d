import PipelineModel
import Warehouse

/// Writes the facts, marks and evidence of all sources, each with whoever held the post on the event date.
///
/// All are made stretch by stretch on several threads, and stored by one.
struct FactWriter {
    /// Cadres whose facts, or marks, may be ready before anybody takes them, for each thread: what can be done while rows that name nobody are listed by one.
    private static let cadresAhead = 40_000

    private let blocks: NightBlocks

    /// Finds out whom all is about, and lets other threads begin to make blocks.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    init(sources: [IngestedSource], resolver: TargetResolver, threads: Int) throws {
        precondition(sources.allSatisfy { $0.settling == nil }, "a source is not yet put in order")
        let cadres = resolver.cadreIDs
        let found = try SideWork(sources.count, threads: threads) { source in
            Result {
                let holders = try SourceHolders(sources[source].partial, sources[source].evidence, resolver: resolver)
                return (holders: holders, ordered: SourceByCadre(sources[source], holders: holders, cadres: cadres.count))
            }
        }.results().map { try $0.get() }
        let measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let evidence = zip(sources, found).map { EvidenceWriter(source: $0, cadres: cadres, holders: $1.holders.ofEvidence, measures: measures) }
        blocks = NightBlocks(
            measures: Set(measures), threads: threads, ahead: max(3, FactWriter.cadresAhead / CadreParts(cadres: cadres.count).cadresInPart),
            facts: FactWriter.facts(found.map(\.ordered), cadres: cadres, measures: measures),
            ratings: FactWriter.ratings(found.map(\.ordered), cadres: cadres, measures: measures), evidence: FactWriter.evidence(evidence))
    }

    /// Stores what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws { try transaction.replaceBlocks(blocks) }

    private static func facts(_ sources: [SourceByCadre], cadres: [String], measures: [String]) -> Stretches<FactBuilder> {
        let facts = FactsByCadre(sources: sources, cadres: cadres, measures: measures)
        return Stretches(CadreParts(cadres: cadres.count).count) { try facts.write($0, to: &$1) }
    }

    private static func ratings(_ sources: [SourceByCadre], cadres: [String], measures: [String]) -> Stretches<RatingBuilder> {
        let rating = sources.filter(\.hasMarks).sorted { $0.source.contract.name < $1.source.contract.name }
        let marks = measures.flatMap { name in
            rating.compactMap { source in
                source.source.fold.measures.firstIndex { $0.name == name }.map { MarksByCadre(source, measure: $0, cadres: cadres) }
            }
        }
        let parts = CadreParts(cadres: cadres.count).count
        return Stretches(marks.count * parts) { piece, builder in
            let (list, part) = piece.quotientAndRemainder(dividingBy: parts)
            try marks[list].write(part, to: &builder)
        }
    }

    private static func evidence(_ writers: [EvidenceWriter]) -> Stretches<EvidenceBuilder> {
        let stretches = writers.indices.flatMap { writer in
            writers[writer].stretches.map { (writer, $0) }
        }
        return Stretches(stretches.count) { piece, builder in
            let (writer, pieces) = stretches[piece]
            try writers[writer].write(pieces, to: &builder)
        }
    }
}
