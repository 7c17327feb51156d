import Appraisal
import PipelineModel
import Testing
import Warehouse

/// A small warehouse as ingestion would leave it, built in memory. Two indicators of counts and one of values; every adverse event is in the facts too.
struct World {
    struct Event {
        var cadre: String
        var source = "tasks"
        var role = SourceRole.tasks
        var record: String
        var day: String?
        var measures = ["tasks.due", "tasks.overdue"]
        var month: String
        var line: Int?
        /// Code of the reform that its row names.
        var reform: String?
    }

    private struct RatingKey: Hashable {
        let cadre: String
        let source: String
        let month: Month
        let rater: Int
    }

    private struct FactKey: Hashable {
        let cadre: String
        let measure: String
        let month: Month
    }

    static let asOf = CalendarDate(year: 2025, month: 11, day: 30)!

    var pipeline = World.standardPipeline
    var measures = ["tasks.due": 0, "tasks.overdue": 0, "petitions.substantiated": 0, "ballots.score": 2]
    var doubtful: [String: String] = [:]
    private var rows: [(role: SourceRole, row: SourceRow)] = []
    private var facts: [FactKey: (count: Int, sum: Int, squares: Int)] = [:]
    private var ratings: [RatingKey: (count: Int, sum: Int, squares: Int)] = [:]
    private var events: [Event] = []
    private var nextLine = 2

    /// A world with one county unit `U1` called 瓯海局.
    init() throws {
        try add(.units, ["unit_id": "U1", "name": "瓯海局", "kind": "county"])
    }

    static var standardPipeline: Pipeline {
        var pipeline = Pipeline(name: "test")
        func text(_ english: String) -> BilingualText { BilingualText(chinese: "", english: english) }
        pipeline.indicators = [
            Indicator(
                id: "overdue", label: text("overdue"), dimension: .achievement,
                observation: .share(events: "tasks.overdue", trials: "tasks.due"), moreIsBetter: false),
            Indicator(
                id: "petitions", label: text("petitions"), dimension: .conduct, observation: .ratePerMonth(events: "petitions.substantiated"),
                moreIsBetter: false),
            Indicator(
                id: "ballots", label: text("ballots"), dimension: .publicEvaluation, observation: .mean(values: "ballots.score"), moreIsBetter: true),
        ]
        var scheme = AppraisalScheme(kind: .county, label: text("county"))
        scheme.minimumPeers = 1
        scheme.rankBands = [RankBand(id: "section", ranks: ["正科级"]), RankBand(id: "staff", ranks: ["科员"])]
        scheme.weights = pipeline.indicators.map { IndicatorWeight(indicator: $0.id, weight: 1.0 / 3) }
        pipeline.schemes = [scheme]
        return pipeline
    }

    /// Adds a row; values as an export would write them after its contract: codes, ISO days, plain numbers.
    @discardableResult
    mutating func add(_ role: SourceRole, _ values: [String: String], resolved: String? = nil) throws -> Int {
        let unknown = Set(values.keys).subtracting(role.fields.map(\.name))
        try #require(unknown.isEmpty, "no such field: \(unknown)")
        let parsed = try role.fields.map { field in try values[field.name].map { try parse($0, as: field.type) } ?? .missing }
        rows.append((role, SourceRow(fileID: fileID(of: role), line: nextLine, values: parsed, cadreID: resolved ?? values["cadre_id"])))
        nextLine += 1
        return nextLine - 1
    }

    /// Adds a cadre with one open post.
    mutating func addCadre(
        _ id: String, since: String = "2020-01-01", unit: String = "U1", type: String? = "窗口", rank: String = "正科级", status: String? = nil
    ) throws {
        var roster = ["cadre_id": id, "rank": rank, "unit": unit]
        roster["status"] = status
        try add(.roster, roster)
        var post = ["cadre_id": id, "post": "科长", "start_date": since]
        post["post_type"] = type
        try add(.posts, post)
    }

    mutating func addFact(_ cadre: String, _ measure: String, _ month: String, count: Int, values: [Int] = []) throws {
        let key = FactKey(cadre: cadre, measure: measure, month: try #require(Month(iso: month)))
        let old = facts[key] ?? (0, 0, 0)
        facts[key] = (old.count + count, old.sum + values.reduce(0, +), old.squares + values.reduce(0) { $0 + $1 * $1 })
    }

    /// Adds a mark in hundredths, by a rater or by somebody who is not named.
    mutating func addMark(_ cadre: String, rater: Int?, _ month: String, _ mark: Int, source: String = "ballots") throws {
        try addFact(cadre, "ballots.score", month, count: 1, values: [mark])
        guard let rater else { return }
        let key = RatingKey(cadre: cadre, source: source, month: try #require(Month(iso: month)), rater: rater)
        let old = ratings[key] ?? (0, 0, 0)
        ratings[key] = (old.count + 1, old.sum + mark, old.squares + mark * mark)
    }

    mutating func addEvent(_ event: Event) throws {
        events.append(event)
        for measure in event.measures { try addFact(event.cadre, measure, event.month, count: 1) }
    }

    /// A fault-tolerance case about a task of a cadre.
    mutating func addCase(
        _ id: String, _ cadre: String, _ record: String, _ decision: String, weight: String? = nil, decided: String? = "2025-06-01", source: String = "tasks"
    ) throws {
        var values = ["case_id": id, "cadre_id": cadre, "event_source": source, "event_record_id": record, "decision": decision]
        values["weight"] = weight
        values["decided_date"] = decided
        try add(.faultTolerance, values)
    }

    /// The same world with facts of some measures in one month only.
    func keepingOnlyMonth(_ month: String, of measures: [String]) -> World {
        var world = self
        world.facts = facts.filter { !measures.contains($0.key.measure) || $0.key.month.description == month }
        return world
    }

    /// The same world with its parts inserted in another order.
    func reversed() -> World {
        var world = self
        world.rows.reverse()
        return world
    }

    /// The same world with other cadre numbers, and other numbers for raters.
    func renamed(_ rename: (String) -> String, rater: (Int) -> Int = { $0 }) -> World {
        var world = self
        world.ratings = Dictionary(
            uniqueKeysWithValues: ratings.map {
                (RatingKey(cadre: rename($0.key.cadre), source: $0.key.source, month: $0.key.month, rater: rater($0.key.rater)), $0.value)
            })
        world.rows = rows.map { role, row in
            var row = row
            row.cadreID = row.cadreID.map(rename)
            if let place = role.index(of: "cadre_id"), case .text(let id) = row.values[place] { row.values[place] = .text(rename(id)) }
            return (role, row)
        }
        world.facts = Dictionary(
            uniqueKeysWithValues: facts.map { (FactKey(cadre: rename($0.key.cadre), measure: $0.key.measure, month: $0.key.month), $0.value) })
        world.events = events.map { event in
            var event = event
            event.cadre = rename(event.cadre)
            return event
        }
        return world
    }

    /// Inserts everything and runs the analysis.
    func run(asOf: CalendarDate = World.asOf, threads: Int = 1) throws -> Outcome {
        let warehouse = try Warehouse(path: ":memory:")
        let findings = try warehouse.write { transaction in
            try insert(into: transaction)
            return try Analysis.run(pipeline, asOf: asOf, threads: threads, in: transaction)
        }
        return try Outcome(warehouse, findings: findings)
    }

    func insert(into transaction: Transaction) throws {
        try transaction.insert(
            SourceRole.allCases.map { role in
                SourceFileRecord(
                    fileID: fileID(of: role), source: role.rawValue, role: role, path: "\(role.rawValue).csv", sha256: "", bytes: 0, encoding: "utf-8",
                    contractFrom: nil, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, rowsDuplicate: 0, rowsOutOfScope: 0)
            })
        for (role, row) in rows { try transaction.insert(row, of: role) }
        try transaction.insert(doubtful.map { DoubtfulCadre(cadreID: $0.key, reason: $0.value) })
        try transaction.insert(measures.map { MeasureRecord(measure: $0.key, decimals: $0.value) })
        let stored = facts.filter { measures[$0.key.measure] != nil }.map { key, fact in
            MonthlyFact(cadreID: key.cadre, measure: key.measure, month: key.month, count: fact.count, sum: fact.sum, sumOfSquares: fact.squares)
        }
        try transaction.replaceFacts { builder in
            for fact in stored.sorted(by: { ($0.cadreID, $0.measure, $0.month) < ($1.cadreID, $1.measure, $1.month) }) { try builder.add(fact) }
        }
        let given = ratings.map { key, given in
            MonthlyRating(
                measure: "ballots.score", source: key.source, cadreID: key.cadre, month: key.month, rater: key.rater, count: given.count, sum: given.sum,
                sumOfSquares: given.squares)
        }
        try transaction.replaceRatings { builder in
            for rating in given.sorted(by: { ($0.source, $0.cadreID, $0.month, $0.rater) < ($1.source, $1.cadreID, $1.month, $1.rater) }) {
                try builder.add(rating)
            }
        }
        let evidence = try events.enumerated().map { index, event in
            let month = try #require(Month(iso: event.month))
            let row = EvidenceRecord(
                source: event.source, role: event.role, fileID: fileID(of: event.role), line: event.line ?? 100 + index, recordID: event.record,
                cadreID: event.cadre, eventDate: event.day.flatMap { CalendarDate(iso: $0) }, reform: event.reform)
            return (row, event.measures.map { EvidenceIncrement(measure: $0, month: month, count: 1, sum: 0, sumOfSquares: 0) })
        }
        try transaction.replaceEvidence { builder in
            for (row, increments) in evidence.sorted(by: { ($0.0.fileID, $0.0.line) < ($1.0.fileID, $1.0.line) }) { try builder.add(row, increments) }
        }
    }

    private func fileID(of role: SourceRole) -> Int { (SourceRole.allCases.firstIndex(of: role) ?? 0) + 1 }
}

/// What the analysis wrote.
struct Outcome {
    /// But those of the model, which says much of worlds as small as most here.
    let findings: [Finding]
    let modelFindings: [Finding]
    let fits: [GroupFitRecord]
    let scorecards: [ScorecardRecord]
    let estimates: [EstimateRecord]
    let correlations: [CorrelationRecord]
    let previousPosts: [PreviousPostRecord]
    let groups: [PeerGroupRecord]
    let members: [PeerMember]
    /// But those of whom nothing was observed: most worlds here are about something else.
    let notJudged: [NotJudged]
    let nothingObserved: [NotJudged]
    let observations: [ObservationRecord]
    let exclusions: [ExclusionRecord]
    let effects: [FaultToleranceEffect]

    init(_ warehouse: Warehouse, findings: [Finding]) throws {
        let model: Set<Finding.Check> = [
            "IndicatorWithoutObservations", "MoreEventsThanTrials", "NoSamplingVariance", "TooFewObserved", "IndicatorNotFitted",
            "CorrelationNotConverged", "StandingsNotNormal", "TailsNotNormal", "ExposureFollowsStanding", "IndicatorWithoutCompany",
        ]
        self.findings = findings.filter { !model.contains($0.check) }
        modelFindings = findings.filter { model.contains($0.check) }
        (fits, scorecards, estimates, correlations, previousPosts) = try warehouse.read {
            (
                try $0.all(GroupFitRecord.self), try $0.all(ScorecardRecord.self), try $0.all(EstimateRecord.self), try $0.all(CorrelationRecord.self),
                try $0.all(PreviousPostRecord.self)
            )
        }
        effects = try warehouse.read { try $0.all(FaultToleranceEffect.self) }
        let unjudged: [NotJudged]
        (groups, members, unjudged, observations, exclusions) = try warehouse.read {
            (
                try $0.all(PeerGroupRecord.self), try $0.all(PeerMember.self), try $0.all(NotJudged.self), try $0.all(ObservationRecord.self),
                try $0.all(ExclusionRecord.self)
            )
        }
        notJudged = unjudged.filter { $0.reason != .nothingObserved }
        nothingObserved = unjudged.filter { $0.reason == .nothingObserved }
    }

    func observation(_ cadre: String, _ indicator: String) throws -> ObservationRecord {
        try #require(observations.first { $0.cadreID == cadre && $0.indicator == indicator })
    }
}

/// A value as the warehouse would hold it.
func parse(_ text: String, as type: FieldType) throws -> FieldValue {
    switch type {
    case .text, .identityNumber: .text(text)
    case .integer: .integer(try #require(Int64(text)))
    case .decimal(let decimals): .decimal(Int64((try #require(Double(text)) * (decimals == 2 ? 100 : 1)).rounded()))
    case .date: .date(try #require(CalendarDate(iso: text)))
    case .timestamp: .timestamp(Timestamp(try #require(CalendarDate(iso: text))))
    case .flag: .flag(text == "true")
    case .category(let category): .category(try #require(category.index(ofCode: text)))
    }
}
