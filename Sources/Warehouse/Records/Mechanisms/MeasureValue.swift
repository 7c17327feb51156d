public import PipelineModel

/// One measure of the opinion for one unit on one night, kept night by night so that a trend can be seen.
public struct MeasureValue: Record, Hashable {
    public static let table = "measure_values"
    public static let columns = ["as_of", "measure", "unit_id", "numerator", "denominator"]
    public static let order = "as_of, measure, unit_id"
    /// The unit number of a measure over all units.
    public static let allUnits = ""

    /// The night.
    public var asOf: CalendarDate
    /// The measure's id: `clarifications_published`.
    public var measure: String
    /// The unit, or `allUnits`.
    public var unitID: String
    /// How many meet the measure.
    public var numerator: Int
    /// Out of how many; `nil` for a plain count. Zero where there was nothing to measure: the share is then unknown, not zero.
    public var denominator: Int?

    /// A row with these values.
    public init(asOf: CalendarDate, measure: String, unitID: String, numerator: Int, denominator: Int?) {
        self.asOf = asOf
        self.measure = measure
        self.unitID = unitID
        self.numerator = numerator
        self.denominator = denominator
    }

    public func write(to row: inout RowWriter) {
        row.date(asOf)
        row.text(measure)
        row.text(unitID)
        row.integer(numerator)
        row.integer(denominator)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        asOf = try row.date()
        measure = try row.text()
        unitID = try row.text()
        numerator = try row.integer()
        denominator = try row.optionalInteger()
    }
}
