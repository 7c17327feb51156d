public import ArgumentParser
public import Nightly
import PipelineModel

/// Options that every stage's executable has.
public struct CommonOptions: ParsableArguments {
    @Argument(help: "The pipeline's file.", completion: .file(extensions: ["yaml"]))
    var pipeline = "pipelines/nightly.yaml"

    @Option(help: ArgumentHelp("The night to run, as 2025-11-03; yesterday where not given.", valueName: "date"))
    var asOf: Day?

    @Option(help: ArgumentHelp("Folder of the warehouse and the runs; as the pipeline says where not given.", valueName: "dir"))
    var output: String?

    @Option(help: "How many threads compute: 1 to 1024; as many as there are processors where not given. Changes the time only.")
    var threads: ThreadCount?

    @OptionGroup(title: "Log") var log: LogOptions

    public init() {}

    /// What a run is asked for.
    ///
    /// - Parameter input: Folder of the exports, for the commands that read them.
    public func night(input: String? = nil) -> NightOptions {
        NightOptions(pipeline: pipeline, asOf: asOf?.date, input: input, output: output, threads: threads?.count)
    }
}

/// The exports' folder, for the commands that read them.
public struct InputOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of tonight's exports; as the pipeline says where not given.", valueName: "dir"))
    public var input: String?

    public init() {}
}

/// What is said on the way, and how.
public struct LogOptions: ParsableArguments {
    @Flag(help: "Say nothing but errors.")
    public var quiet = false

    @Option(help: ArgumentHelp("text or json: one line per event on standard error.", valueName: "format"))
    public var logFormat: LogFormat = .text

    public init() {}
}

/// The form of log lines.
public enum LogFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json
}

/// A number of threads of the command line.
struct ThreadCount: ExpressibleByArgument, Sendable {
    let count: Int

    init?(argument: String) {
        guard let count = Int(argument), (1...1024).contains(count) else { return nil }
        self.count = count
    }
}

/// A day of the command line.
struct Day: ExpressibleByArgument, Sendable {
    let date: CalendarDate

    init?(argument: String) {
        guard let date = CalendarDate(iso: argument) else { return nil }
        self.date = date
    }
}
