public import PipelineModel
import Reporting

/// A stage of the night, in the order in which they run.
public enum Stage: String, CaseIterable, Sendable {
    case ingest, analyze, flag, track, export

    /// The executable that runs the stage by itself.
    public var command: String { "cadre-\(rawValue)" }

    /// The stages that must be done before this one.
    var earlier: [Stage] { Array(Stage.allCases.prefix { $0 != self }) }
}

/// How a run ended: published, refused, or, for a single stage, stored.
public struct RunOutcome: Sendable {
    /// What to exit with.
    public let exitStatus: ExitStatus
    /// What was noticed, sorted within each stage.
    public let findings: [Finding]
    /// The folder of the tables: `output/runs/RUN-ID`; `nil` where nothing was published.
    public let publishedFolder: String?
    /// Where a refused night is written down: `output/runs/RUN-ID.refused`; `nil` where it was not refused, or the disk refused that too.
    public let refusedFolder: String?
}

/// How far reading has come.
public struct ReadingProgress: Sendable {
    /// The contract that is being read under.
    public let source: String
    /// Relative to the input folder.
    public let file: String
    /// Of all files of the night.
    public let bytesRead: Int
    /// Of all files of the night.
    public let bytesTotal: Int
    /// Records so far, over all files.
    public let rows: Int

    /// A report of progress.
    public init(source: String, file: String, bytesRead: Int, bytesTotal: Int, rows: Int) {
        self.source = source
        self.file = file
        self.bytesRead = bytesRead
        self.bytesTotal = bytesTotal
        self.rows = rows
    }
}

/// What happens in a run, for whoever keeps the log.
public enum NightEvent: Sendable {
    /// The configuration is read and the lock is held.
    case started(pipeline: String, asOf: CalendarDate, run: String)
    case stageStarted(Stage)
    case reading(ReadingProgress)
    case stageFinished(Stage, findings: Int)
    case published(folder: String)
    case refused(folder: String?)
    /// Folders of old or killed runs that were removed.
    case removed([String])
    /// Something that did not stop the run: a folder that could not be removed.
    case warning(String)
}

/// The software's version, for `--version`.
public let softwareVersion = SoftwareVersion.current
