/// What is compared, and the file in which every record's entity is looked for.
public struct LinkageDesign: Hashable, Sendable {
    /// Levels of each comparison, L₁ … L_K, each at least 2.
    public var levels: [Int]
    /// Entities in the file, N ≥ 1; every record could mean any of them, or none.
    public var population: Int
    /// The comparison whose agreement is worth more where it is rare; `nil`: none.
    public var frequencyComparison: Int?
    /// What m is taken to be before anything is seen: K × L_k, each row positive with sum 1.
    public var expectedM: [[Double]]
    /// What the share of records whose entity is in the file is taken to be before anything is seen, in (0, 1).
    public var expectedShare: Double
    /// How many records those two are worth, > 0. They keep every logarithm finite, and carry the estimate where there are few records.
    public var pseudoRecords: Double
    /// Pairs that are not among the candidates and surely no match, by level: K × L_k. Pairs on which a comparison is missing are in no level.
    public var outside: [[Double]]

    public init(
        levels: [Int], population: Int, frequencyComparison: Int? = nil, expectedM: [[Double]], expectedShare: Double = 0.9, pseudoRecords: Double = 20,
        outside: [[Double]]? = nil
    ) {
        self.levels = levels
        self.population = population
        self.frequencyComparison = frequencyComparison
        self.expectedM = expectedM
        self.expectedShare = expectedShare
        self.pseudoRecords = pseudoRecords
        self.outside = outside ?? levels.map { Array(repeating: 0, count: $0) }
    }
}

/// Entities that agree with a record in the same way.
public struct LinkageCandidate: Hashable, Sendable {
    /// One level per comparison, counted from 0; `nil` where either side says nothing, which is evidence for nothing.
    public var levels: [Int?]
    /// Share of the file that agrees with this record, on the comparison with frequencies, as this entity does: in (0, 1]; `nil`: the average u is used.
    public var share: Double?
    /// How many entities agree so, ≥ 1.
    public var count: Int

    public init(levels: [Int?], share: Double? = nil, count: Int = 1) {
        self.levels = levels
        self.share = share
        self.count = count
    }
}

extension LinkageDesign {
    /// Throws the first thing that makes the design unusable.
    func check() throws(StatisticsError) {
        guard population >= 1 else { throw .outsideDomain(parameter: "population", value: Double(population)) }
        guard pseudoRecords > 0, pseudoRecords.isFinite else { throw .outsideDomain(parameter: "pseudoRecords", value: pseudoRecords) }
        guard expectedShare > 0, expectedShare < 1 else { throw .outsideDomain(parameter: "expectedShare", value: expectedShare) }
        for (name, table) in [("expectedM", expectedM), ("outside", outside)] {
            guard table.count == levels.count else { throw .unequalCounts(parameter: name, expected: levels.count, found: table.count) }
            for (row, count) in zip(table, levels) where row.count != count { throw .unequalCounts(parameter: name, expected: count, found: row.count) }
            for value in table.joined() where !(value >= 0 && value.isFinite) { throw .outsideDomain(parameter: name, value: value) }
        }
        for row in expectedM where !(row.allSatisfy { $0 > 0 } && (row.reduce(0, +) - 1).magnitude < 1e-9) {
            throw .outsideDomain(parameter: "expectedM", value: row.reduce(0, +))
        }
    }

    /// Throws where a record's candidates do not fit the design.
    func check(_ records: [[LinkageCandidate]]) throws(StatisticsError) {
        for candidate in records.joined() {
            guard candidate.levels.count == levels.count else {
                throw .unequalCounts(parameter: "candidate", expected: levels.count, found: candidate.levels.count)
            }
            for (level, count) in zip(candidate.levels, levels) {
                if let level, !(0..<count).contains(level) { throw .outsideDomain(parameter: "level", value: Double(level)) }
            }
            if let share = candidate.share, !(share > 0 && share <= 1) { throw .outsideDomain(parameter: "share", value: share) }
            guard candidate.count >= 1 else { throw .outsideDomain(parameter: "count", value: Double(candidate.count)) }
        }
    }
}
