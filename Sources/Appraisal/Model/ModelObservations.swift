import PipelineModel
import Statistics
import Warehouse

/// The records of one scheme's people, N × K, where they stand among all.
struct SchemeRecords: Sendable {
    let observations: Observations
    /// N members, by their place among all members of the window.
    let slots: [Int]

    subscript(person: Int, indicator: Int) -> ObservationRecord { observations[slots[person], indicator] }
}

/// What was observed of one scheme's people, as the model takes it.
struct ModelObservations: Sendable {
    private let indicators: [SchemePlans.PlannedIndicator]
    /// groups × K: the variance of single values about their person's mean, pooled over the group; `nil` where nobody has two that differ.
    private let pooled: [Double?]
    /// N × K.
    private(set) var observations: [Statistics.Observation?] = []
    /// K: people whose events exceed the trials.
    private(set) var impossible: [Int]

    /// - Parameters:
    ///   - records: N × K.
    ///   - group: N.
    init(_ records: SchemeRecords, group: [Int], groups: Int, indicators: [SchemePlans.PlannedIndicator]) {
        let count = indicators.count
        var squares = [Double](repeating: 0, count: groups * count)
        var freedom = squares
        for person in group.indices {
            for indicator in 0..<count {
                let record = records[person, indicator]
                guard let variance = record.withinVariance else { continue }
                squares[group[person] * count + indicator] += variance * (record.exposure - 1)
                freedom[group[person] * count + indicator] += record.exposure - 1
            }
        }
        self.indicators = indicators
        pooled = zip(squares, freedom).map { $0 > 0 && $1 > 0 ? $0 / $1 : nil }
        impossible = [Int](repeating: 0, count: count)
        observations.reserveCapacity(group.count * count)
        for person in group.indices {
            for indicator in 0..<count {
                let record = records[person, indicator]
                observations.append(observation(record, indicator: indicator, group: group[person]))
                guard case .share = indicators[indicator].indicator.observation, let events = record.events, events > record.exposure else { continue }
                impossible[indicator] += 1
            }
        }
    }

    /// A record as the model takes it; `nil` where it says nothing, or cannot be.
    func observation(_ record: ObservationRecord, indicator: Int, group: Int) -> Statistics.Observation? {
        guard record.exposure > 0 else { return nil }
        if case .mean = indicators[indicator].indicator.observation {
            guard let value = record.judgedValue, let variance = record.samplingVariance(pooled: pooled[group * indicators.count + indicator]) else {
                return nil
            }
            return .mean(value: value, variance: variance)
        }
        guard let events = record.events else { return nil }
        if case .share = indicators[indicator].indicator.observation {
            return events <= record.exposure ? .share(events: events, trials: record.exposure) : nil
        }
        return .count(events: events, exposure: record.exposure)
    }

    /// Groups in which people have values of a mean, and nothing tells how much such values vary by chance.
    func groupsWithoutVariance(_ records: SchemeRecords, group: [Int], indicator: Int) -> Int {
        guard case .mean = indicators[indicator].indicator.observation else { return 0 }
        let silent = group.indices.filter { person in
            let record = records[person, indicator]
            return record.value != nil && record.samplingVariance(pooled: pooled[group[person] * indicators.count + indicator]) == nil
        }
        return Set(silent.map { group[$0] }).count
    }
}
