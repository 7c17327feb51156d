public import PipelineModel

extension Transaction {
    /// Replaces all facts by those that `body` adds, in the order of cadre, measure and month.
    ///
    /// - Throws: What `FactBuilder.add` and `body` throw.
    public func replaceFacts(_ body: (inout FactBuilder) throws -> Void) throws {
        var builder = try FactBuilder(self)
        try body(&builder)
        try builder.flush()
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

    /// All facts, by cadre, measure and month.
    public func facts() throws -> [MonthlyFact] {
        var facts: [MonthlyFact] = []
        try forEachFact { facts.append($0) }
        return facts
    }
}
