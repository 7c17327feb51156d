public import PipelineModel

/// One measure of the opinion for one unit: this month, last month and a year ago.
public struct ImplementationProgress: Record, Hashable {
    public static let table = "implementation_progress"
    public static let columns = [
        "number", "measure", "mechanism", "label_zh", "label_en", "unit_id", "numerator", "denominator", "last_month_night",
        "last_month_numerator", "last_month_denominator", "year_ago_night", "year_ago_numerator", "year_ago_denominator",
    ]
    public static let order = "number, unit_id"

    /// The measure's place in the order of the mechanisms; counts from 1.
    public var number: Int
    /// The measure's id.
    public var measure: String
    /// Which mechanism it belongs to.
    public var mechanism: Mechanism?
    /// What officials read.
    public var labelChinese: String
    /// The same.
    public var labelEnglish: String
    /// The unit, or `MeasureValue.allUnits`.
    public var unitID: String
    /// Tonight; `nil` where tonight has no value.
    public var numerator: Int?
    /// Tonight; `nil` for a plain count.
    public var denominator: Int?
    /// The newest night of the month before; `nil` where there was none.
    public var lastMonthNight: CalendarDate?
    /// On that night.
    public var lastMonthNumerator: Int?
    /// On that night.
    public var lastMonthDenominator: Int?
    /// The newest night of the month twelve months before; `nil` where there was none.
    public var yearAgoNight: CalendarDate?
    /// On that night.
    public var yearAgoNumerator: Int?
    /// On that night.
    public var yearAgoDenominator: Int?

    /// A row with these values.
    public init(
        number: Int, measure: String, mechanism: Mechanism?, labelChinese: String, labelEnglish: String, unitID: String, numerator: Int?,
        denominator: Int?, lastMonthNight: CalendarDate?, lastMonthNumerator: Int?, lastMonthDenominator: Int?, yearAgoNight: CalendarDate?,
        yearAgoNumerator: Int?, yearAgoDenominator: Int?
    ) {
        self.number = number
        self.measure = measure
        self.mechanism = mechanism
        self.labelChinese = labelChinese
        self.labelEnglish = labelEnglish
        self.unitID = unitID
        self.numerator = numerator
        self.denominator = denominator
        self.lastMonthNight = lastMonthNight
        self.lastMonthNumerator = lastMonthNumerator
        self.lastMonthDenominator = lastMonthDenominator
        self.yearAgoNight = yearAgoNight
        self.yearAgoNumerator = yearAgoNumerator
        self.yearAgoDenominator = yearAgoDenominator
    }

    public func write(to row: inout RowWriter) {
        row.integer(number)
        row.text(measure)
        row.code(mechanism)
        row.text(labelChinese)
        row.text(labelEnglish)
        row.text(unitID)
        row.integer(numerator)
        row.integer(denominator)
        row.date(lastMonthNight)
        row.integer(lastMonthNumerator)
        row.integer(lastMonthDenominator)
        row.date(yearAgoNight)
        row.integer(yearAgoNumerator)
        row.integer(yearAgoDenominator)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        number = try row.integer()
        measure = try row.text()
        mechanism = try row.optionalCode(Mechanism.self)
        labelChinese = try row.text()
        labelEnglish = try row.text()
        unitID = try row.text()
        numerator = try row.optionalInteger()
        denominator = try row.optionalInteger()
        lastMonthNight = try row.optionalDate()
        lastMonthNumerator = try row.optionalInteger()
        lastMonthDenominator = try row.optionalInteger()
        yearAgoNight = try row.optionalDate()
        yearAgoNumerator = try row.optionalInteger()
        yearAgoDenominator = try row.optionalInteger()
    }
}
