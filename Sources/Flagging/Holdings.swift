import PipelineModel
import Warehouse

/// What the analysis left of tonight's cadres, indicator by indicator: read once for the flags, the watch list and the commendations.
struct Holdings {
    /// By cadre: the current window's estimates, by indicator.
    private(set) var estimates: [String: [EstimateRecord]] = [:]
    /// By cadre and indicator.
    private(set) var observations: [String: [String: ObservationRecord]] = [:]
    /// By group and indicator, over everybody: the variance of single values within a person.
    private(set) var pooledVariances: [String: [String: Double]] = [:]

    private struct Own: Sendable {
        let cadreID: String
        /// None of those who are on no list.
        let observations: [String: ObservationRecord]
        let shares: [PooledVariances.Share]
    }

    /// - Parameter cadres: Those who are on some list.
    init(of cadres: Set<String>, threads: Int, in transaction: Transaction) throws {
        guard !cadres.isEmpty else { return }
        try transaction.forEachCadre(EstimateRecord.self, of: cadres, threads: threads, make: { ($0, $1) }) { estimates[$0] = $1 }
        var pooled = PooledVariances()
        let make: @Sendable (String, [ObservationRecord]) -> Own? = { cadreID, rows in
            let kept = cadres.contains(cadreID) ? rows : []
            return Own(
                cadreID: cadreID, observations: Dictionary(kept.map { ($0.indicator, $0) }, uniquingKeysWith: { _, last in last }),
                shares: rows.compactMap { PooledVariances.Share($0) })
        }
        try transaction.forEachCadre(ObservationRecord.self, threads: threads, make: make) { own in
            for share in own.shares { pooled.add(share) }
            if !own.observations.isEmpty { observations[own.cadreID] = own.observations }
        }
        pooledVariances = pooled.values
    }
}
