public import PipelineModel

/// Reform risks that were filed and accepted beforehand (风险报备), and the events that wait inside them for their fault-tolerance case.
///
/// An event is held out where all of this is so: a risk was filed on or before its day and has been accepted; the day lies within the reform; the event's
/// unit, that of the post its cadre held on the day, is the one that filed; it is part of the same reform; and no fault-tolerance case about it is decided.
/// Part of the reform it is where its own row names the reform's code, or, where its row names none, where a case that is still open names the event
/// and its cadre is the one who answers for the reform. Unit and dates alone never do: then whoever files would be out of reach for as long as the reform lasts.
public struct ReformRisks: Sendable {
    /// A filed and accepted risk.
    public struct Filing: Hashable, Sendable {
        /// Number of the filing.
        public let filingID: String
        let unitID: String
        let cadreID: String?
        let subject: String
        let first: CalendarDate
        let last: CalendarDate?
        let fileID: Int
        let line: Int
    }

    private let filings: [String: [Filing]]
    private let decided: Set<NamedEvent>
    private let open: Set<NamedEvent>
    private let history: ServiceHistory

    /// Reads what is known on a day: filings accepted by then, and of cases decided later only that they are open.
    public init(asOf: CalendarDate, history: ServiceHistory, in transaction: Transaction) throws {
        self.history = history
        var filings: [Filing] = []
        try transaction.forEachRow(of: .riskFilings) { row in
            let fields = NamedFields(row, .riskFilings)
            guard fields.code("outcome", RiskFilingOutcome.self) == .accepted, fields.day("assessed_date").map({ $0 <= asOf }) ?? true,
                let id = fields.text("filing_id"), let unitID = history.unitID(fields.text("unit")), let subject = fields.text("subject"),
                let filed = fields.day("filed_date"), filed <= asOf
            else { return }
            let first = fields.day("start_date").map { max($0, filed) } ?? filed
            filings.append(
                Filing(
                    filingID: id, unitID: unitID, cadreID: row.cadreID ?? fields.text("cadre_id"), subject: subject, first: first,
                    last: fields.day("end_date"), fileID: row.fileID, line: row.line))
        }
        // Of several that hold an event the first filed is named.
        filings.sort { ($0.first, $0.filingID, $0.fileID, $0.line) < ($1.first, $1.filingID, $1.fileID, $1.line) }
        self.filings = Dictionary(grouping: filings, by: \.unitID)
        var (decided, open): (Set<NamedEvent>, Set<NamedEvent>) = ([], [])
        try transaction.forEachRow(of: .faultTolerance) { row in
            let fields = NamedFields(row, .faultTolerance)
            guard let decision = fields.code("decision", FaultToleranceDecision.self), let cadreID = row.cadreID ?? fields.text("cadre_id"),
                let source = fields.text("event_source"), let recordID = fields.text("event_record_id")
            else { return }
            let name = NamedEvent(source: source, recordID: recordID, cadreID: cadreID)
            let isDecided = decision != .pending && fields.day("decided_date").map { $0 <= asOf } ?? true
            if isDecided { decided.insert(name) } else { open.insert(name) }
        }
        (self.decided, self.open) = (decided, open)
    }

    /// Whom an open case is about: nobody else's event is held out, unless its own row names the reform.
    var cadresOfOpenCases: Set<String> { Set(open.map(\.cadreID)) }

    /// Whether nothing can be held out.
    public var isEmpty: Bool { filings.isEmpty }

    /// The filing that holds an event out; `nil` where none does, and where its day is not known.
    ///
    /// - Parameters:
    ///   - source: The contract that read the event.
    ///   - reform: The code that the event's own row names.
    public func filing(
        holding recordID: String?, source: String, role: SourceRole, cadreID: String, on day: CalendarDate?, reform: String?
    ) -> Filing? {
        guard !filings.isEmpty, let day, let recordID else { return nil }
        guard let unitID = history.unit(of: cadreID, on: day), let own = filings[unitID] else { return nil }
        // Most events are of no filing's days, and then nobody need ask for their case.
        let mayHold = own.filter { $0.first <= day && $0.last.map { day <= $0 } ?? true }
        guard !mayHold.isEmpty else { return nil }
        let names = NamedEvent.names(recordID, source: source, role: role, cadreID: cadreID)
        guard !names.contains(where: decided.contains) else { return nil }
        let isOpen = names.contains(where: open.contains)
        return mayHold.first { filing in
            if let reform { return reform == filing.subject }
            return isOpen && filing.cadreID == cadreID
        }
    }
}
