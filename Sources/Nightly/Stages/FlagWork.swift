import Flagging
import PipelineModel
import Warehouse

/// Proposals to look at a cadre.
enum FlagWork {
    static func run(_ night: Night, in transaction: Transaction) throws -> [Finding] {
        try FlagStage.run(night.pipeline, asOf: night.asOf, threads: night.threads, in: transaction)
    }
}
