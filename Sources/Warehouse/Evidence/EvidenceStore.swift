package import PipelineModel

/// Takes adverse rows in their order and makes blocks of them.
public struct EvidenceBuilder: BlockBuilder {
    private typealias Place = (source: String, fileID: Int, line: Int)

    var finished = FinishedBlocks<EvidenceBlock>()
    /// All that rows may add to, sorted.
    private let known: [String]
    private var first: Place?
    private var last: Place?
    var block = EvidenceBlock()
    /// Of each known measure, its place among those of the block; below zero where it has none.
    private var measures: [Int]
    private var reforms: [String: Int] = [:]

    init(measures: Set<String>) {
        known = measures.sorted()
        self.measures = [Int](repeating: -1, count: known.count)
    }

    /// Adds a row and what it added to its measures.
    ///
    /// - Throws: `WarehouseError.failed` where it does not come after the one before by line, within a file, or where `measures` lacks a measure.
    public mutating func add(_ row: EvidenceRecord, _ increments: [EvidenceIncrement]) throws {
        try begin(source: row.source, role: row.role, fileID: row.fileID)
        var recordID = row.recordID ?? ""
        try recordID.withUTF8 {
            try add(
                line: row.line, recordID: row.recordID == nil ? nil : $0, cadre: row.cadreID, day: row.eventDate?.dayNumber, reform: row.reform)
        }
        for increment in increments {
            guard let measure = known.firstIndex(of: increment.measure) else {
                throw WarehouseError.failed(reason: "an adverse row is of \(increment.measure), which is not among the measures")
            }
            add(
                measure: measure, month: increment.month.index, count: increment.count, sum: increment.sum, squares: increment.sumOfSquares)
        }
    }

    /// Goes on in a file of a source; another block is begun where this one is full or of another file.
    package mutating func begin(source: String, role: SourceRole, fileID: Int) throws {
        if fileID != block.fileID || block.count >= EvidenceBlock.size || source != block.source { flush() }
        if block.rows.isEmpty { (block.source, block.role, block.fileID) = (source, role, fileID) }
    }

    /// Adds a row of the file, whose increments follow.
    package mutating func add(line: Int, recordID: UnsafeBufferPointer<UInt8>?, cadre: String, day: Int32?, reform: String?) throws {
        guard line >= block.rows.last?.line ?? 0 else { throw EvidenceBuilder.outOfOrder }
        last = (block.source, block.fileID, line)
        if first == nil { first = last }
        if let recordID { block.texts.append(contentsOf: recordID) }
        block.append(
            EvidenceBlock.Row(
                line: line, textEnd: block.texts.count, hasRecordID: recordID != nil, cadre: cadre, day: day, reform: reform.map { place(of: $0) },
                increments: 0))
    }

    /// Adds what the last row added to a measure.
    ///
    /// - Parameter measure: Its place among all measures, sorted.
    package mutating func add(measure: Int, month: Int32, count: Int, sum: Int, squares: Int) {
        if measures[measure] < 0 {
            measures[measure] = block.measures.count
            block.measures.append(known[measure])
        }
        block.rows[block.rows.count - 1].increments += 1
        block.increments.append(EvidenceBlock.Increment(measure: measures[measure], month: month, count: count, sum: sum, squares: squares))
    }

    private mutating func place(of reform: String) -> Int {
        if let place = reforms[reform] { return place }
        reforms[reform] = block.reforms.count
        block.reforms.append(reform)
        return block.reforms.count - 1
    }

    func follows(_ earlier: EvidenceBuilder) -> Bool {
        guard let before = earlier.last, let first, before.source == first.source, before.fileID == first.fileID else { return true }
        return before.line <= first.line
    }

    static var outOfOrder: WarehouseError { .failed(reason: "adverse rows of a file do not come by line") }

    mutating func flush() {
        finished.finish(&block)
        for place in measures.indices { measures[place] = -1 }
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
