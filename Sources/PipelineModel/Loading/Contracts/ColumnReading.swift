/// Reads the `columns:` of one version of a contract.
struct ColumnReader {
    let role: SourceRole
    let problems: ConfigurationProblems

    /// The mappings, and the fields that they map, also of those with another fault.
    func read(_ sections: [YAMLSection<ColumnKey>]) -> (columns: [ColumnMapping], mapped: Set<String>) {
        let fields = MappedFields(role: role, mapped: [], problems: problems)
        var columns: [ColumnMapping] = []
        var places: [String: YAMLPlace] = [:]
        for section in sections {
            checkNames(section)
            guard let name = section.text(.field), let field = fields.known(name, at: section.place(.field)) else { continue }
            if let first = places[name] {
                problems.report(
                    .fieldMappedTwice, at: section.place(.field), value: name, "the field \(name) is mapped twice: first in line \(first.line)",
                    hint: "keep one mapping; other names of the same column go under `aliases:`")
                continue
            }
            places[name] = section.place(.field)
            columns.append(mapping(section, field))
        }
        return (columns, Set(places.keys))
    }

    private func mapping(_ section: YAMLSection<ColumnKey>, _ field: SourceField) -> ColumnMapping {
        var mapping = ColumnMapping(field: field.name, column: section.text(.column), constant: section.text(.constant))
        mapping.aliases = section.texts(.aliases)
        mapping.required = section.flag(.required) ?? false
        mapping.optional = section.flag(.optional) ?? false
        mapping.values = values(section, field)
        mapping.dates = section.choices(.dates, DateShape.self) ?? []
        if section.has(.dates), !field.type.hasDay {
            report(section, .dates, "\(field.name) is not a date and has no shapes of dates")
        }
        if mapping.dates.count > 1 {
            problems.report(
                .conflictingKeys, at: section.place(.dates), "M/D/YYYY and D/M/YYYY cannot be told apart in one column",
                hint: "keep the one that the export writes")
        }
        mapping.minimum = bound(section, .minimum, field)
        mapping.maximum = bound(section, .maximum, field)
        if let minimum = mapping.minimum, let maximum = mapping.maximum, maximum < minimum {
            problems.report(.boundsReversed, at: section.place(.maximum), "`maximum` is less than `minimum`", hint: "exchange them")
        }
        checkConstant(section, field, mapping)
        return mapping
    }

    /// The column's names, which must be there and must not speak of what the pipeline never reads.
    private func checkNames(_ section: YAMLSection<ColumnKey>) {
        switch (section.has(.column), section.has(.constant)) {
        case (false, false): problems.report(.missingKey, at: section.place, "the mapping has neither `column` nor `constant`")
        case (true, true):
            problems.report(.conflictingKeys, at: section.place(.constant), "the mapping has both `column` and `constant`", hint: "keep one of them")
        case (false, true):
            if section.has(.aliases) { problems.report(.conflictingKeys, at: section.place(.aliases), "a constant has no column and so no aliases") }
        case (true, false): break
        }
        for node in [section.node(.column)].compactMap({ $0 }) + section.items(.aliases) {
            guard let name = node.scalar, let (word, subject) = ForbiddenColumns.word(in: name, role: role) else { continue }
            switch subject {
            case .privateLife:
                problems.report(
                    .privateLifeColumn, at: node.place, value: name, "the column \(name) speaks of private life (\(word)), and only facts of duty are read",
                    hint: "list it under `private:`, and it is never stored")
            case .petitioner:
                problems.report(
                    .petitionerColumn, at: node.place, value: name, "the column \(name) speaks of the petitioner (\(word)), who stays unknown",
                    hint: "list it under `private:`, and it is never stored")
            }
        }
    }

    /// The value map, whose meanings must be values of the field.
    private func values(_ section: YAMLSection<ColumnKey>, _ field: SourceField) -> [String: String] {
        var values: [String: String] = [:]
        for entry in section.entries(.values) {
            guard let meaning = entry.value.scalar else { continue }
            values[entry.key] = meaning
            let known: [String]
            switch field.type {
            case .category(let category): known = category.codes
            case .flag: known = ["true", "false"]
            case .text: continue
            case .integer, .decimal:
                if Double(meaning)?.isFinite == true { continue }
                problems.report(.wrongType, at: entry.value.place, value: meaning, "\(meaning) is not a number, as \(field.name) needs")
                continue
            case .date, .timestamp, .identityNumber:
                report(section, .values, "\(field.name) has no spellings to map")
                return values
            }
            guard !known.contains(meaning) else { continue }
            problems.report(
                .unknownValue, at: entry.value.place, value: meaning,
                "\(meaning) is not a value of \(field.name); it is one of \(known.joined(separator: ", "))",
                hint: NearestName.of(meaning, among: known).map { "did you mean `\($0)`?" } ?? "write the export's spelling first, then ours")
        }
        return values
    }

    /// A bound: a number for a number, a day (as its number of days since 1970-01-01) for a date.
    private func bound(_ section: YAMLSection<ColumnKey>, _ key: ColumnKey, _ field: SourceField) -> Double? {
        guard let text = section.text(key) else { return nil }
        if field.type.isNumber {
            if let number = Double(text), number.isFinite { return number }
            problems.report(.wrongType, at: section.place(key), value: text, "\(text) is not a number, as \(field.name) needs")
        } else if field.type.hasDay {
            if let day = CalendarDate(iso: text) { return Double(day.dayNumber) }
            problems.report(.invalidDate, at: section.place(key), value: text, "\(text) is not a day of the calendar", hint: "write it as 2025-11-03")
        } else {
            report(section, key, "\(field.name) is neither a number nor a date and has no bounds")
        }
        return nil
    }

    private func checkConstant(_ section: YAMLSection<ColumnKey>, _ field: SourceField, _ mapping: ColumnMapping) {
        guard let constant = mapping.constant, mapping.values[constant] == nil else { return }
        let place = section.place(.constant)
        switch field.type {
        case .text, .identityNumber: break
        case .category(let category) where !category.codes.contains(constant) && !category.chinese.contains(constant):
            problems.report(
                .unknownValue, at: place, value: constant,
                "\(constant) is not a value of \(field.name); it is one of \(category.codes.joined(separator: ", "))",
                hint: NearestName.of(constant, among: category.codes).map { "did you mean `\($0)`?" })
        case .category: break
        case .flag: _ = KeyType.flag.checked(YAMLNode(content: .scalar(constant, quoted: true), place: place), problems)
        case .integer: _ = KeyType.wholeNumber(Int.min...Int.max).checked(YAMLNode(content: .scalar(constant, quoted: true), place: place), problems)
        case .decimal: _ = KeyType.number(-1e12...1e12).checked(YAMLNode(content: .scalar(constant, quoted: true), place: place), problems)
        case .date, .timestamp:
            if Timestamp(iso: constant) == nil {
                _ = KeyType.day.checked(YAMLNode(content: .scalar(constant, quoted: true), place: place), problems)
            }
        }
    }

    private func report(_ section: YAMLSection<ColumnKey>, _ key: ColumnKey, _ message: String) {
        problems.report(.fieldOfOtherType, at: section.place(key), message, hint: "remove `\(key.rawValue)`")
    }
}
