import PipelineModel
import Warehouse

/// Problems aired on television (mechanism 3): whether each was rectified in time.
enum MediaInquiries {
    /// Share rectified by its day.
    static let measure = "media_rectified_in_time"
    static let measures = [MeasureLabel(measure, .appraisal, "曝光问题按期整改的占比", "Share of televised problems rectified by their day")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        var (rows, inquiries, inTime) = (0, [MediaInquiryStatus](), MeasureCounts())
        try night.transaction.forEachRow(of: .mediaInquiries) { row in
            rows += 1
            let fields = NamedFields(row, .mediaInquiries)
            guard let id = fields.text("record_id"), let aired = fields.day("aired_date"), night.isKnown(aired) else { return }
            let (due, written) = (fields.day("due_date"), fields.day("rectified_date"))
            let rectified = night.isKnown(written) ? written : nil
            let named = fields.text("unit")
            let unitID = named == nil ? row.cadreID.flatMap { night.unit(of: $0, on: aired) } : night.history.unitID(named)
            let duty = Duty(due: due, done: rectified, asOf: night.asOf)
            inquiries.append(
                MediaInquiryStatus(
                    recordID: id, unitID: unitID, aired: aired, due: due, rectified: rectified, progress: duty.progress, daysLate: duty.daysLate,
                    fileID: row.fileID, line: row.line))
            if let wasInTime = Duty.inTime(due: due, done: rectified, asOf: night.asOf) { inTime.add(wasInTime, unitID: unitID) }
        }
        night.store(inquiries)
        night.store(inTime.values(measure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.mediaInquiries, table: "media_inquiries")] : []
    }
}
