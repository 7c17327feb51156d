/// One source as its file describes it, and where, for the checks among files.
struct SourceDraft {
    /// In the order of their dates; not empty.
    var versions: [SourceContract]
    /// Where the source's name stands.
    let namePlace: YAMLPlace
    /// Where identity numbers are mapped.
    var identityPlace: YAMLPlace?
}

/// Reads one file of the sources' folder.
struct ContractReader {
    let problems: ConfigurationProblems

    /// The source with all its versions; `nil` where not even its role can be told.
    func read(_ root: YAMLNode) -> SourceDraft? {
        let first = YAMLSection<ContractKey>(root, problems, allowed: ContractKey.ofFirstVersion)
        guard let name = first.text(.source) else { return nil }
        guard let role = role(first, name) else { return nil }
        var draft = SourceDraft(versions: [], namePlace: first.place(.source))
        draft.versions.append(contract(first, name: name, role: role, from: nil, &draft))
        var previous: CalendarDate?
        for node in first.items(.versions) {
            let entry = YAMLSection<ContractKey>(node, problems, allowed: ContractKey.ofLaterVersions, required: [.from], emptying: true)
            let from = entry.day(.from)
            if let from, let previous, from <= previous {
                problems.report(
                    .versionsOutOfOrder, at: entry.place(.from), value: from.description, "\(from) is not after \(previous), the version before",
                    hint: "order the versions by their dates, each date once")
            }
            previous = from ?? previous
            draft.versions.append(contract(entry.inheriting(first), name: name, role: role, from: from, &draft))
        }
        return draft
    }

    private func role(_ section: YAMLSection<ContractKey>, _ name: String) -> SourceRole? {
        if let role = section.choice(.role, SourceRole.self) { return role }
        guard !section.isWritten(.role) else { return nil }
        if let role = SourceRole(rawValue: name) { return role }
        problems.report(
            .missingKey, at: section.place(.source), value: name, "\(name) is not a role, and `role` does not name one",
            hint: "add `role:` with one of " + SourceRole.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    /// One version, best as it can be told; every fault is reported.
    private func contract(
        _ section: YAMLSection<ContractKey>, name: String, role: SourceRole, from: CalendarDate?, _ draft: inout SourceDraft
    ) -> SourceContract {
        let columnSections = section.sections(.columns, ColumnKey.self)
        let (columns, mapped) = ColumnReader(role: role, problems: problems).read(columnSections)
        let fields = MappedFields(role: role, mapped: mapped, problems: problems)
        if section.has(.columns) {
            for field in role.fields where field.mandatory && !mapped.contains(field.name) {
                problems.report(
                    .mandatoryFieldNotMapped, at: section.place(.columns), value: field.name,
                    "no column is mapped to \(field.name), which every contract of \(role.rawValue) needs",
                    hint: "it is: \(field.meaning)")
            }
        }
        let identity = columnSections.first { section in role.fields.contains { $0.name == section.text(.field) && $0.type == .identityNumber } }
        if let identity { draft.identityPlace = draft.identityPlace ?? identity.place(.field) }

        var contract = SourceContract(name: name, role: role, configurationFile: section.place.file, pattern: section.text(.pattern) ?? "", columns: columns)
        contract.from = from
        contract.required = section.flag(.required) ?? contract.required
        contract.encoding = section.choice(.encoding, TextEncodingName.self) ?? contract.encoding
        contract.delimiter = delimiter(section) ?? contract.delimiter
        contract.keep = section.choice(.keep, SourceContract.Keep.self) ?? contract.keep
        contract.rejectLimit = section.number(.rejectLimit) ?? contract.rejectLimit
        contract.key = section.items(.key).compactMap { node in fields.field(node.scalar ?? "", at: node.place)?.name }
        contract.targets = targets(section, fields)
        readNameLists(section, columnSections, &contract)

        let conditions = ConditionReader(fields: fields, allowsAsOf: false, keepsFacts: contract.keep == .facts)
        contract.scope = section.node(.scope).flatMap(conditions.read)
        contract.measures = MeasureReader(fields: fields, conditions: conditions).read(section.entries(.measures))
        if let known = section.text(.known) {
            fields.dayField(known, at: section.place(.known))
            contract.known = known
        }
        if let freshness = section.section(.freshness, FreshnessKey.self), let field = freshness.text(.field) {
            fields.dayField(field, at: freshness.place(.field))
            contract.freshness = Freshness(field: field, days: freshness.integer(.days) ?? 0)
        }
        contract.volume = volume(section)
        return contract
    }

    private func delimiter(_ section: YAMLSection<ContractKey>) -> UInt8? {
        guard let text = section.text(.delimiter) else { return nil }
        if let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, ![UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0].contains(byte) {
            return byte
        }
        problems.report(
            .outOfRange, at: section.place(.delimiter), value: text, "the delimiter must be one ASCII character, and neither a quote nor a line break",
            hint: "write \",\" or \";\" or \"\\t\", in double quotes")
        return nil
    }

    /// The forms that are given, or `cadre` where the role's cadre_id is mapped.
    private func targets(_ section: YAMLSection<ContractKey>, _ fields: MappedFields) -> [TargetForm] {
        guard section.has(.targets) else { return fields.mapped.contains("cadre_id") ? [.cadre] : [] }
        var forms: [TargetForm] = []
        for node in section.items(.targets) {
            guard let form = node.scalar.flatMap(TargetForm.init) else { continue }
            if forms.contains(form) {
                problems.report(.duplicateID, at: node.place, value: form.rawValue, "\(form.rawValue) is listed twice", hint: "keep the first")
                continue
            }
            for name in form.fields { _ = fields.field(name, at: node.place) }
            forms.append(form)
        }
        return forms
    }

    /// Private and ignored columns: a name stands in one list only, and is not mapped.
    private func readNameLists(_ section: YAMLSection<ContractKey>, _ columns: [YAMLSection<ColumnKey>], _ contract: inout SourceContract) {
        contract.privateColumns = section.texts(.private)
        contract.ignoredColumns = section.texts(.ignored)
        var uses: [String: String] = [:]
        for column in columns { for name in [column.text(.column)].compactMap({ $0 }) + column.texts(.aliases) { uses[name] = "mapped" } }
        for (key, use) in [(ContractKey.private, "private"), (.ignored, "ignored")] {
            for node in section.items(key) {
                guard let name = node.scalar else { continue }
                if let other = uses[name] {
                    problems.report(
                        .columnListedTwice, at: node.place, value: name, "the column \(name) is \(use) here, but \(other) already", hint: "keep one of the two")
                }
                uses[name] = uses[name] ?? use
            }
        }
    }

    private func volume(_ section: YAMLSection<ContractKey>) -> VolumeBounds {
        guard let volume = section.section(.volume, VolumeKey.self) else { return VolumeBounds() }
        let (minimum, maximum) = (volume.number(.minimumShare), volume.number(.maximumShare))
        if let minimum, let maximum, maximum < minimum {
            problems.report(.boundsReversed, at: volume.place(.maximumShare), "`maximumShare` is less than `minimumShare`", hint: "exchange them")
        }
        return VolumeBounds(minimumRows: volume.integer(.minimumRows) ?? 0, minimumShare: minimum, maximumShare: maximum)
    }
}
