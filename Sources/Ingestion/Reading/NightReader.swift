import PipelineModel
import Warehouse

/// Reads the sources of a night one after the other, while other threads begin with the next ones: what a row says depends on no other source, and who it is about
/// is found when its part is taken.
struct NightReader {
    /// Those of the night, in the order in which they are taken.
    let contracts: [SourceContract]
    /// Of each contract.
    let files: [[InputFile]]
    /// Of each contract, rows on the last night before this one.
    let lastVolumes: [Int?]
    let reader: SourceReader

    /// The files with the numbers that they have tonight.
    var numberedFiles: [NumberedFile] {
        let all = zip(contracts, files).flatMap { contract, files in files.map { _ in contract } }
        return all.enumerated().map { NumberedFile(fileID: $0 + 1, source: $1.name, role: $1.role) }
    }

    /// How many sources are begun beside the one that is taken: together they are work enough for other threads while one puts together who is who.
    private static let sourcesAhead = 2

    /// What reading all sources came to.
    struct Outcome {
        var sources: [IngestedSource] = []
        var findings: [Finding] = []
        /// Whether a file broke its contract, or a source has too few rows, so that the night must not go on.
        var isRefused = false
    }

    /// Reads everything before anything is judged, so that one run names all problems of all files.
    func read(_ people: inout WhoIsWho, in transaction: Transaction, meter: inout ProgressMeter) throws -> Outcome {
        var outcome = Outcome()
        var (next, nextFileID) = (0, 1)
        var begun: [SourceReader.Begun] = []
        for (index, contract) in contracts.enumerated() {
            // Later, when it is known who is who, all threads have work enough with one source.
            while next < contracts.count, begun.isEmpty || (begun.count <= NightReader.sourcesAhead && !people.isKnown(to: contracts[next].role)) {
                begun.append(try reader.begin(contracts[next], files[next], firstFileID: nextFileID))
                nextFileID += files[next].count
                next += 1
            }
            let resolver = try people.rowResolver(for: contract.role)
            var read = try begun.removeFirst().finish(resolver: resolver, in: transaction, meter: &meter)
            let checks = VolumeChecks(contract: contract, asOf: reader.night.asOf)
            read.findings += checks.findings(for: read, lastNight: lastVolumes[index])
            outcome.findings += read.findings
            outcome.isRefused = outcome.isRefused || read.isRefused || checks.refuses(read.findings)
            outcome.sources.append(read)
        }
        return outcome
    }
}
