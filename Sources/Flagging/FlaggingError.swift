/// Why flagging cannot go on.
public enum FlaggingError: Error, Equatable, CustomStringConvertible {
    /// The trigger's condition or date names what its source does not have.
    case badTrigger(id: String, reason: String)
    /// A scorecard holds what is not a probability.
    case badEstimate(reason: String)

    public var description: String {
        switch self {
        case .badTrigger(let id, let reason): "trigger \(id): \(reason)"
        case .badEstimate(let reason): "the scorecards cannot be ranked: \(reason)"
        }
    }
}
