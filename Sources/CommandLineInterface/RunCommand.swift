import Foundation
import Logging
public import Nightly
import PipelineModel

/// What the executables of the stages have in common: one run, told on standard error, its lists named on standard output.
public enum RunCommand {
    /// Runs stages and says how it ended.
    ///
    /// - Parameter command: The executable's name, for the log.
    public static func run(_ stages: [Stage], command: String, options: CommonOptions, input: String? = nil) -> ExitStatus {
        let night = options.night(input: input)
        MemoryArenas.limit(for: stages, threads: night.threads ?? ProcessInfo.processInfo.activeProcessorCount)
        let reporter = RunReporter(options.log, command: command)
        do throws(NightError) {
            let outcome = try NightRun(night, observe: reporter.observe).run(stages)
            show(outcome.findings, table: table(of: outcome), log: options.log, command: command)
            if let folder = outcome.publishedFolder, !options.log.quiet { StandardOutput.write(place(of: folder)) }
            return outcome.exitStatus
        } catch {
            show(error.findings, table: "the configuration files", log: options.log, command: command)
            reporter.fail(error)
            return error.exitStatus
        }
    }

    private static func show(_ findings: [Finding], table: String, log: LogOptions, command: String) {
        let relevant = log.quiet ? findings.filter { $0.severity == .error } : findings
        switch log.logFormat {
        case .text:
            for line in FindingLines.lines(relevant, table: table) { StandardError.write(line + "\n") }
        case .json:
            let logger = log.logger(command)
            for finding in relevant.sorted() { logger.log(level: finding.level, "finding", metadata: finding.metadata) }
        }
    }

    private static func table(of outcome: RunOutcome) -> String {
        guard let folder = outcome.refusedFolder ?? outcome.publishedFolder else { return "findings.csv of the next export" }
        return "\(folder)/findings.csv"
    }

    /// `/srv/cadre/output/current/ holds the lists of this run (runs/RUN-ID)`: a whole path, because the reader of cron's mail stands elsewhere.
    static func place(of folder: String, workingFolder: String = FileManager.default.currentDirectoryPath) -> String {
        let whole = folder.hasPrefix("/") ? folder : "\(workingFolder)/\(folder)"
        let parts = whole.split(separator: "/", omittingEmptySubsequences: false)
        return "\(parts.dropLast(2).joined(separator: "/"))/current/ holds the lists of this run (\(parts.suffix(2).joined(separator: "/")))\n"
    }
}

extension Finding {
    var level: Logger.Level {
        switch severity {
        case .note: .info
        case .warning: .warning
        case .error: .error
        }
    }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "check": "\(check)", "severity": "\(severity.rawValue)", "file": "\(location.file)", "finding": "\(message)",
        ]
        if let line = location.line { metadata["line"] = "\(line)" }
        if let column = location.column { metadata["column"] = "\(column)" }
        if let field = location.field { metadata["field"] = "\(field)" }
        if let value { metadata["value"] = "\(value)" }
        if let hint { metadata["hint"] = "\(hint)" }
        return metadata
    }
}
