/// Stretches of a table, which follow one another in its order.
package struct Stretches<Builder>: Sendable {
    fileprivate let count: Int
    fileprivate let make: @Sendable (Int, inout Builder) throws -> Void

    /// - Parameters:
    ///   - count: How many.
    ///   - make: Adds the entries of one; called from several threads, in no order.
    package init(_ count: Int, _ make: @escaping @Sendable (Int, inout Builder) throws -> Void) { (self.count, self.make) = (count, make) }

    package static var none: Stretches { Stretches(0) { _, _ in } }
}

/// Facts, ratings and adverse rows of a night, which other threads make blocks of while the one that stores them does something else first.
///
/// Where blocks end depends on the stretches, and on nothing else.
package struct NightBlocks {
    private enum Made: Sendable {
        case facts(FactBuilder)
        case ratings(RatingBuilder)
        case evidence(EvidenceBuilder)
    }

    private let work: OrderedWork<Result<Made, any Error>>.Begun

    /// - Parameters:
    ///   - measures: All that entries may be of.
    ///   - ahead: How many stretches may wait in memory, for each thread.
    ///   - facts: By cadre, measure and month; no cadre is in two.
    ///   - ratings: By measure, source, cadre, month and rater; no cadre's ratings of one measure and source are in two.
    ///   - evidence: By source, file and line.
    package init(
        measures: Set<String>, threads: Int, ahead: Int = 3, facts: Stretches<FactBuilder> = .none, ratings: Stretches<RatingBuilder> = .none,
        evidence: Stretches<EvidenceBuilder> = .none
    ) {
        @Sendable func built<Builder: BlockBuilder>(_ stretches: Stretches<Builder>, _ stretch: Int) throws -> Builder {
            var builder = Builder(measures: measures)
            try stretches.make(stretch, &builder)
            builder.end()
            return builder
        }
        work = OrderedWork(count: facts.count + ratings.count + evidence.count, threads: threads, ahead: ahead) { stretch in
            Result {
                if stretch < facts.count { return .facts(try built(facts, stretch)) }
                if stretch < facts.count + ratings.count { return .ratings(try built(ratings, stretch - facts.count)) }
                return .evidence(try built(evidence, stretch - facts.count - ratings.count))
            }
        }.begin()
    }

    /// Stores everything in place of what stood there.
    fileprivate func store(in transaction: Transaction) throws {
        var facts = try BlockRows<FactBuilder>(transaction)
        var ratings = try BlockRows<RatingBuilder>(transaction)
        var evidence = try BlockRows<EvidenceBuilder>(transaction)
        try work.forEach { _, made in
            switch try made.get() {
            case .facts(let builder): try facts.add(builder)
            case .ratings(let builder): try ratings.add(builder)
            case .evidence(let builder): try evidence.add(builder)
            }
        }
    }
}

extension Transaction {
    /// Replaces all facts, ratings and adverse rows; what has no stretch is emptied.
    ///
    /// - Throws: Of several failures that of the first stretch: what its `make` and the builder's `add` throw; `WarehouseError.failed` where stretches do not
    ///   follow one another.
    package func replaceBlocks(_ blocks: NightBlocks) throws { try blocks.store(in: self) }
}
