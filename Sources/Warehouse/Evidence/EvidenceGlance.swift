public import PipelineModel

/// What can be told of an adverse row without making its texts: of millions most are looked at, and few are handled.
public struct EvidenceGlance: Sendable {
    /// What the export is about.
    public let role: SourceRole
    /// The export file.
    public let fileID: Int
    /// Where the record starts; counts from 1.
    public let line: Int
    /// Whoever held the post on the event date.
    public let cadreID: String
    /// When it happened.
    public let eventDate: CalendarDate?
    /// From the first to the last month in which it added to a measure; `nil` where it added to none.
    public let months: ClosedRange<Month>?
    /// Whether it says that it is part of a reform.
    public let namesReform: Bool
    /// The block's record numbers, and where this one stands among them; `nil` for a row without one.
    private let texts: [UInt8]
    private let recordPlace: Range<Int>?
    /// Among the block's rows.
    let place: Int
    /// What it added, among the block's increments.
    let added: Range<Int>

    fileprivate init(_ block: EvidenceBlock, at place: Int, textStart: Int, added: Range<Int>) {
        let row = block.rows[place]
        (self.place, role, fileID, line, cadreID) = (place, block.role, block.fileID, row.line, row.cadre)
        (eventDate, namesReform) = (row.day.map { CalendarDate(dayNumber: $0) }, row.reform != nil)
        var months: ClosedRange<Month>?
        for place in added {
            let month = Month(index: block.increments[place].month)
            months = months.map { min($0.lowerBound, month)...max($0.upperBound, month) } ?? month...month
        }
        (self.months, self.added) = (months, added)
        (texts, recordPlace) = (block.texts, row.hasRecordID ? textStart..<row.textEnd : nil)
    }

    /// Its number in its own system; made each time it is asked for.
    public var recordID: String? {
        recordPlace.map { place in texts.withUnsafeBufferPointer { String(decoding: $0[place], as: UTF8.self) } }
    }
}

extension EvidenceBlock {
    /// Passes each row.
    func forEach(_ body: (EvidenceGlance) throws -> Void) rethrows {
        var (text, place) = (0, 0)
        for (index, row) in rows.enumerated() {
            let added = place..<(place + row.increments)
            try body(EvidenceGlance(self, at: index, textStart: text, added: added))
            (text, place) = (row.textEnd, added.upperBound)
        }
    }

    /// The whole of a row.
    func record(of glance: EvidenceGlance) -> EvidenceRecord {
        EvidenceRecord(
            source: source, role: role, fileID: fileID, line: glance.line, recordID: glance.recordID, cadreID: glance.cadreID,
            eventDate: glance.eventDate, reform: rows[glance.place].reform.map { reforms[$0] })
    }

    /// What a row added to its measures.
    func increments(of glance: EvidenceGlance) -> [EvidenceIncrement] {
        increments[glance.added].map {
            EvidenceIncrement(measure: measures[$0.measure], month: Month(index: $0.month), count: $0.count, sum: $0.sum, sumOfSquares: $0.squares)
        }
    }
}
