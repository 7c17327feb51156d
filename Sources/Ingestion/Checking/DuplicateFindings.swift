import PipelineModel
import Warehouse

/// What there is to say about rows of the same key.
struct DuplicateFindings {
    let contract: SourceContract
    let files: [SourceFileRecord]

    /// One note on all exact repetitions, a finding on each of the first contradictions, and on the roster every number that two people share.
    ///
    /// Runs before the replaced rows are deleted, because it looks at both.
    ///
    /// - Parameter rows: What the rows say.
    func findings(_ replaced: [KeyIndex.Replaced], saying rows: RepeatedRows, in transaction: Transaction) throws -> [Finding] {
        var findings: [Finding] = []
        let repeated = replaced.filter(rows.isDuplicate)
        if let first = repeated.first {
            findings.append(
                Finding(
                    "DuplicateRows", .note, at: place(first.position),
                    message: "\(repeated.count) rows of \(contract.name) repeat another one, the first on line \(first.position.line); each is kept once"))
        }
        var people = CappedFindings("TwoPeopleOneNumber", .error)
        var contradictions = CappedFindings("ContradictingRows")
        for row in replaced where !rows.isDuplicate(row) {
            if contract.role == .roster, try twoPeople(row, in: transaction) {
                people.add(place(row.position), hint: "give one of them another number in the HR system") {
                    "the number stands for another person on \(name(row.by)); neither is judged or flagged until it is mended"
                }
            } else {
                contradictions.add(place(row.position), hint: "keep one of the two in the system") {
                    "the row has the key (\(contract.key.joined(separator: ", "))) of \(name(row.by)) and says something else; the later row is kept"
                }
            }
        }
        return findings + people.findings + contradictions.findings
    }

    /// Whether two rows of the roster name two people; then the number is noted as doubtful.
    private func twoPeople(_ row: KeyIndex.Replaced, in transaction: Transaction) throws -> Bool {
        guard let older = try transaction.row(of: .roster, fileID: Int(row.position.file), line: Int(row.position.line)),
            let newer = try transaction.row(of: .roster, fileID: Int(row.by.file), line: Int(row.by.line))
        else { return false }
        let (a, b) = (NamedFields(older, .roster), NamedFields(newer, .roster))
        func differ(_ field: String) -> Bool { a.text(field) != nil && b.text(field) != nil && a.text(field) != b.text(field) }
        guard differ("id_number") || (differ("name") && (a.text("id_number") == nil || b.text("id_number") == nil)), let id = b.text("cadre_id") else {
            return false
        }
        try transaction.markDoubtful(id, reason: "two people share the number: \(name(row.position)), \(name(row.by))")
        return true
    }

    private func path(_ position: Position) -> String { files.first { $0.fileID == Int(position.file) }?.path ?? contract.pattern }
    private func name(_ position: Position) -> String { "\(path(position)):\(position.line)" }
    private func place(_ position: Position) -> Finding.Location { .init(file: path(position), line: Int(position.line)) }
}
