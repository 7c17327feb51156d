public import PipelineModel

/// Which window an estimate is about: the trailing one, or the one of equal length before it.
public enum AppraisalWindow: String, Category {
    case current, previous

    public var chinese: String {
        switch self {
        case .current: "本期"
        case .previous: "上期"
        }
    }
}

/// How fitting one indicator in one peer group ended.
public enum FitConvergence: String, Category {
    case converged, noSpread, tooFewObserved, failed

    public var chinese: String {
        switch self {
        case .converged: "收敛"
        case .noSpread: "无差异证据"
        case .tooFewObserved: "观测不足"
        case .failed: "未收敛"
        }
    }
}

/// What became of a flag since last night.
public enum FlagChangeKind: String, Category {
    case new, kept, cleared

    public var chinese: String {
        switch self {
        case .new: "新增"
        case .kept: "保持"
        case .cleared: "解除"
        }
    }
}

/// What becomes of an event that a fault-tolerance case is about.
public enum FaultToleranceOutcome: String, Category {
    case excluded, mitigated, heldOut, counts, outsideScore

    public var chinese: String {
        switch self {
        case .excluded: "不计入"
        case .mitigated: "部分计入"
        case .heldOut: "认定前暂不计入"
        case .counts: "照常计入"
        case .outsideScore: "不在评分范围"
        }
    }
}

/// How a duty with a day by which it must be done stands tonight.
public enum DutyProgress: String, Category {
    case doneInTime, doneLate, open, overdue

    public var chinese: String {
        switch self {
        case .doneInTime: "按期完成"
        case .doneLate: "逾期完成"
        case .open: "期限内未完成"
        case .overdue: "逾期未完成"
        }
    }
}

/// Of whom the double evaluation speaks.
public enum EvaluationLevel: String, Category {
    case unit, cadre

    public var chinese: String {
        switch self {
        case .unit: "单位"
        case .cadre: "干部"
        }
    }
}
