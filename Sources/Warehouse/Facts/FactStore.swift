public import PipelineModel

extension Transaction {
    /// Replaces all facts by those that `body` adds, in the order of cadre, measure and month.
    ///
    /// - Throws: What `FactBuilder.add` and `body` throw.
    public func replaceFacts(_ body: (inout FactBuilder) throws -> Void) throws {
        var rows = try BlockRows<FactBuilder>(self)
        try rows.append(body)
    }

    /// Passes the facts by cadre, measure and month; one block is in memory at a time.
    ///
    /// - Parameters:
    ///   - window: Where given, only facts of its months.
    ///   - cadres: Where given, only facts of these; only blocks that may hold some are read.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachFact(in window: MonthWindow? = nil, of cadres: Set<String>? = nil, _ body: (MonthlyFact) throws -> Void) throws {
        try forEachBlock(FactBlock.self, of: cadres) { try $0.forEach(in: window, of: cadres, body) }
    }

    /// Makes something of the facts of some hundred cadres after the other on several threads, and passes what was made in their order. No cadre's facts are in two blocks.
    ///
    /// - Parameters:
    ///   - transform: Called from several threads, in no order.
    ///   - body: Called from this one.
    /// - Throws: What `transform` and `body` throw; `WarehouseError.corrupt` where a block is not what was stored.
    package func mapFacts<Result: Sendable>(
        threads: Int, _ transform: @escaping @Sendable (FactBlock) throws -> Result, _ body: (Result) throws -> Void
    ) throws {
        try mapBlocks(FactBlock.self, threads: threads, transform, body)
    }

    /// The earliest month of each measure's facts.
    public func firstMonths(threads: Int) throws -> [String: Month] {
        var first: [String: Month] = [:]
        try mapFacts(threads: threads) { block in
            var first = [Int32](repeating: .max, count: block.measures.count)
            var place = 0
            for run in block.runs {
                // Months ascend within a run.
                first[run.measure] = min(first[run.measure], block.facts[place].month)
                place += run.length
            }
            return zip(block.measures, first).map { ($0, Month(index: $1)) }
        } _: { months in
            for (measure, month) in months { first[measure] = min(first[measure] ?? month, month) }
        }
        return first
    }

    /// All facts, by cadre, measure and month.
    public func facts() throws -> [MonthlyFact] {
        var facts: [MonthlyFact] = []
        try forEachFact { facts.append($0) }
        return facts
    }
}
