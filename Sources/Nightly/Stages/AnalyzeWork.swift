import Appraisal
import PipelineModel
import Warehouse

/// Who is judged, against whom, and what was observed.
enum AnalyzeWork {
    static func run(_ night: Night, in transaction: Transaction) throws -> [Finding] {
        try Analysis.run(night.pipeline, asOf: night.asOf, threads: night.threads, in: transaction)
    }
}
