import PipelineModel
import Warehouse

/// Whether an export has as many rows, as many sound ones, and as new ones, as its contract promises.
struct VolumeChecks {
    let contract: SourceContract
    let asOf: CalendarDate

    /// Checks that refuse the night.
    private static let refusing: Set<Finding.Check> = ["TooFewRows", "VolumeOutOfBounds", "MostRowsRejected"]
    /// A file of which more than half is rejected is not the export that the contract speaks of.
    private static let refusedRejectShare = 0.5
    /// Fewer rejected rows than this are somebody's slips, however small the file.
    private static let refusedRejects = 10

    func refuses(_ findings: [Finding]) -> Bool {
        findings.contains { $0.severity == .error && VolumeChecks.refusing.contains($0.check) }
    }

    func findings(for source: IngestedSource, lastNight: Int?) -> [Finding] {
        guard !source.files.isEmpty, !source.isRefused else { return [] }
        let place = Finding.Location(file: source.files.map(\.path).joined(separator: " "))
        let rows = source.rowsRead
        var findings: [Finding] = []
        if rows < contract.volume.minimumRows {
            findings.append(
                Finding(
                    "TooFewRows", .error, at: place, value: String(rows),
                    message: "\(contract.name) has \(rows) rows; its contract asks for at least \(contract.volume.minimumRows)",
                    hint: "export again, or mend `volume:` in \(contract.configurationFile)"))
        }
        if let lastNight, lastNight > 0 {
            let share = Double(rows) / Double(lastNight)
            let low = contract.volume.minimumShare ?? 0
            let high = contract.volume.maximumShare ?? .infinity
            if share < low || share > high {
                findings.append(
                    Finding(
                        "VolumeOutOfBounds", .error, at: place, value: String(rows),
                        message: "\(contract.name) has \(rows) rows, last night it had \(lastNight): outside \(low) to \(high) times as many",
                        hint: "if the change is real, widen `volume:` in \(contract.configurationFile) for one night; else export again"))
            }
        }
        if rows > 0 {
            let share = Double(source.rowsRejected) / Double(rows)
            if share > VolumeChecks.refusedRejectShare, source.rowsRejected >= VolumeChecks.refusedRejects {
                findings.append(
                    Finding(
                        "MostRowsRejected", .error, at: place, value: String(source.rowsRejected),
                        message: "\(source.rowsRejected) of \(rows) rows of \(contract.name) were rejected: this is not the export its contract speaks of",
                        hint: "check encoding, delimiter and the first rejected rows"))
            } else if share > contract.rejectLimit {
                findings.append(
                    Finding(
                        "TooManyRejects", .error, at: place, value: String(source.rowsRejected),
                        message:
                            "\(source.rowsRejected) of \(rows) rows of \(contract.name) were rejected; its contract allows a share of \(contract.rejectLimit)",
                        hint: "see rejects.csv, and mend them in the system"))
            }
        }
        if let freshness = contract.freshness, rows > 0 {
            let newest = source.partial.newestDay
            if newest.map({ asOf.days(since: $0) > freshness.days }) ?? true {
                findings.append(
                    Finding(
                        "StaleExport", .warning, at: place, value: newest?.description,
                        message: "the newest \(freshness.field) of \(contract.name) is \(newest?.description ?? "missing"), "
                            + "more than \(freshness.days) days before \(asOf)",
                        hint: "the export may not have run lately"))
            }
        }
        return findings
    }
}
