import Ingestion
import PipelineModel
import Warehouse

/// Tonight's exports, into the warehouse.
enum IngestWork {
    static func run(_ night: Night, in transaction: Transaction) throws -> [Finding] {
        let stage = IngestionStage(pipeline: night.pipeline, input: night.input, asOf: night.asOf) { progress in
            let (source, file) = (progress.source, progress.file)
            night.observe(
                .reading(
                    ReadingProgress(source: source, file: file, bytesRead: progress.bytesRead, bytesTotal: progress.bytesTotal, rows: progress.rows)))
        }
        return try stage.run(in: transaction)
    }
}
