import PipelineModel

/// Takes facts in their order and makes blocks of them.
public struct FactBuilder: BlockBuilder {
    var finished = FinishedBlocks<FactBlock>()
    /// All that facts may be of, sorted.
    private let known: [String]
    private var firstCadre: String?
    var block = FactBlock()
    /// Of each known measure, its place among those of the block; below zero where it has none.
    private var places: [Int]
    private var cadre: String?
    /// The place of the last fact's measure among the known ones.
    private var measure = -1
    private var month: Int32 = 0
    /// Where the facts of the last run start in the block.
    private var runStart = 0

    init(measures: Set<String>) {
        known = measures.sorted()
        places = [Int](repeating: -1, count: known.count)
    }

    /// Adds a fact.
    ///
    /// - Throws: `WarehouseError.failed` where it does not come after the one before, by cadre, measure and month, or where `measures` lacks its
    ///   measure.
    public mutating func add(_ fact: MonthlyFact) throws {
        if cadre != fact.cadreID { try begin(cadre: fact.cadreID) }
        if measure < 0 || known[measure] != fact.measure {
            guard let next = place(of: fact.measure) else {
                throw WarehouseError.failed(reason: "a fact is of \(fact.measure), which is not among the measures")
            }
            try begin(measure: next)
        }
        try add(month: fact.month.index, count: fact.count, sum: fact.sum, squares: fact.sumOfSquares)
    }

    /// Begins the facts of a cadre: who comes after the one before.
    package mutating func begin(cadre next: String) throws {
        if let cadre, cadre >= next { throw FactBuilder.outOfOrder }
        endRun()
        if block.count >= FactBlock.size { flush() }
        cadre = next
        firstCadre = firstCadre ?? next
        measure = -1
        block.cadres.append(next)
        block.runCounts.append(0)
    }

    /// Begins the facts of the cadre in a measure: one after the measure before.
    ///
    /// - Parameter next: Its place among all measures, sorted.
    package mutating func begin(measure next: Int) throws {
        guard measure < next else { throw FactBuilder.outOfOrder }
        endRun()
        (measure, month) = (next, .min)
        if places[next] < 0 {
            places[next] = block.measures.count
            block.measures.append(known[next])
        }
        block.runCounts[block.runCounts.count - 1] += 1
        block.runs.append(FactBlock.Run(measure: places[next], length: 0))
    }

    /// Notes how long the last run has become: not at each of its facts, of which a night has millions.
    private mutating func endRun() {
        if runStart < block.count { block.runs[block.runs.count - 1].length = block.count - runStart }
        runStart = block.count
    }

    /// Adds a fact of the cadre and measure: of a month after the one before.
    package mutating func add(month next: Int32, count: Int, sum: Int, squares: Int) throws {
        guard month < next else { throw FactBuilder.outOfOrder }
        month = next
        block.facts.append(FactBlock.Fact(month: next, count: count, sum: sum, squares: squares))
    }

    private func place(of measure: String) -> Int? {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle] < measure { low = middle + 1 } else { high = middle }
        }
        return low < known.count && known[low] == measure ? low : nil
    }

    func follows(_ earlier: FactBuilder) -> Bool {
        guard let before = earlier.cadre, let firstCadre else { return true }
        return before < firstCadre
    }

    static var outOfOrder: WarehouseError { .failed(reason: "facts do not come by cadre, measure and month, each once") }

    mutating func flush() {
        endRun()
        runStart = 0
        finished.finish(&block)
        for place in places.indices { places[place] = -1 }
    }
}
