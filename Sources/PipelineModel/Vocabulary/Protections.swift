/// What was decided of a fault-tolerance case (容错).
public enum FaultToleranceDecision: String, Category {
    case approved, mitigated, rejected, pending

    public var chinese: String {
        switch self {
        case .approved: "予以容错"
        case .mitigated: "减轻"
        case .rejected: "不予容错"
        case .pending: "审核中"
        }
    }
}

/// How one of the six considerations of a fault-tolerance case speaks.
public enum Consideration: String, Category {
    case favourable, neutral, unfavourable

    public var chinese: String {
        switch self {
        case .favourable: "有利"
        case .neutral: "一般"
        case .unfavourable: "不利"
        }
    }
}

/// What was decided of a reform risk filed beforehand (风险报备).
public enum RiskFilingOutcome: String, Category {
    case accepted, rejected, pending

    public var chinese: String {
        switch self {
        case .accepted: "同意备案"
        case .rejected: "不予备案"
        case .pending: "评估中"
        }
    }
}

/// A person's decision on an earlier flag.
public enum ReviewDecision: String, Category {
    case confirmed, overturned, deferred

    public var chinese: String {
        switch self {
        case .confirmed: "确认"
        case .overturned: "推翻"
        case .deferred: "暂缓"
        }
    }
}

/// What the fitness check after a disposition found (适任考核).
public enum FitnessResult: String, Category {
    case fit, unfit

    public var chinese: String {
        switch self {
        case .fit: "胜任"
        case .unfit: "不胜任"
        }
    }
}

/// What a flag proposes. A proposal, never a decision.
public enum Disposition: String, Category {
    case recall, retraining, reassignment, supportTalk

    public var chinese: String {
        switch self {
        case .recall: "召回管理"
        case .retraining: "回炉锻造"
        case .reassignment: "二次择岗"
        case .supportTalk: "提醒谈话"
        }
    }
}
