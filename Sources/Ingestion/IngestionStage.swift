public import PipelineModel
public import Warehouse

/// The first stage: tonight's exports, under their contracts, into the warehouse.
///
/// Everything is read before anything is judged, so that one run names all problems of all files. What is refused leaves the warehouse as it was.
public struct IngestionStage {
    let pipeline: Pipeline
    let input: String
    let asOf: CalendarDate
    let cacheFolder: String?
    let spillFolder: String?
    let warn: (String) -> Void
    let progress: (IngestionProgress) -> Void
    var cutting = FileCutting.standard
    /// Parts with fewer bytes are not kept for another night.
    var leastBytesOfPart = PartCache.leastBytes
    /// How many bytes longer each beginning is by which a file is known that has grown.
    var bytesInBeginning = HashedFile.standardStep
    /// How much of each list is collected before it is put aside.
    var bytesInSpillPiece = SpillFile.standardPiece
    /// What is left of the disk, if it is more than the night's exports take.
    var bytesLeftFree = 0

    /// A stage over the exports in the folder `input`, as they were known at the end of `asOf`.
    ///
    /// - Parameters:
    ///   - cacheFolder: Where what parts of files came to is kept for other nights, made where it is missing; `nil`: nowhere.
    ///   - spillFolder: On whose disk lies what would take too much memory meanwhile, in a file without a name; `nil`: in memory.
    ///   - warn: Told of what makes no difference to the night, but to how long the next one takes.
    public init(
        pipeline: Pipeline, input: String, asOf: CalendarDate, cacheFolder: String? = nil, spillFolder: String? = nil,
        progress: @escaping (IngestionProgress) -> Void = { _ in }, warn: @escaping (String) -> Void = { _ in }
    ) {
        self.pipeline = pipeline
        self.input = input
        self.asOf = asOf
        self.cacheFolder = cacheFolder
        self.spillFolder = spillFolder
        self.warn = warn
        self.progress = progress
    }

    /// Under what name the warehouse keeps its findings.
    static let name = "ingest"

    /// Reads every source, resolves whom its rows are about, and writes rows, facts, evidence, rejects and accounts.
    ///
    /// Where the warehouse holds this very night already, from the same bytes, by the same program and configuration, nothing is read but the bytes.
    ///
    /// - Returns: What was noticed and did not stop the night.
    /// - Throws: `IngestionError`; `WarehouseError`.
    public func run(in transaction: Transaction) throws -> [Finding] {
        let key = try IdentityKey.load(for: pipeline)
        let contracts = pipeline.contracts(asOf: asOf).sorted { ($0.role.order, $0.name) < ($1.role.order, $1.name) }
        let listing = InputListing(contracts: contracts, folder: input, asOf: asOf)
        let lastVolumes = try contracts.map { try transaction.lastVolume(of: $0.name, before: asOf) }
        let fingerprint = NightFingerprint(
            pipeline: pipeline, key: key, asOf: asOf, contracts: contracts, listing: listing, lastVolumes: lastVolumes)
        var digests: [String: String] = [:]
        if fingerprint.isKnowable, let last = try transaction.all(IngestionRecord.self).first, last.outline == fingerprint.outline {
            digests = fingerprint.digests(threads: cutting.threads)
            if fingerprint.record(digests) == last { return try transaction.findings(of: IngestionStage.name) }
        }
        // A night's warehouse takes less than its exports.
        let bytesLeftFree = max(listing.totalBytes, bytesLeftFree)
        var cache: PartCache?
        if fingerprint.isKnowable, let cacheFolder {
            cache = PartCache(
                folder: cacheFolder, reading: fingerprint.reading, key: key, asOf: asOf, leastBytes: leastBytesOfPart, bytesLeftFree: bytesLeftFree,
                threads: cutting.threads)
        }
        // Also of a night that is refused: the next one finds what was read.
        defer { cache?.finishWriting() }
        var meter = ProgressMeter(total: listing.totalBytes, report: progress)
        var people = WhoIsWho(threads: cutting.threads, in: transaction)
        let reader = NightReader(
            contracts: contracts, files: listing.files, lastVolumes: lastVolumes,
            reader: SourceReader(
                night: ReadingNight(
                    asOf: asOf, identityKey: key, cutting: cutting,
                    hashes: FileHashes(of: Array(listing.files.joined()), threads: cutting.threads, step: bytesInBeginning, known: digests), cache: cache,
                    spill: SpillFile(in: spillFolder, bytesInPiece: bytesInSpillPiece, bytesLeftFree: bytesLeftFree))))
        try transaction.clearIngestion(keepingRowsOf: cache == nil ? [] : reader.numberedFiles)
        let read = try reader.read(&people, in: transaction, meter: &meter)
        var (sources, findings) = (read.sources, listing.findings + read.findings)
        let accounts = sources.flatMap(\.files)
        if read.isRefused { throw IngestionError.refused(findings.sorted(), accounts) }
        if listing.isIncomplete { throw IngestionError.missing(findings.sorted()) }

        if pipeline.identityKeyIsDemonstration, contracts.contains(where: { $0.columns.contains { $0.field == "id_number" } }) {
            findings.append(.demonstrationKey(file: pipeline.identityKeyFile ?? ""))
        }
        findings += try write(&sources, about: &people, in: transaction)
        try transaction.replaceVolumes(asOf: asOf, sources.filter { !$0.files.isEmpty }.map(\.volume))
        try checkAccounts(accounts)
        let sorted = findings.sorted()
        try transaction.replaceFindings(of: IngestionStage.name, with: sorted)
        for (file, account) in zip(listing.files.joined(), accounts) { digests[file.path] = account.sha256 }
        if fingerprint.isKnowable, let record = fingerprint.record(digests) { try transaction.insert([record]) }
        cache?.finishWriting()
        cache?.removeUnused()
        if let failure = cache?.failure { warn("what was read could not be kept for the next night, which will take longer: \(failure)") }
        return sorted
    }

    /// Finds out whom all that was read is about, and writes facts, marks, evidence and the rows that name nobody.
    ///
    /// - Returns: What was noticed.
    private func write(_ sources: inout [IngestedSource], about people: inout WhoIsWho, in transaction: Transaction) throws -> [Finding] {
        var findings: [Finding] = []
        let unlinked = try people.targetResolver()
        let targets = try LinkTargets(sources, in: transaction)
        var links = TargetLinks()
        if !targets.places.isEmpty {
            let linked = try TargetLinker(history: unlinked.history, rules: pipeline.linkage, threads: cutting.threads).link(targets, in: transaction)
            links = linked.links
            findings += linked.findings
        }
        for source in sources.indices { sources[source].settle() }
        let resolver = unlinked.knowing(links)
        let facts = try FactWriter(sources: sources, resolver: resolver, threads: cutting.threads)
        // Other threads make blocks of facts meanwhile.
        findings += try RosterChecks(history: unlinked.history, asOf: asOf).findings(in: transaction)
        for source in sources where !source.files.isEmpty {
            findings += try TargetWriter(source: source, resolver: resolver, threads: cutting.threads).write(in: transaction)
        }
        try transaction.insert(try measures(of: sources.filter { !$0.files.isEmpty }))
        try facts.write(in: transaction)
        return findings
    }

    /// The measures that tonight's exports can say anything of; two sources of one role may share one, in the same unit.
    private func measures(of sources: [IngestedSource]) throws(IngestionError) -> [MeasureRecord] {
        var decimals: [String: Int] = [:]
        for source in sources {
            for measure in source.measures {
                guard decimals[measure.measure, default: measure.decimals] == measure.decimals else {
                    throw .configuration([.measureOfTwoUnits(measure.measure, contract: source.contract)])
                }
                decimals[measure.measure] = measure.decimals
            }
        }
        return decimals.sorted { $0.key < $1.key }.map { MeasureRecord(measure: $0.key, decimals: $0.value) }
    }

    /// The accounting identity: every record of every file is accounted for exactly once.
    private func checkAccounts(_ files: [SourceFileRecord]) throws(IngestionError) {
        for file in files where file.rowsRead != file.rowsAccepted + file.rowsRejected + file.rowsDuplicate + file.rowsOutOfScope {
            throw .accounting(
                "\(file.path): \(file.rowsRead) rows read, but \(file.rowsAccepted) accepted + \(file.rowsRejected) rejected + "
                    + "\(file.rowsDuplicate) duplicate + \(file.rowsOutOfScope) out of scope")
        }
    }
}

extension Finding {
    fileprivate static func measureOfTwoUnits(_ measure: String, contract: SourceContract) -> Finding {
        Finding(
            "MeasureOfTwoUnits", .error, at: Location(file: contract.configurationFile), value: measure,
            message: "two sources count \(measure), and in different units: one in whole numbers, the other with decimals",
            hint: "give the measure another name in one of them")
    }
}
