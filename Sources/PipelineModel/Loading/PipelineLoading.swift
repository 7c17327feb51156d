extension Pipeline {
    /// Reads and checks a pipeline's file and every file that it names.
    ///
    /// - Parameter path: The pipeline's file, `pipelines/nightly.yaml`; paths in it are relative to its folder, and so are those in findings.
    /// - Returns: The pipeline with warnings, such as an indicator of a source that has no contract.
    /// - Throws: `ConfigurationError` with every problem of every file, if at least one is an error.
    public static func load(path: String) throws(ConfigurationError) -> LoadedPipeline {
        let problems = ConfigurationProblems()
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let file = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let files = ConfigurationFiles(folder: folder, problems: problems)
        var pipeline = Pipeline(name: "")
        pipeline.folder = folder
        if let root = files.read(file) {
            PipelineReader(files: files, problems: problems).read(YAMLSection<PipelineKey>(root, problems), into: &pipeline)
        }
        pipeline.configurationHash = files.hash
        guard !problems.hasErrors else { throw ConfigurationError(findings: problems.sorted) }
        return LoadedPipeline(pipeline: pipeline, findings: problems.sorted)
    }
}

/// Reads what a pipeline's file names, in the order in which one part stands on another.
private struct PipelineReader {
    let files: ConfigurationFiles
    let problems: ConfigurationProblems

    func read(_ section: YAMLSection<PipelineKey>, into pipeline: inout Pipeline) {
        pipeline.name = section.text(.name) ?? ""
        pipeline.input = section.text(.input) ?? pipeline.input
        pipeline.output = section.text(.output) ?? pipeline.output
        pipeline.tables.byteOrderMark = section.section(.tables, TablesKey.self)?.flag(.byteOrderMark) ?? pipeline.tables.byteOrderMark
        if let identity = section.section(.identityKey, IdentityKeyKey.self) {
            pipeline.identityKeyFile = identity.text(.file)
            pipeline.identityKeyIsDemonstration = identity.flag(.demonstration) ?? false
            if let file = identity.text(.file) { files.check(file, namedAt: identity.place(.file)) }
        }
        let (drafts, isComplete) = sources(section)
        if !section.isWritten(.identityKey) {
            for place in drafts.compactMap(\.identityPlace) {
                problems.report(
                    .missingIdentityKey, at: place, "identity numbers are mapped, but the pipeline has no `identityKey` to hash them with",
                    hint: "add identityKey: {file: …} to the pipeline's file, or list the column under `private:`")
            }
        }
        pipeline.sources = drafts.map(\.versions)
        let catalogue = SourceCatalogue(contracts: pipeline.sources.flatMap { $0 }, isComplete: isComplete, problems: problems)
        let indicators = file(section, .indicators).map(IndicatorReader(catalogue: catalogue, problems: problems).read)
        pipeline.indicators = indicators ?? []
        // Where the indicators' file is broken, nothing can be said of the weights' names; where there is none, they are all unknown.
        let ids = indicators ?? (section.isWritten(.indicators) ? nil : [])
        pipeline.schemes = schemes(section, SchemeReader(indicators: ids?.map(\.id), problems: problems))
        pipeline.triggers = file(section, .triggers).map(TriggerReader(catalogue: catalogue, problems: problems).read) ?? []
        pipeline.protections = file(section, .protections).map(ProtectionReader(problems: problems).read) ?? ProtectionRules()
        pipeline.flagging = file(section, .flagging).map(FlaggingReader(problems: problems).read) ?? FlaggingRules()
        pipeline.dispositions =
            file(section, .dispositions).map(DispositionReader(indicators: ids?.map(\.id), problems: problems).read) ?? DispositionRules()
        pipeline.linkage = file(section, .linkage).map(LinkageReader(problems: problems).read) ?? LinkageRules()
        pipeline.training = file(section, .training).map(TrainingReader(indicators: ids?.map(\.id), problems: problems).read)
        pipeline.targets = file(section, .targets).map(SelectionReader(problems: problems).targets)
        pipeline.selection = file(section, .selection).flatMap(SelectionReader(problems: problems).selection)
        pipeline.deadlines = file(section, .deadlines).flatMap(DeadlineReader(problems: problems).read)
        pipeline.contest = file(section, .contest).map(ContestReader(catalogue: catalogue, problems: problems).read)
        pipeline.evaluation =
            file(section, .evaluation).map(EvaluationReader(catalogue: catalogue, problems: problems).read) ?? EvaluationRules()
        pipeline.care = file(section, .care).map(CareReader(catalogue: catalogue, problems: problems).read)
        pipeline.reviews = file(section, .reviews).map(ReviewReader(problems: problems).read) ?? ReviewRules()
    }

    private func file(_ section: YAMLSection<PipelineKey>, _ key: PipelineKey) -> YAMLNode? {
        section.text(key).flatMap { files.read($0, namedAt: section.place(key)) }
    }

    /// The sources, each name once, and whether every file could be read.
    private func sources(_ section: YAMLSection<PipelineKey>) -> (drafts: [SourceDraft], isComplete: Bool) {
        guard let folder = section.text(.sources) else { return ([], false) }
        var drafts: [SourceDraft] = []
        let names = files.list(folder, namedAt: section.place(.sources))
        for name in names {
            guard let draft = files.read(name).flatMap(ContractReader(problems: problems).read), let source = draft.versions.first?.name else { continue }
            if let other = drafts.first(where: { $0.versions.first?.name == source }) {
                problems.report(
                    .duplicateID, at: draft.namePlace, value: source, "the source \(source) has a contract already, in \(other.namePlace.file)",
                    hint: "give each file its own `source:`; several exports of one kind share a `role:`")
            }
            drafts.append(draft)
        }
        return (drafts, drafts.count == names.count && !names.isEmpty)
    }

    private func schemes(_ section: YAMLSection<PipelineKey>, _ reader: SchemeReader) -> [AppraisalScheme] {
        guard let folder = section.text(.schemes) else { return [] }
        var schemes: [AppraisalScheme] = []
        for name in files.list(folder, namedAt: section.place(.schemes)) {
            guard let (scheme, place) = files.read(name).flatMap(reader.read) else { continue }
            if let other = schemes.first(where: { $0.kind == scheme.kind }) {
                problems.report(
                    .duplicateID, at: place, value: scheme.kind.rawValue, "\(scheme.kind.rawValue) has a scheme already, in \(other.configurationFile)",
                    hint: "keep one scheme for each kind of body")
            }
            schemes.append(scheme)
        }
        return schemes
    }
}
