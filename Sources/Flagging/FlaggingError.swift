/// Why flagging cannot go on: a trigger does not fit the source it reads.
public enum FlaggingError: Error, Equatable, CustomStringConvertible {
    /// The trigger's condition or date names what its source does not have.
    case badTrigger(id: String, reason: String)

    public var description: String {
        switch self {
        case .badTrigger(let id, let reason): "trigger \(id): \(reason)"
        }
    }
}
