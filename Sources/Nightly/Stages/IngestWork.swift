import Ingestion
import PipelineModel
import Warehouse

/// Tonight's exports, into the warehouse.
enum IngestWork {
    static func run(_ night: Night, in transaction: Transaction) throws -> [Finding] {
        func observe(_ progress: IngestionProgress) {
            night.observe(
                .reading(
                    ReadingProgress(
                        source: progress.source, file: progress.file, bytesRead: progress.bytesRead, bytesTotal: progress.bytesTotal, rows: progress.rows)))
        }
        let stage = IngestionStage(
            pipeline: night.pipeline, input: night.input, asOf: night.asOf, cacheFolder: night.cacheFolder, spillFolder: night.spillFolder,
            progress: observe, warn: { night.observe(.warning($0)) })
        return try stage.run(in: transaction)
    }
}
