import PipelineModel

/// Days on which a cadre was on approved long leave: ascending spans of day numbers that neither touch nor overlap.
struct LongLeave {
    private(set) var spans: [ClosedRange<Int32>] = []

    /// The union of absences, in any order.
    init(_ absences: [ClosedRange<Int32>] = []) {
        for span in absences.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = spans.last, span.lowerBound <= last.upperBound + 1 {
                spans[spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
            } else {
                spans.append(span)
            }
        }
    }

    func contains(_ day: CalendarDate) -> Bool { spans.contains { $0.contains(day.dayNumber) } }

    /// The share of a month's days that were not leave: 0 to 1.
    func exposure(of month: Month) -> Double {
        guard !spans.isEmpty else { return 1 }
        let (first, last) = (month.firstDay.dayNumber, month.lastDay.dayNumber)
        let away = spans.reduce(0) { $0 + max(0, Int(min($1.upperBound, last)) - Int(max($1.lowerBound, first)) + 1) }
        return Double(month.dayCount - away) / Double(month.dayCount)
    }
}
