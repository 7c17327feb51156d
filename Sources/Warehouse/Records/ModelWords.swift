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
