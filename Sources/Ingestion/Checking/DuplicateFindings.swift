import PipelineModel
import Warehouse

/// What there is to say about rows of the same key.
struct DuplicateFindings {
    private static let named = 20
    let contract: SourceContract
    let files: [SourceFileRecord]

    /// One note on all exact repetitions, a finding on each of the first contradictions, and on the roster every number that two people share.
    ///
    /// Runs before the replaced rows are deleted, because it looks at both.
    func findings(_ replaced: [KeyIndex.Replaced], in transaction: Transaction) throws -> [Finding] {
        var findings: [Finding] = []
        let repeated = replaced.filter(\.isDuplicate)
        if let first = repeated.first {
            findings.append(
                Finding(
                    "DuplicateRows", .note, at: place(first.position),
                    message: "\(repeated.count) rows of \(contract.name) repeat another one, the first on line \(first.position.line); each is kept once"))
        }
        let contradicting = replaced.filter { !$0.isDuplicate }
        for (index, row) in contradicting.enumerated() {
            if contract.role == .roster, try twoPeople(row, in: transaction) {
                findings.append(.twoPeople(at: place(row.position), other: place(row.by)))
            } else if index < DuplicateFindings.named {
                findings.append(
                    Finding(
                        "ContradictingRows", .warning, at: place(row.position),
                        message:
                            "the row has the key (\(contract.key.joined(separator: ", "))) of \(name(row.by)) and says something else; the later row is kept",
                        hint: "keep one of the two in the system"))
            }
        }
        if contradicting.count > DuplicateFindings.named {
            findings.append(
                Finding(
                    "ContradictingRows", .warning, at: Finding.Location(file: contract.pattern),
                    message: "\(contradicting.count - DuplicateFindings.named) further rows of \(contract.name) contradict another one of the same key"))
        }
        return findings
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

extension Finding {
    fileprivate static func twoPeople(at place: Location, other: Location) -> Finding {
        Finding(
            "TwoPeopleOneNumber", .error, at: place,
            message: "the number stands for another person on \(other.file):\(other.line ?? 0); neither is judged or flagged until it is mended",
            hint: "give one of them another number in the HR system")
    }
}
