import PipelineModel
import Testing
import Warehouse

@testable import Ingestion

/// Everything a night leaves behind.
struct MessyNight: Equatable {
    let findings: [Finding]
    let refused: Bool
    let files: [SourceFileRecord]
    let facts: [MonthlyFact]
    let ratings: [MonthlyRating]
    let evidence: [EvidenceRecord]
    let increments: [[EvidenceIncrement]]
    let rejects: [RejectRecord]
    let unresolved: [UnresolvedTarget]
    let rows: [[SourceRow]]

    /// - Parameters:
    ///   - standing: What holds an earlier night, or a later one; `nil` for a new warehouse.
    ///   - cache: The folder of parts of other nights.
    ///   - spill: The folder on whose disk rows are put aside, sixty-four bytes of a list at a time.
    ///   - warn: Told of what makes no difference to the night.
    init(
        _ exports: Exports, _ cutting: FileCutting, over standing: Warehouse? = nil, asOf: CalendarDate = nightOfTests, cache: String? = nil,
        bytesLeftFree: Int = 0,
        configurationHash: String = "", spill: String? = nil,
        warn: @escaping (String) -> Void = { _ in }
    ) throws {
        var pipeline = Pipeline(name: "test")
        pipeline.configurationHash = configurationHash
        var tasks = SourceContract.tasks
        tasks.measures[2].rater = "post"
        tasks.known = "due_date"
        var petitions = SourceContract.plain(.petitions, ["record_id", "unit", "post", "kind", "received"], key: ["record_id"])
        petitions.freshness = Freshness(field: "received", days: 20)
        pipeline.sources = [[.units], [.roster], [.posts], [tasks], [petitions]]
        let warehouse = try standing ?? Warehouse(path: ":memory:")
        var (found, files, refused): ([Finding], [SourceFileRecord], Bool) = ([], [], false)
        do {
            var stage = IngestionStage(pipeline: pipeline, input: exports.folder, asOf: asOf, cacheFolder: cache, spillFolder: spill, warn: warn)
            stage.cutting = cutting
            if spill != nil { stage.bytesInSpillPiece = 64 }
            stage.leastBytesOfPart = 1
            stage.bytesInBeginning = 500
            stage.bytesLeftFree = bytesLeftFree
            let ready = stage
            found = try warehouse.write { try ready.run(in: $0) }
            files = try warehouse.read { try $0.all(SourceFileRecord.self) }
            // With other nights' volumes no other night is compared here.
            try warehouse.write { try $0.replaceVolumes(asOf: asOf, []) }
        } catch IngestionError.refused(let findings, let accounts) {
            (found, files, refused) = (findings, accounts, true)
        }
        (findings, self.files, self.refused) = (found, files, refused)
        (facts, ratings) = try warehouse.read { (try $0.facts(), try $0.ratings()) }
        let ingested = Ingested(warehouse: warehouse, findings: [], error: nil)
        (evidence, increments) = (try ingested.evidence(), try ingested.increments())
        (rejects, unresolved) = try warehouse.read { (try $0.all(RejectRecord.self), try $0.unresolvedTargets()) }
        rows = try warehouse.read { transaction in try [.units, .roster, .posts, .petitions].map { try transaction.rows(of: $0) } }
    }
}

extension MessyNight {
    /// What two nights differ in.
    func differences(from other: MessyNight) -> [String] {
        zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).compactMap { mine, its in
            "\(mine.value)" == "\(its.value)" ? nil : mine.label
        }
    }
}

/// Exports with everything in them that a cut could go wrong over: quoted line breaks, repeated and contradicting rows in other parts of the file,
/// broken rows by the dozen, blank lines, a second header, marks in mid-file, all three kinds of line end.
struct MessyExports {
    var random: SplitMix

    mutating func write(to exports: Exports, isBroken: Bool) throws {
        try exports.writePeople()
        var tasks = "record_id,cadre_id,unit,post,due_date,completed_date,quality\n"
        var earlier: [String] = []
        for index in 0..<400 {
            var row = "T\(random.next(below: 8) == 0 ? random.next(below: index + 1) : index)," + target() + ",\(day()),\(done()),\(random.next(below: 101))"
            switch random.next(below: 25) {
            case 0: row = earlier.randomElement(using: &random) ?? row
            case 1: row += ",one too many"
            case 2: row = "T\(index),C1,,,2025-13-45,,"
            case 3: row = "record_id,cadre_id,unit,post,due_date,completed_date,quality"
            case 4: row = "\u{FEFF}" + row
            case 5: row = "\n" + row
            default: break
            }
            earlier.append(row)
            tasks += row + ["\n", "\r\n", "\r", "\n"][random.next(below: 4)]
        }
        try exports.write("tasks_1.csv", tasks)
        try exports.write("tasks_2.csv", "record_id,cadre_id,unit,post,due_date,completed_date,quality\n" + earlier.prefix(30).joined(separator: "\n"))
        var petitions = "record_id,unit,post,kind,received\r\n"
        for index in 0..<200 {
            petitions += "X\(random.next(below: 9) == 0 ? 1 : index),\"甲\n,局\",\"P\"\"1\",检举控告,\(day())\r\n"
            if isBroken, index == 150 { petitions += "X,\"甲\"局,P,检举控告,2025-01-01\r\n" }
        }
        try exports.write("petitions.csv", petitions)
    }

    private mutating func target() -> String { ["C1,,", "C2,,", "C9,,", ",U1,P1", ",U2,P2", ",,"][random.next(below: 6)] }
    private mutating func day() -> String { "2025-\(1 + random.next(below: 12))-\(1 + random.next(below: 28))" }
    private mutating func done() -> String { random.next(below: 3) == 0 ? "" : day() }
}
