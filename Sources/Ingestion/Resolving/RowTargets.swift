import PipelineModel
import Warehouse

/// Whom rows are about that had named nobody for certain when they were read: a cadre who is known by now, or nobody.
struct RowTargets: Sendable {
    /// The rows of whom a cadre is known now.
    private(set) var cadres: [(fileID: Int, line: Int, cadreID: String)] = []
    /// The others, in their order; none of those that may name nobody.
    private(set) var nobody = UnresolvedTargets()
    private let source: String
    private let role: SourceRole
    private let files: Set<Int>
    private var row: UnresolvedRow
    private var bytes: [UInt8] = []
    /// Each target once.
    private var written = TargetTable()
    private var meanings: [TargetResolver.Meaning] = []

    /// - Parameter source: One that keeps rows, of a role that is about cadres; rows of other sources of the role are passed over.
    init(_ source: IngestedSource) {
        (self.source, role) = (source.contract.name, source.contract.role)
        files = Set(source.files.map(\.fileID))
        row = UnresolvedRow(source.contract)
    }

    /// The fields that are asked for.
    var fields: [String] { row.fields }

    /// Takes the next packed row.
    mutating func take(_ kept: KeptRow, _ resolver: TargetResolver) throws {
        try row.fill(from: kept)
        take(resolver)
    }

    /// Takes the next row of SQLite.
    mutating func take(_ reader: inout RowReader, _ resolver: TargetResolver) throws {
        try row.fill(from: &reader)
        take(resolver)
    }

    private mutating func take(_ resolver: TargetResolver) {
        guard files.contains(row.fileID) else { return }
        guard let form = row.target(into: &bytes) else {
            if !role.isOftenAboutUnits { list(nil, .noTarget, candidates: 0) }
            return
        }
        let target = Int(bytes.withUnsafeBufferPointer { written.intern(form, $0) })
        if target == meanings.count { meanings.append(bytes.withUnsafeBufferPointer { resolver.meaning(form, $0) }) }
        switch resolver.outcome(of: meanings[target], TargetTable.Key(form: form, bytes: bytes), on: row.day?.dayNumber ?? FactPartial.noDay) {
        case .cadre(let cadreID): cadres.append((row.fileID, row.line, cadreID))
        case .nobody(let reason, let candidates): list(form, reason, candidates: candidates)
        }
    }

    private mutating func list(_ form: TargetForm?, _ reason: UnresolvedReason, candidates: Int) {
        let (row, hasNames) = (row, role == .petitions)
        nobody.add(
            fileID: row.fileID, line: row.line, form: form, day: row.day?.dayNumber, rows: 1, reason: reason, candidates: candidates, textBytes: row.textBytes
        ) { text, cursor in
            switch text {
            case .recordID: row.append(row.recordPlace, to: &cursor)
            case .writtenCadreID: row.append(row.cadrePlace, to: &cursor)
            case .unit: row.append(row.unitPlace, to: &cursor)
            case .post: row.append(row.postPlace, to: &cursor)
            case .name: row.append(hasNames ? row.namePlace : nil, to: &cursor)
            }
        }
    }
}
