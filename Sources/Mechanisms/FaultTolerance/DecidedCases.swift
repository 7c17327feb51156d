import PipelineModel
import Warehouse

/// How many fault-tolerance cases are decided (mechanism 4); what each does to a score, the analysis and the flags have said.
enum DecidedCases {
    /// Share of the cases that are decided.
    static let measure = "fault_tolerance_decided"
    static let measures = [MeasureLabel(measure, .faultTolerance, "已认定容错事项的占比", "Share of fault-tolerance cases that are decided")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        var (rows, decided) = (0, MeasureCounts())
        try night.transaction.forEach(FaultToleranceEffect.self) { effect in
            rows += 1
            decided.add(effect.decision != .pending, unitID: night.unit(of: effect.cadreID, on: night.asOf))
        }
        night.store(decided.values(measure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.faultTolerance, table: FaultToleranceEffect.table)] : []
    }
}
