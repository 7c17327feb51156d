/// Kind of petition (信访).
public enum PetitionKind: String, Category {
    case accusation, appeal, suggestion

    public var chinese: String {
        switch self {
        case .accusation: "检举控告"
        case .appeal: "申诉求决"
        case .suggestion: "建议意见"
        }
    }
}

/// What people found of a petition. Only the first two ever count; mistaken and malicious are set by people, never inferred.
public enum PetitionFinding: String, Category {
    case substantiated, partlySubstantiated, unsubstantiated, mistaken, malicious, pending, withdrawn

    public var chinese: String {
        switch self {
        case .substantiated: "属实"
        case .partlySubstantiated: "部分属实"
        case .unsubstantiated: "不属实"
        case .mistaken: "错告"
        case .malicious: "诬告"
        case .pending: "办理中"
        case .withdrawn: "撤回"
        }
    }

    /// Whether a finding may count against anybody (guard rail 4: innocent until substantiated).
    public var counts: Bool { self == .substantiated || self == .partlySubstantiated }
}

/// Graded warnings, before anything harder.
public enum WarningKind: String, Category {
    case reminder, criticism, inquiryLetter, admonition

    public var chinese: String {
        switch self {
        case .reminder: "谈话提醒"
        case .criticism: "批评教育"
        case .inquiryLetter: "函询"
        case .admonition: "诫勉"
        }
    }
}
