import PipelineModel

/// `appraisals.csv`: annual grades, quarterly marks, special and close-up appraisals.
struct AppraisalsExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("考核编号", .key, required: true), ExportColumn("工号", .identifier, required: true), ExportColumn("考核类别", .word, required: true),
            ExportColumn("考核年度", .number), ExportColumn("评定日期", .day, required: true), ExportColumn("等次", .word), ExportColumn("得分", .number),
            ExportColumn("评语", .text),
        ], encoding: .utf8, lineEnding: .crlf, dates: .mixed, conflict: 6,
        defects: [.wrongFieldCount, .unknownValue, .impossibleDate, .missingValue, .negativeNumber])

    private let file: ExportFile

    init(_ folder: ExportFolder) throws(SimulationError) {
        file = try folder.open("appraisals.csv", AppraisalsExport.layout)
    }

    func write(_ cadre: Cadre, _ annual: [AnnualGrade], in world: World) throws(SimulationError) {
        var generator = world.generator(.appraisals, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 8)
        for grade in annual {
            try file.write(
                cells("N\(grade.year % 100)-\(cadre.index + 1)", cadre, "年度", grade.year, grade.date, grade.grade, grade.mark, remark: "虚构评语"), using: &mess)
        }
        var number = 0
        func add(_ kind: String, _ indicator: SimulatedIndicator, noise: Double, about day: CalendarDate, decided: CalendarDate) throws(SimulationError) {
            let draw = generator.normal()
            guard day >= world.firstDay, decided <= world.parameters.end, let tenure = cadre.working(on: day) else { return }
            let mark = min(100, max(0, world.level(of: indicator, in: tenure) + noise * draw))
            number += 1
            let id = "K\(cadre.index + 1)-\(padded(number, 2))"
            try file.write(cells(id, cadre, kind, day.month.year, decided, AppraisalsExport.grade(ofMark: mark), mark, remark: ""), using: &mess)
        }
        for month in world.parameters.window.months {
            if month.monthOfYear % 3 == 0 {
                try add("平时", .regularAppraisal, noise: 4, about: month.lastDay, decided: month.lastDay.adding(days: 5 + generator.below(20)))
            }
            if generator.chance(0.09) {
                let day = month.firstDay.adding(days: generator.below(month.dayCount))
                try add(generator.chance(0.6) ? "专项" : "近距离", .capabilityScore, noise: 5, about: day, decided: day)
            }
        }
    }

    private func cells(
        _ id: String, _ cadre: Cadre, _ kind: String, _ year: Int, _ date: CalendarDate, _ grade: AppraisalGrade, _ mark: Double, remark: String
    ) -> [ExportCell] {
        [.text(id), .text(cadre.id), .text(kind), .integer(year), .day(date), .text(grade.chinese), .mark(mark), .text(remark)]
    }

    private static func grade(ofMark mark: Double) -> AppraisalGrade {
        mark >= 88 ? .good : mark >= 80 ? .fairlyGood : mark >= 70 ? .average : .poor
    }
}

/// The annual grade of one cadre in one year.
struct AnnualGrade: Sendable {
    let year: Int
    let date: CalendarDate
    let grade: AppraisalGrade
    let mark: Double
}

extension World {
    /// Annual grades of everybody in a unit's cast, over the last three years at least.
    ///
    /// At most a fifth of those who serve in the unit on the day are excellent (公务员考核规定, 2020); who came to it later was graded elsewhere and is
    /// not excellent there, so that no unit goes over its fifth. One does, in the newest year: three in ten.
    func annualGrades(of cast: [Cadre], in unit: UnitPlan) -> [[AnnualGrade]] {
        var grades: [[AnnualGrade]] = cast.map { _ in [] }
        let months = max(parameters.months, 36)
        let from = parameters.end.adding(months: -months)
        for year in (from.month.year - 1)...(parameters.end.month.year - 1) {
            var unitGenerator = self.generator(.annual, unit.place, part: -year)
            let date = Month(year: year + 1, monthOfYear: 1).firstDay.adding(days: unitGenerator.integer(in: 5...45))
            guard date > from, date <= parameters.end else { continue }
            var present: [(member: Int, latent: Double)] = []
            for (member, cadre) in cast.enumerated() {
                guard let tenure = cadre.tenure(on: date) else { continue }
                var generator = self.generator(.annual, cadre.index, part: year)
                let latent = 0.85 * cadre.composite(on: date) + 0.53 * generator.normal()
                let grade: AppraisalGrade = latent < -2.35 ? .incompetent : latent < -1.75 ? .basicallyCompetent : .competent
                grades[member].append(AnnualGrade(year: year, date: date, grade: grade, mark: 80 + 6 * latent))
                if tenure.unit == unit.place { present.append((member, latent)) }
            }
            let isGenerous = unit.place == generousUnit && year == parameters.end.month.year - 1
            let best = present.sorted { ($0.latent, $1.member) > ($1.latent, $0.member) }.prefix(isGenerous ? present.count * 3 / 10 : present.count / 5)
            for (member, latent) in best where latent > -1.75 {
                grades[member][grades[member].count - 1] = AnnualGrade(year: year, date: date, grade: .excellent, mark: 80 + 6 * latent)
            }
        }
        return grades
    }
}
