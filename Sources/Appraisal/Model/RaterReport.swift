import PipelineModel
import Statistics

/// What is told of the raters of one measure in one window.
struct RaterReport {
    let file: String
    let measure: String
    /// Of the window; `nil` for the present one.
    let name: String?

    /// The plain mean stays.
    func notToldApart(_ reason: String) -> Finding {
        Finding(
            .ratersNotToldApart, .warning, at: .init(file: file, field: measure), value: measure,
            message: "\(measure) could not be freed of how severe its raters are: \(reason); plain means are judged\(name.map { " (\($0))" } ?? "")",
            hint: "lenient and severe raters move those whom they met; have more raters meet more cadres, across units where that is possible")
    }

    func notToldApart(_ error: StatisticsError) -> Finding {
        switch error {
        case .degenerate(.oneRater): notToldApart("one rater gave all of it")
        case .degenerate(.oneTarget): notToldApart("all of it is about one cadre")
        case .degenerate(.noReplication): notToldApart("there are no more marks than raters and cadres")
        case .degenerate(.confounded): notToldApart("raters and cadres coincide")
        case .degenerate(.noVariance): notToldApart("no mark differs from another")
        case .notConverged: notToldApart("the raters' equations could not be solved")
        case .degenerate(.noObservations), .disconnected, .outsideDomain, .unequalCounts, .notPositiveDefinite: notToldApart("\(error)")
        }
    }

    /// Nothing but an assumption compares raters who share nobody, directly or through others.
    func parts(_ parts: Int) -> Finding {
        Finding(
            .ratersInParts, .note, at: .init(file: file, field: measure), value: "\(parts)",
            message: "the raters of \(measure) fall into \(parts) parts that met nobody in common; they are compared as if severity were alike in all parts",
            hint: "nothing, if that is believed; a few raters who meet cadres of several parts would show it")
    }

    /// Marks without a rater count, and are not adjusted.
    func unnamed(_ marks: Int, of given: Int) -> Finding {
        Finding(
            .marksWithoutRater, .note, at: .init(file: file, field: measure), value: "\(marks)",
            message: "\(marks) of \(given) marks of \(measure) name no rater; they count as they are, with the whole variance of raters",
            hint: "see whether the export can name its raters, by a pseudonym")
    }
}

extension Finding.Check {
    fileprivate static let ratersNotToldApart: Self = "RatersNotToldApart"
    fileprivate static let ratersInParts: Self = "RatersInParts"
    fileprivate static let marksWithoutRater: Self = "MarksWithoutRater"
}
