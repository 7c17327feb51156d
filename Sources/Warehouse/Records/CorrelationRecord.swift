public import PipelineModel

/// How standings on two indicators go together in one scheme: R.
public struct CorrelationRecord: Record, Hashable {
    public static let table = "correlations"
    public static let columns = [
        "window", "kind", "first_indicator", "second_indicator", "correlation", "iterations", "converged",
    ]
    public static let order = "window, kind, first_indicator, second_indicator"

    /// Current or previous.
    public var window: AppraisalWindow
    /// The scheme.
    public var kind: KindOfBody
    /// Indicator.
    public var first: String
    /// Indicator.
    public var second: String
    /// −1 to 1.
    public var correlation: Double
    /// Steps of EM.
    public var iterations: Int
    /// Whether EM converged.
    public var converged: Bool

    /// A row with these values.
    public init(
        window: AppraisalWindow, kind: KindOfBody, first: String, second: String, correlation: Double, iterations: Int, converged: Bool
    ) {
        self.window = window
        self.kind = kind
        self.first = first
        self.second = second
        self.correlation = correlation
        self.iterations = iterations
        self.converged = converged
    }

    public func write(to row: inout RowWriter) {
        row.code(window)
        row.code(kind)
        row.text(first)
        row.text(second)
        row.real(correlation)
        row.integer(iterations)
        row.flag(converged)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        window = try row.code(AppraisalWindow.self)
        kind = try row.code(KindOfBody.self)
        first = try row.text()
        second = try row.text()
        correlation = try row.real()
        iterations = try row.integer()
        converged = try row.flag()
    }
}
