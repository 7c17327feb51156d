public import PipelineModel

/// That a stage was done, for which night and by which configuration.
public struct StageRecord: Record, Hashable {
    public static let table = "stages"
    public static let columns = [
        "stage", "as_of", "configuration_hash",
    ]
    public static let order = "stage"

    /// ingest, analyze, flag.
    public var stage: String
    /// The night.
    public var asOf: CalendarDate
    /// Of all configuration files.
    public var configurationHash: String

    /// A row with these values.
    public init(
        stage: String, asOf: CalendarDate, configurationHash: String
    ) {
        self.stage = stage
        self.asOf = asOf
        self.configurationHash = configurationHash
    }

    public func write(to row: inout RowWriter) {
        row.text(stage)
        row.date(asOf)
        row.text(configurationHash)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        stage = try row.text()
        asOf = try row.date()
        configurationHash = try row.text()
    }
}
