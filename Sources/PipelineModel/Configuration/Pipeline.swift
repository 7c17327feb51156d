/// Everything that a night runs by, read from YAML and checked. `pipelines/nightly.yaml` names the other files.
public struct Pipeline: Hashable, Sendable {
    /// Shown in logs and the manifest.
    public var name: String
    /// Folder of the pipeline's file; every path in it is relative to this.
    public var folder: String
    /// Default of `--input`, relative to the working folder of the run.
    public var input: String
    /// Default of `--output`.
    public var output: String
    /// One list per source: its versions in the order of their `from:` dates.
    public var sources: [[SourceContract]]
    public var indicators: [Indicator]
    public var schemes: [AppraisalScheme]
    public var triggers: [RuleTrigger]
    public var protections: ProtectionRules
    public var flagging: FlaggingRules
    public var dispositions: DispositionRules
    public var linkage: LinkageRules
    /// Who is named for which course; `nil` where the pipeline names no file.
    public var training: TrainingRules?
    /// Shares to be reached; `nil` where the pipeline names no file.
    public var targets: TargetRules?
    /// Township secretaries and their way up; `nil` where the pipeline names no file.
    public var selection: SelectionRules?
    /// `nil` where the pipeline names no file; then nothing is measured against a deadline of a regulation.
    public var deadlines: Deadlines?
    /// `nil` where the pipeline names no file; then there are no standings of a contest.
    public var contest: ContestRules?
    /// Ballots and annual grades; empty where the pipeline names no file.
    public var evaluation: EvaluationRules
    /// Whom to care for; `nil` where the pipeline names no file, and nothing is said of it.
    public var care: CareRules?
    public var reviews: ReviewRules
    /// File with the secret key of identity hashes, relative to the pipeline's folder; `nil` where no source maps an identity number.
    public var identityKeyFile: String?
    /// Whether that key is the published one of the sample; then its file may be readable by others, and every run says so.
    public var identityKeyIsDemonstration: Bool
    public var tables: TableOptions
    /// SHA-256 over every configuration file's name and bytes, in hexadecimal.
    public var configurationHash: String

    public init(name: String) {
        self.name = name
        self.folder = "."
        self.input = "."
        self.output = "output"
        self.sources = []
        self.indicators = []
        self.schemes = []
        self.triggers = []
        self.protections = ProtectionRules()
        self.flagging = FlaggingRules()
        self.dispositions = DispositionRules()
        self.linkage = LinkageRules()
        self.evaluation = EvaluationRules()
        self.reviews = ReviewRules()
        self.identityKeyIsDemonstration = false
        self.tables = TableOptions()
        self.configurationHash = ""
    }

    /// The contracts of a night: of each source the newest version that is not after the as-of date.
    public func contracts(asOf: CalendarDate) -> [SourceContract] {
        sources.compactMap { versions in versions.last { ($0.from ?? asOf) <= asOf } }
    }

    /// The scheme of a kind of body; `nil` where the pipeline has none, and its cadres are not judged.
    public func scheme(for kind: KindOfBody) -> AppraisalScheme? { schemes.first { $0.kind == kind } }
}

/// How tables are written.
public struct TableOptions: Hashable, Sendable {
    /// Whether CSV files start with a byte-order mark, which spreadsheets need to read Chinese.
    public var byteOrderMark: Bool

    public init(byteOrderMark: Bool = true) {
        self.byteOrderMark = byteOrderMark
    }
}
