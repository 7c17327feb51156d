public import PipelineModel

/// The composite of one cadre, with its uncertainty.
public struct ScorecardRecord: Record, Hashable {
    public static let table = "scorecards"
    public static let columns = [
        "window", "cadre_id", "kind", "group_id", "mean", "deviation", "line", "concern", "outstanding", "indicators_observed",
    ]
    public static let order = "window, cadre_id"

    /// Current or previous.
    public var window: AppraisalWindow
    /// Who.
    public var cadreID: String
    /// The scheme.
    public var kind: KindOfBody
    /// Against whom.
    public var groupID: String
    /// Posterior mean of the composite.
    public var mean: Double
    /// Posterior standard deviation.
    public var deviation: Double
    /// c: below it a fair observer would be concerned; the mirror image, −c, is outstanding.
    public var line: Double
    /// P(composite < c | data).
    public var concern: Double
    /// P(composite > −c | data).
    public var outstanding: Double
    /// How many indicators speak.
    public var indicatorsObserved: Int

    /// A row with these values.
    public init(
        window: AppraisalWindow, cadreID: String, kind: KindOfBody, groupID: String, mean: Double, deviation: Double, line: Double, concern: Double,
        outstanding: Double, indicatorsObserved: Int
    ) {
        self.window = window
        self.cadreID = cadreID
        self.kind = kind
        self.groupID = groupID
        self.mean = mean
        self.deviation = deviation
        self.line = line
        self.concern = concern
        self.outstanding = outstanding
        self.indicatorsObserved = indicatorsObserved
    }

    public func write(to row: inout RowWriter) {
        row.code(window)
        row.text(cadreID)
        row.code(kind)
        row.text(groupID)
        row.real(mean)
        row.real(deviation)
        row.real(line)
        row.real(concern)
        row.real(outstanding)
        row.integer(indicatorsObserved)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        window = try row.code(AppraisalWindow.self)
        cadreID = try row.text()
        kind = try row.code(KindOfBody.self)
        groupID = try row.text()
        mean = try row.real()
        deviation = try row.real()
        line = try row.real()
        concern = try row.real()
        outstanding = try row.real()
        indicatorsObserved = try row.integer()
    }
}
