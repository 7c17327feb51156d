public import PipelineModel

/// One adverse row of an export and whom it counts against.
public struct EvidenceRecord: Hashable, Sendable {
    /// The contract.
    public var source: String
    /// What the export is about.
    public var role: SourceRole
    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int
    /// Its number in its own system.
    public var recordID: String?
    /// Whoever held the post on the event date.
    public var cadreID: String
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Code of the reform that it is part of, where the export says so.
    public var reform: String?

    /// A row with these values.
    public init(
        source: String, role: SourceRole, fileID: Int, line: Int, recordID: String?, cadreID: String, eventDate: CalendarDate?, reform: String? = nil
    ) {
        self.source = source
        self.role = role
        self.fileID = fileID
        self.line = line
        self.recordID = recordID
        self.cadreID = cadreID
        self.eventDate = eventDate
        self.reform = reform
    }
}
