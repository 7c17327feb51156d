import Foundation
import Ingestion
public import PipelineModel
import Simulation
import Tables
import Warehouse

/// Simulated worlds, ingested, with every target in words held to whom the truth says it means.
public struct LinkageStudy: Sendable {
    public let worlds: Int
    public let cadres: Int
    public let months: Int
    public let seed: UInt64
    /// The pipeline whose contracts and rules are used.
    let pipeline: Pipeline
    private let end: CalendarDate

    /// - Parameters:
    ///   - worlds: At least 1, each of another seed, from `seed` on.
    ///   - end: Last day of a month: that of the sample where not given.
    /// - Throws: `StudyError.invalidParameter`.
    public init(
        worlds: Int, cadres: Int, months: Int, seed: UInt64, pipeline: Pipeline, end: CalendarDate = Month(year: 2026, monthOfYear: 10).lastDay
    ) throws(StudyError) {
        guard (1...1000).contains(worlds) else { throw .invalidParameter("worlds must be 1 to 1000, not \(worlds)") }
        guard (60...1_000_000).contains(cadres) else { throw .invalidParameter("cadres must be 60 to 1,000,000, not \(cadres)") }
        guard (1...240).contains(months) else { throw .invalidParameter("months must be 1 to 240, not \(months)") }
        (self.worlds, self.cadres, self.months, self.seed, self.end) = (worlds, cadres, months, seed, end)
        var pipeline = pipeline
        let needed: Set<SourceRole> = [.roster, .units, .posts, .petitions]
        pipeline.sources = pipeline.sources.filter { $0.first.map { needed.contains($0.role) } ?? false }
        self.pipeline = pipeline
    }

    /// Makes, ingests and compares every world; the folders go away again.
    ///
    /// - Throws: What simulating, ingesting and reading throw.
    public func run() throws -> LinkageStudyResult {
        var results: [LinkageWorld] = []
        for world in 0..<worlds {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cadre-linkage-" + UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: folder) }
            let seed = self.seed &+ UInt64(world)
            try WorldWriter(WorldParameters(cadres: cadres, months: months, seed: seed, end: end)).write(to: folder.path)
            results.append(try compared(folder.path, seed: seed))
        }
        return LinkageStudyResult(study: self, worlds: results)
    }

    private struct Meant {
        let cadre: String?
        let oddities: [String]
    }

    private func compared(_ folder: String, seed: UInt64) throws -> LinkageWorld {
        let warehouse = try Warehouse(path: ":memory:")
        _ = try warehouse.write { try IngestionStage(pipeline: pipeline, input: folder, asOf: end).run(in: $0) }
        let truth = try meant(folder + "/truth/petition_targets.csv")
        var world = LinkageWorld(seed: seed)
        try warehouse.read { transaction in
            var names: [Int: [Int: String]] = [:]
            let unresolved = try transaction.unresolvedTargets().filter { $0.reason == .needsReview }
            let forReview = Set(unresolved.map { [$0.fileID, $0.line] })
            try transaction.forEachRow(of: .petitions) { row in
                guard let record = NamedFields(row, .petitions).text("record_id"), let meant = truth[record] else { return }
                names[row.fileID, default: [:]][row.line] = record
                world.add(
                    meant.oddities, meant: meant.cadre, linked: row.cadreID, isForReview: forReview.contains([row.fileID, row.line]))
            }
            try transaction.forEach(LinkRecord.self) { record in
                guard record.rank == 1, let name = names[record.fileID]?[record.line], let meant = truth[name] else { return }
                world.add(posterior: record.posterior, isRight: record.cadreID == meant.cadre)
            }
            world.weights = try transaction.all(LinkWeightRecord.self)
        }
        return world
    }

    /// Whom each petition in words means.
    private func meant(_ path: String) throws -> [String: Meant] {
        var truth: [String: Meant] = [:]
        let reader = try CSVFileReader(path: path, encoding: .utf8, dialect: CSVDialect(delimiter: UInt8(ascii: ",")))
        try reader.forEachRecord { record in
            let fields = record.strings
            guard fields.count == 4, fields[2] == TargetForm.words.rawValue else { return true }
            truth[fields[0]] = Meant(cadre: fields[1].isEmpty ? nil : fields[1], oddities: fields[3].split(separator: "+").map(String.init))
            return true
        }
        return truth
    }
}
