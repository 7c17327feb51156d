import Appraisal
import Ingestion
public import PipelineModel
import Warehouse

/// What a run was asked for on the command line.
public struct NightOptions: Sendable {
    /// The pipeline's file.
    public var pipeline: String
    /// The night; `nil`: yesterday.
    public var asOf: CalendarDate?
    /// Folder of the exports; `nil`: as the pipeline says. Relative to the working folder, as is `output`.
    public var input: String?
    /// `nil`: as the pipeline says.
    public var output: String?
    /// Threads that compute; `nil`: as many as there are processors. Changes the time, and no byte of the result.
    public var threads: Int?

    /// A run of a pipeline, with defaults in everything else.
    public init(pipeline: String, asOf: CalendarDate? = nil, input: String? = nil, output: String? = nil, threads: Int? = nil) {
        self.pipeline = pipeline
        self.asOf = asOf
        self.input = input
        self.output = output
        self.threads = threads
    }
}

/// One run over one night: under the lock, each stage in a transaction of its own, and at the end tables that appear all at once.
///
/// Killed at any instruction, last night's output stands and the next run completes.
public struct NightRun {
    let options: NightOptions
    let clock: RunClock
    let work: StageWork
    let observe: (NightEvent) -> Void

    /// A run that tells `observe` what happens, in order and on the caller's thread.
    public init(_ options: NightOptions, clock: RunClock = .system, observe: @escaping (NightEvent) -> Void = { _ in }) {
        self.init(options, clock: clock, work: .all, observe: observe)
    }

    init(_ options: NightOptions, clock: RunClock, work: StageWork, observe: @escaping (NightEvent) -> Void = { _ in }) {
        self.options = options
        self.clock = clock
        self.work = work
        self.observe = observe
    }

    /// Runs stages in their order: all of them, or one over what an earlier command left in the warehouse.
    ///
    /// - Returns: What was published, stored or refused. A refused night (exit status 65 or 66) is an outcome: its findings say why.
    /// - Throws: `NightError` where the run could not be made at all; nothing was published, and the failed stage stored nothing.
    public func run(_ stages: [Stage] = Stage.allCases) throws(NightError) -> RunOutcome {
        let asOf = try clock.asOf(options.asOf)
        let loaded: LoadedPipeline
        do throws(ConfigurationError) {
            loaded = try Pipeline.load(path: options.pipeline)
        } catch {
            throw .configuration(error.findings)
        }
        let output = try OutputFolder(options.output ?? loaded.pipeline.output)
        let lock = try RunLock(path: output.lock)
        defer { withExtendedLifetime(lock) {} }
        report(try Pruning(output: output).removeStale())

        let run = try output.newRun(asOf: asOf, secondsNow: clock.secondsNow())
        observe(.started(pipeline: loaded.pipeline.name, asOf: asOf, run: run.description))
        let night = Night(
            pipeline: loaded.pipeline, asOf: asOf, input: options.input ?? loaded.pipeline.input, threads: options.threads ?? Analysis.processors,
            cacheFolder: output.cache, spillFolder: output.path, observe: observe)
        do {
            let warehouse = try Warehouse(path: output.warehouse)
            let stagesRun = StageRuns(night: night, configuration: loaded.findings, publication: Publication(output: output, run: run), work: work)
            let outcome = try stagesRun.run(stages, of: warehouse)
            report(try Pruning(output: output).removeOld(secondsNow: clock.secondsNow()))
            return outcome
        } catch {
            throw NightError(error, output: output.path)
        }
    }

    private func report(_ pruned: (removed: [String], problems: [String])) {
        if !pruned.removed.isEmpty { observe(.removed(pruned.removed)) }
        for problem in pruned.problems { observe(.warning(problem)) }
    }
}
