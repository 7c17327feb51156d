public import PipelineModel

/// What a world is made from. The same parameters give the same bytes.
public struct WorldParameters: Sendable {
    /// 1 to 5,000,000.
    public var cadres: Int
    /// Months of events, 1 to 240; the last one ends on `end`.
    public var months: Int
    public var seed: UInt64
    /// Last day of the last month: the as-of date the exports are meant for.
    public var end: CalendarDate
    public var volumes: EventVolumes
    /// Mean size of an incident that brings petitions; 1: every substantiated petition stands alone, larger: geometric sizes.
    public var incidentMeanSize: Double
    /// Correlation of true standings, in the order of `SimulatedIndicator.allCases`; unit diagonal, positive definite.
    public var correlation: [[Double]]
    /// Correlation between a person's standing in a post of one type and in an earlier post of another type.
    public var postFit: Double
    /// Parameters that replace the standard ones, for studies.
    public var overrides: [SimulatedIndicator: IndicatorParameters]
    public var mess: MessParameters
    /// Whether exports divide each type of post by field of work, which makes some 200 groups of peers out of 50.
    public var dividesPosts: Bool
    public var exports: ExportHabits

    /// A standard world.
    public init(cadres: Int, months: Int, seed: UInt64, end: CalendarDate) {
        self.cadres = cadres
        self.months = months
        self.seed = seed
        self.end = end
        self.volumes = EventVolumes()
        self.incidentMeanSize = 1
        self.correlation = SimulatedIndicator.defaultCorrelation
        self.postFit = 0.6
        self.overrides = [:]
        self.mess = .realistic
        self.dividesPosts = false
        self.exports = ExportHabits()
    }

    /// The months of events.
    public var window: MonthWindow { MonthWindow(trailing: months, asOf: end) }

    /// μ and σ of an indicator in a group of this world.
    public func parameters(of indicator: SimulatedIndicator, in group: SimulatedGroup) -> IndicatorParameters {
        overrides[indicator] ?? group.standardParameters(of: indicator)
    }

    /// Throws the first thing that makes the parameters unusable.
    func check() throws(SimulationError) {
        guard (1...5_000_000).contains(cadres) else { throw .invalidParameter("cadres must be 1 to 5,000,000, not \(cadres)") }
        guard (1...240).contains(months) else { throw .invalidParameter("months must be 1 to 240, not \(months)") }
        guard end == end.month.lastDay else { throw .invalidParameter("the end must be the last day of a month, not \(end)") }
        guard (1990...2090).contains(end.month.year) else { throw .invalidParameter("the end must lie in 1990 to 2090, not \(end)") }
        guard (0...1).contains(postFit) else { throw .invalidParameter("postFit must be 0 to 1, not \(postFit)") }
        for (name, volume) in [("tasks", volumes.tasks), ("ballots", volumes.ballots), ("petitions", volumes.otherPetitions)] {
            guard (0...1000).contains(volume) else { throw .invalidParameter("\(name) must be 0 to 1000 a month, not \(volume)") }
        }
        guard incidentMeanSize >= 1 else { throw .invalidParameter("incidentMeanSize must be at least 1, not \(incidentMeanSize)") }
    }
}

/// How many events there are, per cadre and month unless it says otherwise.
public struct EventVolumes: Sendable {
    public var tasks = 3.8
    public var ballots = 2.0
    /// Cadres for each rater.
    public var cadresPerRater = 2.0
    /// Spread of rater severity, and of what is left, in marks.
    public var raterSpread = 5.0
    public var ballotNoise = 6.0
    /// One rater in so many gives everybody the same mark; 0: none does.
    public var straightLinerEvery = 100
    /// Petitions that never count, whatever the standing: unfounded, mistaken, malicious, pending, appeals, suggestions.
    public var otherPetitions = 0.025
    public var mediaInquiries = 0.08
    public var courses = 0.22

    public init() {}
}

/// How much goes wrong in the exports, as shares of rows or cells; all of it is recorded under `truth/`.
public struct MessParameters: Sendable {
    public var brokenRows: Double
    public var duplicateRows: Double
    public var conflictingRows: Double
    /// Blanks around a cell, and full-width digits.
    public var untidyCells: Double
    /// Members of a unit who share a name, as a share of units.
    public var homonyms: Double
    /// Petitions about somebody who is on no roster, as a share of those that name their target in words.
    public var outsiders: Double
    /// Whether targets in words are written as carelessly as people write.
    public var isWordingCareless: Bool

    public init(
        brokenRows: Double, duplicateRows: Double, conflictingRows: Double, untidyCells: Double, homonyms: Double, outsiders: Double = 0,
        isWordingCareless: Bool = false
    ) {
        self.brokenRows = brokenRows
        self.duplicateRows = duplicateRows
        self.conflictingRows = conflictingRows
        self.untidyCells = untidyCells
        self.homonyms = homonyms
        self.outsiders = outsiders
        self.isWordingCareless = isWordingCareless
    }

    /// A few per mille, as in exports that people keep by hand.
    public static let realistic = MessParameters(
        brokenRows: 0.003, duplicateRows: 0.003, conflictingRows: 0.001, untidyCells: 0.003, homonyms: 0.15, outsiders: 0.04, isWordingCareless: true)
    /// Nothing goes wrong: for studies of the statistics alone.
    public static let none = MessParameters(brokenRows: 0, duplicateRows: 0, conflictingRows: 0, untidyCells: 0, homonyms: 0)
}

/// Why a world could not be made.
public enum SimulationError: Error, CustomStringConvertible {
    /// A parameter is out of range; says which, and what is allowed.
    case invalidParameter(String)
    /// A file could not be created or written.
    case cannotWrite(path: String, reason: String)

    public var description: String {
        switch self {
        case .invalidParameter(let reason): reason
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        }
    }
}
