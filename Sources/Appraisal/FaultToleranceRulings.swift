import PipelineModel
import Warehouse

/// What the fault-tolerance cases in force say of each event.
struct FaultToleranceRulings {
    /// An event as a case names it.
    private struct EventName: Hashable {
        let source: String
        let recordID: String
    }

    private enum Match { case none, otherCadre, own }

    private let cases: [FaultToleranceCase]
    private let byEvent: [EventName: [Int]]
    private var matches: [Match]
    /// Numbers of the events that the cases name: of millions of rows, those are looked at.
    let records: WordTable

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        cases = try transaction.faultToleranceCases(decidedBy: asOf).sorted { ($0.caseID, $0.fileID, $0.line) < ($1.caseID, $1.fileID, $1.line) }
        byEvent = Dictionary(grouping: cases.indices) { [cases] in EventName(source: cases[$0].eventSource, recordID: cases[$0].eventRecordID) }
        matches = [Match](repeating: .none, count: cases.count)
        var records = WordTable()
        for ruling in cases { records.add(ruling.eventRecordID) }
        self.records = records
    }

    /// The case that decides on an event of a cadre: of several the one that leaves least, a case without its weight among them.
    ///
    /// A case of another cadre than the event's decides nothing; that it was seen is remembered for `findings`.
    mutating func ruling(source: String, role: SourceRole, recordID: String?, cadreID: String) -> FaultToleranceCase? {
        guard let recordID, !cases.isEmpty else { return nil }
        var own: [Int] = []
        for written in source == role.rawValue ? [source] : [source, role.rawValue] {
            for index in byEvent[EventName(source: written, recordID: recordID)] ?? [] {
                if cases[index].cadreID == cadreID {
                    matches[index] = .own
                    own.append(index)
                } else if matches[index] == .none {
                    matches[index] = .otherCadre
                }
            }
        }
        return own.min { (rank(cases[$0]), $0) < (rank(cases[$1]), $1) }.map { cases[$0] }
    }

    private func rank(_ ruling: FaultToleranceCase) -> Int { ruling.decision == .approved ? -1 : ruling.keptHundredths ?? 0 }

    /// Cases that lead nowhere, that are another's, that lack a weight or contradict one another. Called after every evidence row was asked for.
    ///
    /// - Parameter petitions: Those that `records` name.
    mutating func findings(files: SourceFiles, petitions: [NamedRow], threads: Int, in transaction: Transaction) throws -> [Finding] {
        try matchKeptRows(files: files, petitions: petitions, threads: threads, in: transaction)
        var findings: [Finding] = []
        for (index, ruling) in cases.enumerated() {
            let event = "\(ruling.eventSource) \(ruling.eventRecordID)"
            switch matches[index] {
            case .own: break
            case .none:
                findings.append(
                    Finding(
                        .caseWithoutEvent, .warning, at: files.place(ruling.fileID, line: ruling.line, field: "event_record_id"),
                        value: ruling.caseID, message: "fault-tolerance case \(ruling.caseID) protects \(event), but there is no such adverse event",
                        hint: "check the event's source and number in the case; as it stands, the case protects nothing"))
            case .otherCadre:
                findings.append(
                    Finding(
                        .caseOfAnotherCadre, .warning, at: files.place(ruling.fileID, line: ruling.line, field: "cadre_id"), value: ruling.caseID,
                        message: "fault-tolerance case \(ruling.caseID) is about another cadre than \(event), and is not applied",
                        hint: "the event counts for whoever held the post on its day; correct the cadre or the event in the case"))
            }
            if ruling.keptHundredths == nil {
                findings.append(
                    Finding(
                        .mitigatedWithoutWeight, .error, at: files.place(ruling.fileID, line: ruling.line, field: "weight"), value: ruling.caseID,
                        message: "fault-tolerance case \(ruling.caseID) mitigates \(event) without a weight from 0 to 1; the event is left out until then",
                        hint: "enter the share of the event that still counts, for example 0.5"))
            }
        }
        return findings + conflicts(files: files)
    }

    private func conflicts(files: SourceFiles) -> [Finding] {
        byEvent.values.flatMap { indices -> [Finding] in
            Dictionary(grouping: indices) { cases[$0].cadreID }.values.compactMap { same -> Finding? in
                guard let applied = same.min(by: { (rank(cases[$0]), $0) < (rank(cases[$1]), $1) }),
                    let other = same.sorted().first(where: { rank(cases[$0]) != rank(cases[applied]) })
                else { return nil }
                let (one, two) = (cases[applied], cases[other])
                return Finding(
                    .conflictingCases, .warning, at: files.place(two.fileID, line: two.line, field: "decision"), value: two.caseID,
                    message: "fault-tolerance cases \(one.caseID) and \(two.caseID) decide differently on \(two.eventSource) \(two.eventRecordID)",
                    hint: "\(one.caseID), the more favourable one, is applied; withdraw the case that no longer holds")
            }
        }
    }

    /// Events that no measure counts, or not yet, are still events where their source keeps its rows: a decision that only a rule trigger reads.
    private mutating func matchKeptRows(files: SourceFiles, petitions: [NamedRow], threads: Int, in transaction: Transaction) throws {
        let contracts = files.roles
        let open = cases.indices.filter { matches[$0] == .none }
        let roles = Set(open.compactMap { contracts[cases[$0].eventSource] ?? SourceRole(rawValue: cases[$0].eventSource) })
        let words = records
        for role in SourceRole.allCases where roles.contains(role) && role.isAboutCadres {
            guard let recordField = role.recordField else { continue }
            func match(_ fileID: Int, _ recordID: String?, _ cadreID: String?) {
                guard let recordID, let cadreID else { return }
                _ = ruling(source: files.source(of: fileID) ?? role.rawValue, role: role, recordID: recordID, cadreID: cadreID)
            }
            func match(_ rows: [NamedRow]) { for row in rows { match(row.fileID, words.words[row.word], row.cadreID) } }
            if role == .petitions {
                match(petitions)
            } else if role.isPacked {
                try transaction.foldKeptRows(of: role, fields: [recordField, "target_cadre_id"], threads: threads, from: [NamedRow]()) { found, row in
                    if let row = try NamedRow(row, record: 0, cadre: 1, of: words) { found.append(row) }
                } _: {
                    match($0)
                }
            } else {
                try transaction.forEachRow(of: role, reading: [recordField]) { row in
                    match(row.fileID, NamedFields(row, role).text(recordField), row.cadreID)
                }
            }
        }
    }
}

/// A kept row that some case names.
struct NamedRow: Sendable {
    let fileID: Int
    /// Its number, among those that cases name.
    let word: Int
    let cadreID: String?

    /// - Parameters:
    ///   - record: The place of the row's number among the fields that are read.
    ///   - cadre: That of the cadre whom the row is about.
    ///   - cases: The numbers that cases name.
    /// - Returns: `nil` where no case names the row.
    init?(_ row: KeptRow, record: Int, cadre: Int, of cases: WordTable) throws {
        guard !cases.words.isEmpty, let word = try row.word(record, knownTo: cases) else { return nil }
        (fileID, self.word, cadreID) = (row.fileID, word, try row.text(cadre))
    }
}

extension Finding.Check {
    fileprivate static let caseWithoutEvent: Self = "CaseWithoutEvent"
    fileprivate static let caseOfAnotherCadre: Self = "CaseOfAnotherCadre"
    fileprivate static let mitigatedWithoutWeight: Self = "MitigatedWithoutWeight"
    fileprivate static let conflictingCases: Self = "ConflictingCases"
}
