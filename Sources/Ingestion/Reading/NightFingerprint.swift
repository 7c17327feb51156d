import PipelineModel
import Warehouse

/// All that a night's ingestion depends on, by which a later run knows that it would come to what the warehouse already holds.
///
/// Files are known by the SHA-256 of their bytes, never by their times. The outline is cheap; only where it is that of the last ingestion are all files
/// hashed before any is read.
struct NightFingerprint {
    /// The program, its configuration and key, the day, which files there are, and what earlier nights' volumes are compared with.
    let outline: String
    /// The program, its configuration and key: what reading a row depends on beside the row and the night.
    let reading: String
    /// Whether the configuration can be told from another: one that was not read from files has no hash.
    let isKnowable: Bool
    private let files: [InputFile]

    /// - Parameter lastVolumes: Of each contract, rows on the last night before this one.
    init(pipeline: Pipeline, key: IdentityKey?, asOf: CalendarDate, contracts: [SourceContract], listing: InputListing, lastVolumes: [Int?]) {
        files = Array(listing.files.joined())
        isKnowable = !pipeline.configurationHash.isEmpty
        reading = [
            // Another build may read the same bytes otherwise.
            "program \(FileDigest.sha256(of: "/proc/self/exe") ?? "")", "configuration \(pipeline.configurationHash)",
            "key \(key.map { $0.hash(of: "fingerprint") } ?? "")",
        ].joined(separator: "\n")
        var lines = [reading, "day \(asOf)"]
        for (index, contract) in contracts.enumerated() {
            lines.append("source \(contract.name) \(lastVolumes[index].map(String.init) ?? "")")
            for file in listing.files[index] { lines.append("file \(file.bytes) \(file.name)") }
        }
        for finding in listing.findings { lines.append("finding \(finding.check.rawValue) \(finding.location.file)") }
        outline = lines.joined(separator: "\n")
    }

    /// SHA-256 of every file by its path; one that cannot be read to its end is missing.
    func digests(threads: Int) -> [String: String] {
        var digests: [String: String] = [:]
        // The longest first: a hash cannot be cut, and one that is begun last is waited for alone.
        let files = files.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
        OrderedWork(count: files.count, threads: threads) { FileDigest.sha256(of: files[$0].path) }.forEach { index, digest in
            digests[files[index].path] = digest
        }
        return digests
    }

    /// What the warehouse keeps of a night whose files have these digests; `nil` where one has none.
    func record(_ digests: [String: String]) -> IngestionRecord? {
        let known = files.compactMap { digests[$0.path] }
        return known.count == files.count ? IngestionRecord(outline: outline, digests: known.joined(separator: "\n")) : nil
    }
}
