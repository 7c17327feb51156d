import PipelineModel
import Warehouse

/// The facts of all sources, cadre by cadre.
struct FactsByCadre: Sendable {
    private let sources: [SourceByCadre]
    /// Everybody who can be an answer, sorted.
    private let cadres: [String]
    /// All that facts may be of, sorted.
    private let measures: [String]
    private let parts: CadreParts
    /// Of each source, the place of each of its measures among all.
    private let ranks: [[Int]]

    /// - Parameter measures: All that any of the sources counts.
    init(sources: [SourceByCadre], cadres: [String], measures: [String]) {
        (self.sources, self.cadres, self.measures, parts) = (sources, cadres, measures, CadreParts(cadres: cadres.count))
        let places = Dictionary(uniqueKeysWithValues: zip(measures, measures.indices))
        ranks = sources.map { source in source.source.fold.measures.compactMap { places[$0.name] } }
    }

    /// Writes the facts of a part of the cadres, by measure and month: what different targets of one cadre, and different sources of one measure, come to together.
    func write(_ part: Int, to facts: inout FactBuilder) throws {
        let sources = try zip(sources, ranks).map { try $0.part(part, rank: $1) }
        var sums = MonthlySums(measures: measures.count)
        for place in parts[part] {
            for source in sources { source.add(place, to: &sums) }
            var (hasBegun, last) = (false, -1)
            try sums.drain { measure, month, own in
                if !hasBegun { try facts.begin(cadre: cadres[place]) }
                if measure != last { try facts.begin(measure: measure) }
                (hasBegun, last) = (true, measure)
                try facts.add(month: month, count: Int(own.count), sum: Int(own.sum), squares: Int(own.sumOfSquares))
            }
        }
    }
}
