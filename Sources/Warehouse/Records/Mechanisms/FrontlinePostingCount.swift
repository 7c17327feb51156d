public import PipelineModel

/// Postings to front-line work that began in one year, of one kind, from one unit or from all units.
public struct FrontlinePostingCount: Record, Hashable {
    public static let table = "frontline_posting_counts"
    public static let columns = ["year", "kind", "scope", "unit_id", "sent", "cadres", "posted_now"]
    public static let order = "year, kind, scope, unit_id"

    /// In which the postings began.
    public var year: Int
    /// Of front-line work; `nil` where the export says none.
    public var kind: FrontlineKind?
    /// One unit, or all of them together.
    public var scope: CountScope
    /// The unit; `nil` where it is unknown, and for all units.
    public var unitID: String?
    /// Postings.
    public var sent: Int
    /// Different people among them.
    public var cadres: Int
    /// Of the postings, those that last on the as-of date.
    public var postedNow: Int

    /// A row with these values.
    public init(year: Int, kind: FrontlineKind?, scope: CountScope, unitID: String?, sent: Int, cadres: Int, postedNow: Int) {
        self.year = year
        self.kind = kind
        self.scope = scope
        self.unitID = unitID
        self.sent = sent
        self.cadres = cadres
        self.postedNow = postedNow
    }

    public func write(to row: inout RowWriter) {
        row.integer(year)
        row.code(kind)
        row.code(scope)
        row.text(unitID)
        row.integer(sent)
        row.integer(cadres)
        row.integer(postedNow)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        year = try row.integer()
        kind = try row.optionalCode(FrontlineKind.self)
        scope = try row.code(CountScope.self)
        unitID = try row.optionalText()
        sent = try row.integer()
        cadres = try row.integer()
        postedNow = try row.integer()
    }
}
