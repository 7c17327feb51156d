import PipelineModel
import Warehouse

/// What one night hands to its stages.
struct Night {
    let pipeline: Pipeline
    let asOf: CalendarDate
    /// Folder of the exports.
    let input: String
    /// At least 1.
    let threads: Int
    /// Where what parts of exports came to is kept for other nights; `nil`: nowhere.
    var cacheFolder: String?
    /// On whose disk lies what would take too much memory meanwhile; `nil`: nowhere.
    var spillFolder: String?
    let observe: (NightEvent) -> Void
}

/// The work of the stages; tests put their own in its place to see what a run does when one of them fails.
struct StageWork {
    var ingest: (Night, Transaction) throws -> [Finding] = IngestWork.run
    var analyze: (Night, Transaction) throws -> [Finding] = AnalyzeWork.run
    var flag: (Night, Transaction) throws -> [Finding] = FlagWork.run
    var track: (Night, Transaction) throws -> [Finding] = TrackWork.run
    var export: (Night, Transaction, _ folder: String) throws -> Void = ExportWork.run

    static var all: StageWork { StageWork() }
}
