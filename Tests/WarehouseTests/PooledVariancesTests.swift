import Testing
import Warehouse

@Suite("Pooled variances") struct PooledVariancesTests {
    private static func record(_ group: String, _ indicator: String, exposure: Double, variance: Double?, family: String = "mean") -> ObservationRecord {
        ObservationRecord(
            cadreID: "A", indicator: indicator, groupID: group, family: family, events: nil, exposure: exposure, value: 80, withinVariance: variance,
            eventsExcluded: 0, peersObserved: 2, peerMedian: nil, percentile: nil)
    }

    @Test("groups and indicators are kept apart, whatever the order they come in; who has no two values that differ adds nothing")
    func apart() {
        let records = [
            Self.record("g", "marks", exposure: 3, variance: 5), Self.record("h", "marks", exposure: 2, variance: 7),
            Self.record("g", "quality", exposure: 11, variance: 1), Self.record("g", "marks", exposure: 12, variance: 2),
            Self.record("h", "marks", exposure: 1, variance: nil), Self.record("h", "quality", exposure: 4, variance: 0),
            Self.record("g", "petitions", exposure: 4, variance: 9, family: "rate"),
        ]
        var pooled = PooledVariances()
        for share in records.compactMap({ PooledVariances.Share($0) }) { pooled.add(share) }
        #expect(pooled.values == ["g": ["marks": 32.0 / 13, "quality": 1], "h": ["marks": 7]])
        #expect(PooledVariances().values.isEmpty)
    }
}
