import Statistics

/// One of the five indicators of the study's scheme, and the range its groups' truth is drawn from.
struct StudyIndicator: Sendable {
    enum Family: Sendable {
        /// Events; the exposure of a month is lognormal around 1 from cadre to cadre.
        case rate
        /// Events of trials; so many trials in a month on average.
        case share(trials: Double)
        /// A mean of so many values, 6 at least, whose standard deviation within is known.
        case mean(values: Double, within: Double)
    }

    let name: String
    let family: Family
    let direction: Direction
    let weight: Double
    /// μ of a group is normal around this, with standard deviation 0.3.
    let location: Double
    /// σ of a group is uniform in this range.
    let spread: ClosedRange<Double>

    var isRate: Bool {
        if case .rate = family { true } else { false }
    }

    /// The scheme: two rates, two shares, one mean. The first is what "three or more in the year" counts.
    static let all = [
        StudyIndicator(
            name: "substantiated petitions (rate)", family: .rate, direction: .lowerIsBetter, weight: 0.25, location: -2.2, spread: 0.5...0.8),
        StudyIndicator(name: "overdue tasks (rate)", family: .rate, direction: .lowerIsBetter, weight: 0.20, location: -1.2, spread: 0.35...0.6),
        StudyIndicator(
            name: "inquiries rectified in time (share)", family: .share(trials: 1.5), direction: .higherIsBetter, weight: 0.20, location: 1.0,
            spread: 0.5...0.8),
        StudyIndicator(
            name: "training passed (share)", family: .share(trials: 1), direction: .higherIsBetter, weight: 0.15, location: 1.2, spread: 0.4...0.7),
        StudyIndicator(
            name: "public rating (mean)", family: .mean(values: 20, within: 1.6), direction: .higherIsBetter, weight: 0.20, location: 7.5,
            spread: 0.3...0.5),
    ]
}
