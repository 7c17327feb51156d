import PipelineModel

extension World {
    /// A cadre's absences within the months of the world: short ones, long ones that excuse, and long ones that were never approved.
    func absences(of cadre: Cadre) -> [Absence] {
        var generator = self.generator(.leave, cadre.index)
        var absences: [Absence] = []
        let span = max(1, parameters.end.days(since: firstDay) + 1)
        let years = Double(parameters.months) / 12
        func add(_ kind: LeaveKind, perYear: Double, days: ClosedRange<Int>, approved: Double, open: Double = 0) {
            for _ in 0..<generator.poisson(perYear * years) {
                let start = firstDay.adding(days: generator.below(span))
                let end = start.adding(days: generator.integer(in: days) - 1)
                let isOpen = generator.chance(open) && end > parameters.end
                absences.append(Absence(kind: kind, start: start, end: isOpen ? nil : end, approved: generator.chance(approved)))
            }
        }
        add(.annual, perYear: 0.5, days: 3...10, approved: 1)
        add(.personal, perYear: 0.08, days: 1...5, approved: 0.9)
        add(.sick, perYear: 0.05, days: 2...12, approved: 0.97)
        add(.sick, perYear: 0.025, days: 20...150, approved: 0.9)
        add(.secondment, perYear: 0.02, days: 90...300, approved: 0.95, open: 0.5)
        let age = parameters.end.completedYears(since: cadre.birth)
        if cadre.isFemale, (24...41).contains(age) { add(.maternity, perYear: 0.06, days: 98...158, approved: 1) }
        // Nobody is away twice at once: an absence that touches an earlier one was never filed.
        absences.sort { $0.start < $1.start }
        var kept: [Absence] = []
        for absence in absences where kept.last.map({ $0.end.map { $0 < absence.start } ?? false }) ?? true {
            if cadre.tenure(on: absence.start) != nil { kept.append(absence) }
        }
        return kept + holidays(of: cadre, besides: kept)
    }

    /// Annual leave as most people take it: two or three blocks a year, and hardly any for some. From a substream of its own, and only where nothing else was filed.
    private func holidays(of cadre: Cadre, besides others: [Absence]) -> [Absence] {
        var generator = self.generator(.leave, cadre.index, part: 1)
        let isBusy = generator.chance(0.12)
        var holidays: [Absence] = []
        for year in firstDay.month.year...parameters.end.month.year {
            for firstMonth in isBusy ? [9] : [2, 7, 10] {
                let month = Month(year: year, monthOfYear: firstMonth)
                let start = month.firstDay.adding(days: generator.below(month.dayCount))
                let end = start.adding(days: isBusy ? 2 : generator.integer(in: 7...13))
                guard start >= firstDay, end <= parameters.end, cadre.tenure(on: start) != nil,
                    !others.contains(where: { $0.start <= end && ($0.end.map { $0 >= start } ?? true) })
                else { continue }
                holidays.append(Absence(kind: .annual, start: start, end: end, approved: true))
            }
        }
        return holidays
    }
}
