public import PipelineModel

/// How one unit handles one kind of petition: whether in time, and what is still open. Nothing of any single petition.
public struct PetitionHandling: Record, Hashable {
    public static let table = "petition_handling"
    public static let columns =
        ["number", "unit_id", "kind", "received", "acceptance_due", "accepted_in_time"] + FunnelReading.columns("acceptance") + [
            "closing_due", "closed_in_time",
        ] + FunnelReading.columns("closing") + ["extended", "open_in_acceptance", "open_in_closing", "open_in_extension", "open_beyond"]
    public static let order = "number"
    /// The measures that count a unit's petitions of all kinds: the shares accepted and closed in time.
    public static let (acceptanceMeasure, closingMeasure) = ("petitions_accepted_in_time", "petitions_closed_in_time")

    /// Counts from 1, by unit and kind.
    public var number: Int
    /// The unit that handles them; `nil` where it is not in the unit table.
    public var unitID: String?
    /// What they ask for; `nil` where the export does not say.
    public var kind: PetitionKind?
    /// Came in within the window.
    public var received: Int
    /// Of these, those whose day for acceptance has passed, where it is known whether they were accepted.
    public var acceptanceDue: Int
    /// Of these, those accepted by that day.
    public var acceptedInTime: Int
    /// The share accepted in time among the units.
    public var acceptance: FunnelReading
    /// Of those received, those whose day for closing has passed.
    public var closingDue: Int
    /// Of these, those closed by that day.
    public var closedInTime: Int
    /// The share closed in time among the units.
    public var closing: FunnelReading
    /// Of those received, those whose time for closing was extended.
    public var extended: Int
    /// Open, and no older than the days for acceptance; of any window.
    public var openInAcceptance: Int
    /// Open, older, and no older than the days for closing.
    public var openInClosing: Int
    /// Open, older, and no older than the days for closing with their extension.
    public var openInExtension: Int
    /// Open, and older.
    public var openBeyond: Int

    /// A row with these values.
    public init(
        number: Int, unitID: String?, kind: PetitionKind?, received: Int, acceptanceDue: Int, acceptedInTime: Int, acceptance: FunnelReading, closingDue: Int,
        closedInTime: Int, closing: FunnelReading, extended: Int, openInAcceptance: Int, openInClosing: Int, openInExtension: Int, openBeyond: Int
    ) {
        self.number = number
        self.unitID = unitID
        self.kind = kind
        self.received = received
        self.acceptanceDue = acceptanceDue
        self.acceptedInTime = acceptedInTime
        self.acceptance = acceptance
        self.closingDue = closingDue
        self.closedInTime = closedInTime
        self.closing = closing
        self.extended = extended
        self.openInAcceptance = openInAcceptance
        self.openInClosing = openInClosing
        self.openInExtension = openInExtension
        self.openBeyond = openBeyond
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.text(unitID)
        row.code(kind)
        row.integer(received)
        row.integer(acceptanceDue)
        row.integer(acceptedInTime)
        acceptance.write(to: &row)
        row.integer(closingDue)
        row.integer(closedInTime)
        closing.write(to: &row)
        row.integer(extended)
        row.integer(openInAcceptance)
        row.integer(openInClosing)
        row.integer(openInExtension)
        row.integer(openBeyond)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        unitID = try row.optionalText()
        kind = try row.optionalCode(PetitionKind.self)
        received = try row.integer()
        acceptanceDue = try row.integer()
        acceptedInTime = try row.integer()
        acceptance = try FunnelReading(from: &row)
        closingDue = try row.integer()
        closedInTime = try row.integer()
        closing = try FunnelReading(from: &row)
        extended = try row.integer()
        openInAcceptance = try row.integer()
        openInClosing = try row.integer()
        openInExtension = try row.integer()
        openBeyond = try row.integer()
    }
}
