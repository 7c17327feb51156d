import PipelineModel
import Statistics
import Warehouse

/// What was observed of one scheme's people, as the model takes it.
struct ModelObservations {
    /// So many degrees of freedom the pooled within variance counts for beside a person's own: own values alone, four or five of them, by chance lie
    /// close together now and then, and would pass for certainty. One value has no variance of its own and takes the pooled one whole.
    static let pooledDegreesOfFreedom = 10.0

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
            guard let value = record.value, let pooled = pooled[group * indicators.count + indicator] else { return nil }
            let (freedom, prior) = (max(0, record.exposure - 1), ModelObservations.pooledDegreesOfFreedom)
            let within = (prior * pooled + freedom * (record.withinVariance ?? 0)) / (prior + freedom)
            return .mean(value: value, variance: within / record.exposure)
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
        let valued = group.indices.filter { records[$0 * indicators.count + indicator].value != nil }.map { group[$0] }
        return Set(valued).count { pooled[$0 * indicators.count + indicator] == nil }
    }
}
