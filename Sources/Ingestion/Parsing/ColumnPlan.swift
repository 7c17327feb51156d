import PipelineModel
import Tables

/// Where the columns of a contract lie in one file, worked out once from its header.
struct ColumnPlan: Sendable {
    /// A column that is read. A class, because a struct would be copied for each field of each row.
    final class Column: Sendable {
        /// Counts from 0.
        let place: Int
        /// As this file writes it.
        let name: String
        /// The field's place in the role.
        let field: Int
        let mapping: ColumnMapping
        let parser: FieldParser

        init(place: Int, name: String, field: Int, mapping: ColumnMapping, parser: FieldParser) {
            (self.place, self.name, self.field, self.mapping, self.parser) = (place, name, field, mapping, parser)
        }
    }

    let header: [String]
    let columns: [Column]
    let constants: [(field: Int, value: ParsedValue, bytes: [UInt8])]

    /// Binds a header to a contract.
    ///
    /// - Returns: The plan, or `nil` where a column is missing or stands twice; and what there is to say about the header.
    static func bind(header: [String], contract: SourceContract, file: String) -> (plan: ColumnPlan?, findings: [Finding]) {
        let names = header.map { FieldText.normalized($0) }
        let fields = contract.role.fields
        var columns: [Column] = []
        var constants: [(Int, ParsedValue, [UInt8])] = []
        var missing: [ColumnMapping] = []
        var findings: [Finding] = []
        var used: Set<Int> = []
        for mapping in contract.columns {
            guard let field = contract.role.index(of: mapping.field) else { continue }
            let parser = FieldParser(field: fields[field], mapping: mapping)
            if let constant = mapping.constant {
                let bytes = Array(constant.utf8)
                let value = bytes.withUnsafeBufferPointer { parser.constant($0) }
                constants.append((field, value, bytes))
                continue
            }
            let candidates = ([mapping.column].compactMap { $0 } + mapping.aliases).map { FieldText.normalized($0) }
            let places = names.indices.filter { candidates.contains(names[$0]) }
            if places.count > 1 {
                findings.append(.repeatedColumn(mapping, names: places.map { names[$0] }, column: places[1] + 1, file: file))
            }
            if let place = places.first {
                used.formUnion(places)
                columns.append(Column(place: place, name: names[place], field: field, mapping: mapping, parser: parser))
            } else if !mapping.optional {
                missing.append(mapping)
            }
        }
        let known = Set((contract.privateColumns + contract.ignoredColumns).map { FieldText.normalized($0) })
        let unknown = names.indices.filter { !used.contains($0) && !known.contains(names[$0]) }
        if columns.isEmpty, !missing.isEmpty {
            // The first line may be a row, then: its texts are somebody's, and not for showing.
            return (nil, findings + [.noHeader(missing, fields: names.count, contract: contract, file: file)])
        }
        findings += missing.map { Finding.missingColumn($0, contract: contract, unknown: unknown.map { ShownValue.name(names[$0]) }, file: file) }
        findings += unknownFindings(unknown.map { ($0 + 1, ShownValue.name(names[$0])) }, contract: contract, file: file)
        let isUsable = !findings.contains { $0.severity == .error }
        return (isUsable ? ColumnPlan(header: header, columns: columns, constants: constants) : nil, findings)
    }

    private static let unknownColumnsNamed = 20

    private static func unknownFindings(_ unknown: [(Int, String)], contract: SourceContract, file: String) -> [Finding] {
        var findings = unknown.prefix(unknownColumnsNamed).map { Finding.unknownColumn($1, column: $0, contract: contract, file: file) }
        if unknown.count > unknownColumnsNamed {
            findings.append(.manyUnknownColumns(unknown.count - unknownColumnsNamed, contract: contract, file: file))
        }
        return findings
    }
}

extension Finding {
    fileprivate static func noHeader(_ missing: [ColumnMapping], fields: Int, contract: SourceContract, file: String) -> Finding {
        Finding(
            "NoHeader", .error, at: Location(file: file, line: 1), value: String(fields),
            message: "the first line, of \(fields) fields, has none of the columns of \(contract.name): "
                + missing.prefix(20).map { $0.column ?? $0.field }.joined(separator: ", "),
            hint: "check that the export has its header, that it is the right export, and its encoding and delimiter")
    }

    fileprivate static func missingColumn(_ mapping: ColumnMapping, contract: SourceContract, unknown: [String], file: String) -> Finding {
        let name = mapping.column ?? mapping.field
        let news = unknown.isEmpty ? "" : "; the export has columns that the contract does not know: " + unknown.prefix(20).joined(separator: ", ")
        return Finding(
            "MissingColumn", .error, at: Location(file: file, line: 1, field: name), value: nil,
            message: "the export of \(contract.name) has lost its column \(name)\(news)",
            hint: "if it was renamed, add the new name under `aliases:` in \(contract.configurationFile); if the export has changed, add a version "
                + "with `from:` the day of the change")
    }

    fileprivate static func repeatedColumn(_ mapping: ColumnMapping, names: [String], column: Int, file: String) -> Finding {
        Finding(
            "RepeatedColumn", .error, at: Location(file: file, line: 1, column: column, field: mapping.field),
            message: "more than one column could be \(mapping.field): \(names.joined(separator: ", "))",
            hint: "export it once, or leave only one of the names in the contract")
    }

    fileprivate static func unknownColumn(_ name: String, column: Int, contract: SourceContract, file: String) -> Finding {
        Finding(
            "UnknownColumn", .warning, at: Location(file: file, line: 1, column: column, field: name),
            message: "the contract of \(contract.name) does not know the column \(name); it is not read",
            hint: "list it under `ignored:` or `private:` in \(contract.configurationFile), or map it")
    }

    fileprivate static func manyUnknownColumns(_ count: Int, contract: SourceContract, file: String) -> Finding {
        Finding(
            "UnknownColumn", .warning, at: Location(file: file, line: 1),
            message: "\(count) further columns that the contract of \(contract.name) does not know; none is read",
            hint: "check that this is the right export, and its delimiter")
    }
}
