/// How far reading has come.
public struct IngestionProgress: Sendable {
    /// The contract that is being read under.
    public let source: String
    /// Relative to the input folder.
    public let file: String
    /// Of all files of the night.
    public let bytesRead: Int
    /// Of all files of the night.
    public let bytesTotal: Int
    /// Records read so far, over all files.
    public let rows: Int
}

/// Reports progress every so many rows.
struct ProgressMeter {
    private static let rowsBetweenReports = 50_000

    let total: Int
    let report: (IngestionProgress) -> Void
    private var bytesOfFinishedFiles = 0
    private var rows = 0
    private var rowsAtLastReport = 0

    init(total: Int, report: @escaping (IngestionProgress) -> Void) {
        self.total = total
        self.report = report
    }

    mutating func countRows(_ count: Int, source: String, file: String, bytesRead: Int) {
        rows += count
        guard rows - rowsAtLastReport >= ProgressMeter.rowsBetweenReports else { return }
        send(source: source, file: file, bytesRead: bytesOfFinishedFiles + bytesRead)
    }

    mutating func finishFile(source: String, file: String, bytes: Int) {
        bytesOfFinishedFiles += bytes
        send(source: source, file: file, bytesRead: bytesOfFinishedFiles)
    }

    private mutating func send(source: String, file: String, bytesRead: Int) {
        rowsAtLastReport = rows
        report(IngestionProgress(source: source, file: file, bytesRead: bytesRead, bytesTotal: total, rows: rows))
    }
}
