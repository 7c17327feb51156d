import PipelineModel

/// The name of a run's folder: `2025-11-03_20251104T011500Z`, and `-2` after it where a run started in the same second.
struct RunIdentifier: Hashable, Comparable, CustomStringConvertible {
    let asOf: CalendarDate
    /// UTC.
    let started: Timestamp
    /// Counts from 1.
    let number: Int

    init(asOf: CalendarDate, started: Timestamp, number: Int = 1) {
        self.asOf = asOf
        self.started = started
        self.number = number
    }

    /// `nil` where the text is not the name of a run.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let asOf = CalendarDate(iso: parts[0]) else { return nil }
        let tail = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        let digits = Array(tail[0])
        guard tail.count <= 2, digits.count == 16, digits[8] == "T", digits[15] == "Z" else { return nil }
        func slice(_ range: Range<Int>) -> String { String(digits[range]) }
        let iso = "\(slice(0..<4))-\(slice(4..<6))-\(slice(6..<8))T\(slice(9..<11)):\(slice(11..<13)):\(slice(13..<15))"
        guard let started = Timestamp(iso: iso) else { return nil }
        var number = 1
        if tail.count == 2 {
            guard let written = Int(tail[1]), written >= 2 else { return nil }
            number = written
        }
        self.init(asOf: asOf, started: started, number: number)
        guard description == text else { return nil }
    }

    var description: String {
        let compact = started.description.filter { $0 != "-" && $0 != ":" }
        return "\(asOf)_\(compact)Z" + (number > 1 ? "-\(number)" : "")
    }

    /// By the time they started, whatever night they are about.
    static func < (left: RunIdentifier, right: RunIdentifier) -> Bool {
        (left.started, left.number, left.asOf) < (right.started, right.number, right.asOf)
    }
}
