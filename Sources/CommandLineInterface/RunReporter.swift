import Logging
import Nightly
import PipelineModel

/// Tells on standard error what happens in a run, in the form that was asked for.
final class RunReporter {
    private let logger: Logger
    private let showsProgress: Bool
    private var progress = ProgressLine()
    private var source = ""
    private var stageStarted = ProgressLine.monotonicSeconds

    init(_ options: LogOptions, command: String) {
        logger = options.logger(command)
        showsProgress = StandardError.isTerminal && !options.quiet && options.logFormat == .text
    }

    func observe(_ event: NightEvent) {
        if case .reading(let reading) = event {
            report(reading)
            return
        }
        if progress.isShowing { StandardError.write(progress.finish()) }
        switch event {
        case .started(let pipeline, let asOf, let run): logger.info("run started", metadata: ["pipeline": "\(pipeline)", "as_of": "\(asOf)", "run": "\(run)"])
        case .stageStarted(let stage):
            stageStarted = ProgressLine.monotonicSeconds
            progress = ProgressLine()
            logger.info("stage started", metadata: ["stage": "\(stage.rawValue)"])
        case .stageFinished(let stage, let findings):
            let tenths = Int(((ProgressLine.monotonicSeconds - stageStarted) * 10).rounded())
            logger.info(
                "stage done", metadata: ["stage": "\(stage.rawValue)", "findings": "\(findings)", "seconds": "\(tenths / 10).\(tenths % 10)"])
        case .published(let folder): logger.info("published", metadata: ["folder": "\(folder)"])
        case .refused(let folder): logger.error("night refused; last night's output stands", metadata: folder.map { ["folder": "\($0)"] } ?? [:])
        case .removed(let names): logger.info("old runs removed", metadata: ["count": "\(names.count)"])
        case .warning(let message): logger.warning("\(message)")
        case .reading: break
        }
    }

    private func report(_ reading: ReadingProgress) {
        if showsProgress {
            if let line = progress.update(reading) { StandardError.write(line) }
        } else if reading.source != source || reading.bytesRead == reading.bytesTotal {
            source = reading.source
            logger.info(
                "reading", metadata: ["source": "\(reading.source)", "rows": "\(reading.rows)", "bytes": "\(reading.bytesRead)", "of": "\(reading.bytesTotal)"])
        }
    }

    func fail(_ error: NightError) {
        if progress.isShowing { StandardError.write(progress.finish()) }
        logger.error("\(error.description)", metadata: ["exit": "\(error.exitStatus.rawValue)"])
    }
}
