import Mechanisms
import PipelineModel
import Warehouse

/// The opinion's own targets and duties.
enum TrackWork {
    static func run(_ night: Night, in transaction: Transaction) throws -> [Finding] {
        try TrackStage.run(night.pipeline, asOf: night.asOf, threads: night.threads, in: transaction)
    }
}
