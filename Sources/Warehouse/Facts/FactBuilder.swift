import PipelineModel

/// Takes facts in their order and makes blocks of them.
public struct FactBuilder: BlockBuilder {
    var finished = FinishedBlocks<FactBlock>()
    private let known: Set<String>
    private var firstCadre: String?
    private var block = FactBlock()
    private var places: [String: Int] = [:]
    private var cadre: String?
    private var measure = ""
    private var month: Int32 = 0

    init(measures: Set<String>) { known = measures }

    /// Adds a fact.
    ///
    /// - Throws: `WarehouseError.failed` where it does not come after the one before, by cadre, measure and month, or where `measures` lacks its
    ///   measure.
    public mutating func add(_ fact: MonthlyFact) throws {
        if cadre != fact.cadreID {
            try begin(cadre: fact.cadreID)
            try begin(measure: fact.measure)
        } else if measure != fact.measure {
            guard measure < fact.measure else { throw FactBuilder.outOfOrder }
            try begin(measure: fact.measure)
        } else {
            guard month < fact.month.index else { throw FactBuilder.outOfOrder }
            block.runs[block.runs.count - 1].length += 1
        }
        month = fact.month.index
        block.months.append(month)
        block.counts.append(fact.count)
        block.sums.append(fact.sum)
        block.squares.append(fact.sumOfSquares)
    }

    private mutating func begin(cadre next: String) throws {
        if let cadre, cadre >= next { throw FactBuilder.outOfOrder }
        if block.count >= FactBlock.size { flush() }
        cadre = next
        firstCadre = firstCadre ?? next
        block.cadres.append(next)
        block.runCounts.append(0)
    }

    private mutating func begin(measure next: String) throws {
        measure = next
        var place = places[next]
        if place == nil {
            guard known.contains(next) else { throw WarehouseError.failed(reason: "a fact is of \(next), which is not among the measures") }
            place = block.measures.count
            places[next] = place
            block.measures.append(next)
        }
        block.runCounts[block.runCounts.count - 1] += 1
        block.runs.append(FactBlock.Run(measure: place ?? 0, length: 1))
    }

    func follows(_ earlier: FactBuilder) -> Bool {
        guard let before = earlier.cadre, let firstCadre else { return true }
        return before < firstCadre
    }

    static var outOfOrder: WarehouseError { .failed(reason: "facts do not come by cadre, measure and month, each once") }

    mutating func flush() {
        finished.finish(&block)
        places.removeAll(keepingCapacity: true)
    }
}
