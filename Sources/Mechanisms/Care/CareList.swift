import PipelineModel
import Warehouse

/// Whom the department should care for, each with a reason and a provision (mechanism 6).
enum CareList {
    static let measures = [
        MeasureLabel("hardship_service_long", .care, "艰苦岗位干部中服务期长的占比", "Share of cadres in hardship posts with long service"),
        MeasureLabel("annual_leave_taken", .care, "上一年度年休假休足的占比", "Share of cadres who took all of last year's annual leave"),
        MeasureLabel("overload_sustained", .care, "持续超负荷的占比", "Share of cadres with sustained overload"),
    ]

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let rules = night.pipeline.care else {
            try store([], night, [MeasureCounts(), MeasureCounts(), MeasureCounts()])
            return [night.noRules("care", table: CareEntry.table)]
        }
        let doubtful = Set(try night.transaction.all(DoubtfulCadre.self).map(\.cadreID))
        let people = night.history.cadres.values.filter { $0.status == .active && !doubtful.contains($0.cadreID) }
        var (entries, findings): ([CareEntry], [Finding]) = ([], [])
        var counts: [MeasureCounts] = []
        let parts: [CareAnswer?] = [
            try rules.hardship.map { try HardshipService(night, rule: $0).answer(people) },
            try rules.annualLeave.map { try AnnualLeave(night, rule: $0).answer(people) },
            try rules.overload.map { try Overload(night, rule: $0).answer(people) },
        ]
        for part in parts {
            entries += part?.entries ?? []
            counts.append(part?.counts ?? MeasureCounts())
            if let unknown = part?.unknown { findings.append(night.unknownForCare(unknown)) }
        }
        try store(entries, night, counts)
        return findings
    }

    private static func store(_ entries: [CareEntry], _ night: TrackNight, _ counts: [MeasureCounts]) throws {
        night.store(entries)
        for (measure, count) in zip(measures, counts) { night.store(count.values(measure.id, asOf: night.asOf)) }
    }
}

/// What one reason of the care list gives.
struct CareAnswer {
    var entries: [CareEntry] = []
    var counts = MeasureCounts()
    /// Why nothing can be said, where nothing can.
    var unknown: (reason: CareReason, because: String)?
}

extension TrackNight {
    fileprivate func unknownForCare(_ unknown: (reason: CareReason, because: String)) -> Finding {
        Finding(
            .careUnknown, .warning, at: Finding.Location(file: pipeline.name), value: unknown.reason.rawValue,
            message: "care_list.csv says nothing of \(unknown.reason.rawValue): \(unknown.because)",
            hint: "deliver what is missing, or take the part out of the care rules; nobody listed does not mean that nobody is in need")
    }
}

extension Finding.Check {
    fileprivate static let careUnknown: Self = "CareUnknown"
}
