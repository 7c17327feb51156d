public import Statistics

/// Why the analysis cannot go on: the warehouse or the configuration contradicts itself.
public enum AppraisalError: Error, Equatable, CustomStringConvertible {
    /// A scheme weighs an indicator that the pipeline does not define.
    case unknownIndicator(String, scheme: String)
    /// Sums of a measure do not fit in 64 bits.
    case outOfRange(measure: String)
    /// Evidence rows add up to more than the facts of their measure, so that what is left cannot be right.
    case inconsistentEvidence(measure: String)
    /// Marks by rater add up to more than all marks of their measure.
    case inconsistentRatings(measure: String)
    /// The model of a scheme refuses its input.
    case model(StatisticsError, scheme: String)

    public var description: String {
        switch self {
        case .unknownIndicator(let indicator, let scheme): "the scheme of \(scheme) weighs \(indicator), which is not an indicator of the pipeline"
        case .outOfRange(let measure): "the sums of \(measure) are too large to be right"
        case .inconsistentEvidence(let measure): "the evidence rows of \(measure) add up to more than its facts; ingest again"
        case .inconsistentRatings(let measure): "the marks of \(measure) by rater are more than its marks; ingest again"
        case .model(let error, let scheme): "the model of \(scheme) refuses what was observed: \(error)"
        }
    }
}
