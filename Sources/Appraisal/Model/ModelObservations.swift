import PipelineModel
import Statistics
import Warehouse

/// What was observed of one scheme's people, as the model takes it.
struct ModelObservations {
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
    init(_ records: [ObservationRecord], group: [Int], groups: Int, indicators: [SchemePlans.PlannedIndicator]) {
        var squares = [Double](repeating: 0, count: groups * indicators.count)
        var freedom = squares
        for (place, record) in records.enumerated() {
            guard let variance = record.withinVariance else { continue }
            let cell = group[place / indicators.count] * indicators.count + place % indicators.count
            squares[cell] += variance * (record.exposure - 1)
            freedom[cell] += record.exposure - 1
        }
        self.indicators = indicators
        pooled = zip(squares, freedom).map { $0 > 0 && $1 > 0 ? $0 / $1 : nil }
        impossible = [Int](repeating: 0, count: indicators.count)
        observations.reserveCapacity(records.count)
        for (place, record) in records.enumerated() {
            observations.append(observation(record, indicator: place % indicators.count, group: group[place / indicators.count]))
            if let events = record.events, record.family == "share", events > record.exposure { impossible[place % indicators.count] += 1 }
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
    func groupsWithoutVariance(_ records: [ObservationRecord], group: [Int], indicator: Int) -> Int {
        guard case .mean = indicators[indicator].indicator.observation else { return 0 }
        let silent = group.indices.filter { person in
            let record = records[person * indicators.count + indicator]
            return record.value != nil && record.samplingVariance(pooled: pooled[group[person] * indicators.count + indicator]) == nil
        }
        return Set(silent.map { group[$0] }).count
    }
}
