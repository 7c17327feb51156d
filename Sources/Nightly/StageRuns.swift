import Ingestion
import PipelineModel
import Warehouse

/// The stages of one run, each in one transaction, with the marks by which a later one knows that an earlier one was done.
struct StageRuns {
    let night: Night
    /// What was noticed while the pipeline was loaded.
    let configuration: [Finding]
    let publication: Publication
    let work: StageWork

    /// The name under which the warehouse keeps the configuration's findings.
    static let configurationStage = "configuration"

    func run(_ stages: [Stage], of warehouse: Warehouse) throws -> RunOutcome {
        var findings = configuration
        var published: String?
        for stage in stages {
            night.observe(.stageStarted(stage))
            let found: [Finding]
            if stage == .export {
                found = stages.count > 1 ? [] : try warehouse.read { try $0.findings() }
                try export(of: warehouse)
                published = publication.published
            } else {
                do {
                    found = try warehouse.write { try run(stage, in: $0) }
                } catch let error as IngestionError {
                    return try refuse(error)
                }
            }
            night.observe(.stageFinished(stage, findings: found.count))
            if stages == [.export] { findings = found } else { findings += found }
        }
        let status: ExitStatus = findings.contains { $0.severity == .error } ? .doneWithErrors : .done
        return RunOutcome(exitStatus: status, findings: findings, publishedFolder: published, refusedFolder: nil)
    }

    private func run(_ stage: Stage, in transaction: Transaction) throws -> [Finding] {
        try requireEarlierStages(of: stage, in: transaction)
        let found =
            switch stage {
            case .ingest: try work.ingest(night, transaction)
            case .analyze: try work.analyze(night, transaction)
            case .flag: try work.flag(night, transaction)
            case .track, .export: try work.track(night, transaction)
            }
        if stage == .ingest {
            try RowAccounts.check(in: transaction)
            try transaction.replaceFindings(of: StageRuns.configurationStage, with: configuration)
        }
        try transaction.replaceFindings(of: stage.rawValue, with: found)
        // What was done on top of an earlier state of this stage is no longer valid.
        let marks = try transaction.all(StageRecord.self)
        try transaction.deleteAll(StageRecord.self)
        try transaction.insert(marks.filter { mark in stage.earlier.contains { $0.rawValue == mark.stage } })
        try transaction.finishStage(stage.rawValue, asOf: night.asOf, configurationHash: night.pipeline.configurationHash)
        return found.sorted()
    }

    private func export(of warehouse: Warehouse) throws {
        try warehouse.read { transaction in
            try requireEarlierStages(of: .export, in: transaction)
            try publication.publish { folder in try work.export(night, transaction, folder) }
        }
        night.observe(.published(folder: publication.published))
    }

    /// - Throws: `NightError.stageMissing` where an earlier stage was done for another night, by another configuration, or not at all.
    private func requireEarlierStages(of stage: Stage, in transaction: Transaction) throws {
        let marks = try transaction.all(StageRecord.self)
        for earlier in stage.earlier {
            let mark = marks.first { $0.stage == earlier.rawValue }
            if let mark, mark.asOf == night.asOf, mark.configurationHash == night.pipeline.configurationHash { continue }
            let state =
                switch mark {
                case nil: "has not been done"
                case let mark? where mark.asOf != night.asOf: "was done for \(mark.asOf), not for \(night.asOf)"
                default: "was done with another configuration"
                }
            throw NightError.stageMissing(
                "the stage before \(stage.command) \(state) (\(earlier.rawValue)); run \(earlier.command) with --as-of \(night.asOf) first, "
                    + "or all stages with cadre-nightly")
        }
    }

    /// Writes down a night that ingestion refused; the warehouse is as it was, and so is `current`.
    private func refuse(_ error: IngestionError) throws -> RunOutcome {
        let (found, inputs, status): ([Finding], [SourceFileRecord], ExitStatus)
        switch error {
        case .refused(let findings, let files): (found, inputs, status) = (findings, files, .dataRefused)
        case .missing(let findings): (found, inputs, status) = (findings, [], .inputMissing)
        case .configuration, .accounting: throw error
        }
        var folder: String? = publication.refused
        do {
            try publication.refuse { folder in
                try ExportWork.writeRefusal(
                    findings: [(StageRuns.configurationStage, configuration), (Stage.ingest.rawValue, found)], inputs: inputs, pipeline: night.pipeline,
                    folder: folder)
            }
        } catch {
            // Why the night was refused matters more than where it could not be written; the findings are printed all the same.
            night.observe(.warning(String(describing: error)))
            folder = nil
        }
        night.observe(.refused(folder: folder))
        return RunOutcome(exitStatus: status, findings: configuration + found, publishedFolder: nil, refusedFolder: folder)
    }
}
