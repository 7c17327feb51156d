import PipelineModel
import Warehouse

/// What raters gave in one measure of a source, cadre by cadre.
///
/// A large city has tens of millions of marks, and nearly every one is a cell of its own: they are put in order by counting, and never looked up.
struct MarksByCadre: Sendable {
    private let source: SourceByCadre
    private let measure: Int
    /// Everybody who can be an answer, sorted.
    private let cadres: [String]
    private let parts: CadreParts

    /// - Parameter measure: Its place among the source's.
    init(_ source: SourceByCadre, measure: Int, cadres: [String]) {
        (self.source, self.measure, self.cadres, parts) = (source, measure, cadres, CadreParts(cadres: cadres.count))
    }

    /// Writes the ratings of a part of the cadres, by month and rater: a rater's marks of a month are added up, and those taken back are left out.
    func write(_ part: Int, to builder: inout RatingBuilder) throws {
        let marks = try source.marks(ofPart: part)
        let (contract, fold) = (source.source.contract, source.source.fold)
        let name = fold.measures[measure].name
        var own: [(order: UInt64, value: Int32, sign: Int32)] = []
        for place in parts[part] {
            own.removeAll(keepingCapacity: true)
            marks.forEachMark(of: place) { mark, sign in
                if Int(mark.measure) != measure { return }
                own.append((UInt64(UInt16(bitPattern: mark.month)) << 32 | UInt64(UInt32(bitPattern: mark.rater)), mark.value, Int32(sign)))
            }
            own.sort { $0.order < $1.order }
            var (index, hasBegun) = (0, false)
            while index < own.count {
                let order = own[index].order
                var sums = Sums()
                while index < own.count, own[index].order == order {
                    sums += Sums(of: Int64(own[index].value), times: Int64(own[index].sign))
                    index += 1
                }
                if sums.count == 0 { continue }
                if !hasBegun { try builder.begin(measure: name, source: contract.name, cadre: cadres[place]) }
                hasBegun = true
                try builder.add(
                    month: Int32(order >> 32), rater: Int(order & 0xFFFF_FFFF), count: Int(sums.count), sum: Int(sums.sum),
                    squares: Int(sums.sumOfSquares))
            }
        }
    }
}
