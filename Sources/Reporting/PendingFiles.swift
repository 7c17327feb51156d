/// Files that are being written, or brought to the disk, by other threads.
protocol PendingFiles: Sendable {
    /// What was written, once all of it is on the disk.
    ///
    /// - Throws: `ReportingError`.
    func finished() throws -> [OutputFile]
}
