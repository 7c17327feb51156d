import Dispatch
public import PipelineModel
public import Warehouse

/// The last stage: the tables of a night and their manifest, from the warehouse into a folder.
public enum ExportStage {
    /// Stages whose findings `findings.csv` shows, in its order; `configuration` holds what was noticed while the pipeline was loaded.
    public static let stagesWithFindings = ["configuration", "ingest", "analyze", "flag", "track"]

    /// Writes every table, the folders of the units, `report.html` and `manifest.json` into a folder that exists and is empty; each file has mode 0600 and is on the disk when this returns.
    ///
    /// - Parameters:
    ///   - asOf: The night whose flags are written; the warehouse holds its rows and estimates.
    ///   - threads: How many read, and make rows; changes the time only.
    /// - Returns: One entry per file in the order of the data dictionary, the manifest last.
    /// - Throws: `ReportingError`; `WarehouseError`.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int, in transaction: Transaction, folder: String) throws -> [OutputFile] {
        let night = try NightData(pipeline, asOf: asOf, in: transaction)
        let options = pipeline.tables
        let tables = TableCatalogue.tables
        let pieces = ExportPiece.inOrder(of: tables.map(\.definition.name))
        let whoIsKnown = DispatchGroup()
        whoIsKnown.enter()
        let pending = try transaction.readSideBySide(pieces.count, threads: threads) { part, reading -> (any PendingFiles)? in
            if pieces[part].asksWhoIsOnLists {
                whoIsKnown.wait()
                // The piece that has failed says why.
                guard night.knowsWhoIsOnLists else { return nil }
            }
            switch pieces[part] {
            case .whoIsOnLists:
                defer { whoIsKnown.leave() }
                try night.readWhoIsOnLists(in: reading)
                return nil
            case .unitFolders: return try UnitFolders(night, in: reading).begin(into: folder, options: options, threads: threads)
            case .report: return try NightReport(night: night, transaction: reading).write(folder: folder)
            case .table(let place, _):
                let table = tables[place]
                // While the rows of a table are made, others are brought to the disk.
                return try TableFile.begin(table.definition, folder: folder, options: options, threads: threads) {
                    try table.writeRows(of: night, in: reading, to: $0)
                }
            }
        }
        // The tables in their own order; the folders and the report come last.
        let files = try zip(pieces, pending).sorted { $0.0.placeInManifest < $1.0.placeInManifest }.flatMap { try $0.1?.finished() ?? [] }
        let hasErrors = try transaction.findings().contains { $0.severity == .error }
        let manifest = Manifest(pipeline, asOf: asOf, hasErrors: hasErrors, inputs: night.files, outputs: files)
        return files + [try manifest.write(folder: folder)]
    }

    /// Writes what is known of a night that was refused, so that people can read it in the morning: `findings.csv` and `data_quality.csv`.
    ///
    /// - Parameters:
    ///   - findings: By stage, as `stagesWithFindings` names them.
    ///   - inputs: The row accounts as far as they were taken.
    /// - Throws: `ReportingError`.
    public static func writeRefusal(
        findings: [(stage: String, findings: [Finding])], inputs: [SourceFileRecord], options: TableOptions, folder: String
    ) throws -> [OutputFile] {
        let (findingsTable, qualityTable) = (FindingsTable.table, InputTables.dataQuality)
        return [
            try TableFile.write(findingsTable.definition, folder: folder, options: options) { file in
                for (stage, list) in findings {
                    try file.write(findingsTable.rows(of: list.sorted().map { StageFinding(stage: stage, finding: $0) }, options: file.options))
                }
            },
            try TableFile.write(qualityTable.definition, folder: folder, options: options) { table in
                try table.write(qualityTable.rows(of: inputs, options: table.options))
            },
        ]
    }
}
