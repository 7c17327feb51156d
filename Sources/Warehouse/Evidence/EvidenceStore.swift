import PipelineModel

/// Takes adverse rows in their order and makes blocks of them.
public struct EvidenceBuilder: BlockBuilder {
    private typealias Place = (source: String, fileID: Int, line: Int)

    var finished = FinishedBlocks<EvidenceBlock>()
    private let known: Set<String>
    private var first: Place?
    private var last: Place?
    private var block = EvidenceBlock()
    private var measures: [String: Int] = [:]
    private var reforms: [String: Int] = [:]

    init(measures: Set<String>) { known = measures }

    /// Adds a row and what it added to its measures.
    ///
    /// - Throws: `WarehouseError.failed` where it does not come after the one before by line, within a file, or where `measures` lacks a measure.
    public mutating func add(_ row: EvidenceRecord, _ increments: [EvidenceIncrement]) throws {
        let isOther = row.fileID != block.fileID || row.source != block.source
        if isOther || block.count >= EvidenceBlock.size { flush() }
        if block.rows.isEmpty { (block.source, block.role, block.fileID) = (row.source, row.role, row.fileID) }
        guard row.line >= block.rows.last?.line ?? 0 else { throw EvidenceBuilder.outOfOrder }
        last = (row.source, row.fileID, row.line)
        first = first ?? last
        if let recordID = row.recordID { block.texts.append(contentsOf: recordID.utf8) }
        block.append(
            EvidenceBlock.Row(
                line: row.line, textEnd: block.texts.count, hasRecordID: row.recordID != nil, cadre: row.cadreID, day: row.eventDate?.dayNumber,
                reform: row.reform.map { place(of: $0) }, increments: increments.count))
        for increment in increments {
            block.increments.append(
                EvidenceBlock.Increment(
                    measure: try place(ofMeasure: increment.measure), month: increment.month.index, count: increment.count, sum: increment.sum,
                    squares: increment.sumOfSquares))
        }
    }

    private mutating func place(of reform: String) -> Int {
        if let place = reforms[reform] { return place }
        reforms[reform] = block.reforms.count
        block.reforms.append(reform)
        return block.reforms.count - 1
    }

    private mutating func place(ofMeasure measure: String) throws -> Int {
        if let place = measures[measure] { return place }
        guard known.contains(measure) else { throw WarehouseError.failed(reason: "an adverse row is of \(measure), which is not among the measures") }
        measures[measure] = block.measures.count
        block.measures.append(measure)
        return block.measures.count - 1
    }

    func follows(_ earlier: EvidenceBuilder) -> Bool {
        guard let before = earlier.last, let first, before.source == first.source, before.fileID == first.fileID else { return true }
        return before.line <= first.line
    }

    static var outOfOrder: WarehouseError { .failed(reason: "adverse rows of a file do not come by line") }

    mutating func flush() {
        finished.finish(&block)
        measures.removeAll(keepingCapacity: true)
        reforms.removeAll(keepingCapacity: true)
    }
}

extension Transaction {
    /// Replaces all adverse rows by those that `body` adds, in the order of source, file and line.
    ///
    /// - Throws: What `EvidenceBuilder.add` and `body` throw.
    public func replaceEvidence(_ body: (inout EvidenceBuilder) throws -> Void) throws {
        var rows = try BlockRows<EvidenceBuilder>(self)
        try rows.append(body)
    }

    /// Passes every adverse row with what it added to its measures, by source, file and line; one block is in memory at a time.
    ///
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachEvidence(_ body: (EvidenceRecord, [EvidenceIncrement]) throws -> Void) throws {
        try forEachBlock(EvidenceBlock.self) { block in
            try block.forEach { glance in
                try body(block.record(of: glance), block.increments(of: glance))
            }
        }
    }

    /// Passes the adverse rows that somebody wants, by source, file and line, with what each added to its measures; the rows are looked at on several threads,
    /// and of the others no texts are made.
    ///
    /// - Parameter isWanted: Called from several threads, in no order.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachEvidence(
        threads: Int, where isWanted: @escaping @Sendable (EvidenceGlance) -> Bool, _ body: (EvidenceRecord, [EvidenceIncrement]) throws -> Void
    ) throws {
        try mapBlocks(EvidenceBlock.self, threads: threads) { block in
            var wanted: [(EvidenceRecord, [EvidenceIncrement])] = []
            block.forEach { glance in
                if isWanted(glance) { wanted.append((block.record(of: glance), block.increments(of: glance))) }
            }
            return wanted
        } _: { wanted in
            for (record, increments) in wanted { try body(record, increments) }
        }
    }

    /// All adverse rows, by source, file and line.
    public func evidence() throws -> [EvidenceRecord] {
        var rows: [EvidenceRecord] = []
        try forEachEvidence { row, _ in rows.append(row) }
        return rows
    }
}
