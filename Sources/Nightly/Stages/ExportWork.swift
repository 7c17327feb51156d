import PipelineModel
import Reporting
import Warehouse

/// The tables of the night, and what is written of one that was refused.
enum ExportWork {
    static func run(_ night: Night, in transaction: Transaction, folder: String) throws {
        try RowAccounts.check(in: transaction)
        _ = try ExportStage.run(night.pipeline, asOf: night.asOf, threads: night.threads, in: transaction, folder: folder)
    }

    static func writeRefusal(
        findings: [(stage: String, findings: [Finding])], inputs: [SourceFileRecord], pipeline: Pipeline, folder: String
    ) throws {
        _ = try ExportStage.writeRefusal(findings: findings, inputs: inputs, options: pipeline.tables, folder: folder)
    }
}

/// The accounting identity, over what is stored: every record of every file is accounted for exactly once.
enum RowAccounts {
    static func check(in transaction: Transaction) throws {
        for file in try transaction.all(SourceFileRecord.self) {
            let sum = file.rowsAccepted + file.rowsRejected + file.rowsDuplicate + file.rowsOutOfScope
            guard file.rowsRead == sum else {
                throw NightError.fault(
                    "\(file.path): \(file.rowsRead) rows were read, but \(file.rowsAccepted) accepted, \(file.rowsRejected) rejected, "
                        + "\(file.rowsDuplicate) duplicate and \(file.rowsOutOfScope) out of scope make \(sum)")
            }
        }
    }
}
