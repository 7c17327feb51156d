import GRDB
public import PipelineModel

/// Takes ratings in their order and makes blocks of them.
public struct RatingBuilder: BlockBuilder {
    private typealias Place = (measure: String, source: String, cadre: String)

    var finished = FinishedBlocks<RatingBlock>()
    private let known: Set<String>
    var block = RatingBlock()
    private var first: Place?
    /// Of the last rating.
    private var last: Place?
    private var before: (month: Int32, rater: Int) = (.min, .min)

    init(measures: Set<String>) { known = measures }

    /// Adds a rating.
    ///
    /// - Throws: `WarehouseError.failed` where it does not come after the one before, by measure, source, cadre, month and rater, or where `measures`
    ///   lacks its measure.
    public mutating func add(_ rating: MonthlyRating) throws {
        if last.map({ $0.cadre != rating.cadreID || $0.source != rating.source || $0.measure != rating.measure }) ?? true {
            try begin(measure: rating.measure, source: rating.source, cadre: rating.cadreID)
        }
        try add(month: rating.month.index, rater: rating.rater, count: rating.count, sum: rating.sum, squares: rating.sumOfSquares)
    }

    /// Begins the ratings of another cadre, and another block where this one is full or of something else.
    package mutating func begin(measure: String, source: String, cadre: String) throws {
        if let last {
            guard (last.measure, last.source, last.cadre) < (measure, source, cadre) else { throw RatingBuilder.outOfOrder }
        }
        let isOther = last?.measure != measure || last?.source != source
        if isOther || block.count >= RatingBlock.size { flush() }
        if isOther, !known.contains(measure) { throw WarehouseError.failed(reason: "a rating is of \(measure), which is not among the measures") }
        (block.measure, block.source) = (measure, source)
        last = (measure, source, cadre)
        first = first ?? last
        block.cadres.append(cadre)
        block.lengths.append(0)
        before = (.min, .min)
    }

    /// Adds a rating of the cadre: one after that before, by month and rater.
    package mutating func add(month: Int32, rater: Int, count: Int, sum: Int, squares: Int) throws {
        guard before < (month, rater) else { throw RatingBuilder.outOfOrder }
        before = (month, rater)
        block.lengths[block.lengths.count - 1] += 1
        block.entries.append(RatingBlock.Entry(month: month, rater: rater, count: count, sum: sum, squares: squares))
    }

    func follows(_ earlier: RatingBuilder) -> Bool {
        guard let before = earlier.last, let first else { return true }
        return before < first
    }

    static var outOfOrder: WarehouseError { .failed(reason: "ratings do not come by measure, source, cadre, month and rater, each once") }

    mutating func flush() { finished.finish(&block) }
}

extension Transaction {
    /// Replaces all ratings by those that `body` adds, in the order of measure, source, cadre, month and rater.
    ///
    /// - Throws: What `RatingBuilder.add` and `body` throw.
    public func replaceRatings(_ body: (inout RatingBuilder) throws -> Void) throws {
        var rows = try BlockRows<RatingBuilder>(self)
        try rows.append(body)
    }

    /// Passes a measure's ratings of the window's months, by source, cadre, month and rater; one block is in memory at a time.
    ///
    /// - Parameter window: Where given, only ratings of its months.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachRating(of measure: String, in window: MonthWindow? = nil, _ body: (MonthlyRating) throws -> Void) throws {
        try forEachBlock(RatingBlock.self, part: measure) { try $0.forEach(in: window, body) }
    }

    /// Makes something of a measure's ratings of some hundred cadres after the other on several threads, and passes what was made by source and cadre.
    ///
    /// No cadre's ratings of one source are in two blocks.
    ///
    /// - Parameters:
    ///   - transform: Called from several threads, in no order.
    ///   - body: Called from this one.
    /// - Throws: What `transform` and `body` throw; `WarehouseError.corrupt` where a block is not what was stored.
    package func mapRatings<Result: Sendable>(
        of measure: String, threads: Int, _ transform: @escaping @Sendable (RatingBlock) throws -> Result, _ body: (Result) throws -> Void
    ) throws {
        try mapBlocks(RatingBlock.self, part: measure, threads: threads, transform, body)
    }

    /// How many ratings of a measure there are.
    package func ratingCount(of measure: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT sum(entries) FROM \(RatingBlock.table) WHERE part = ?", arguments: [measure]) ?? 0
    }

    /// All ratings, by measure, source, cadre, month and rater.
    public func ratings() throws -> [MonthlyRating] {
        var ratings: [MonthlyRating] = []
        try forEachBlock(RatingBlock.self) { block in try block.forEach(in: nil) { ratings.append($0) } }
        return ratings
    }
}

extension RatingBlock {
    fileprivate func forEach(in window: MonthWindow?, _ body: (MonthlyRating) throws -> Void) throws {
        let first = window?.first.index ?? .min
        let last = window?.last.index ?? .max
        var place = 0
        for (cadre, length) in zip(cadres, lengths) {
            for entry in entries[place..<(place + length)] where first <= entry.month && entry.month <= last {
                try body(
                    MonthlyRating(
                        measure: measure, source: source, cadreID: cadre, month: Month(index: entry.month), rater: entry.rater, count: entry.count,
                        sum: entry.sum, sumOfSquares: entry.squares))
            }
            place += length
        }
    }
}
