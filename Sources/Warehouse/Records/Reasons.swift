public import PipelineModel

/// Why a written target names nobody.
public enum UnresolvedReason: String, Category {
    case unknownCadre, unknownUnit, nobodyFits, severalFit, noTarget, needsReview

    public var chinese: String {
        switch self {
        case .unknownCadre: "工号不在花名册"
        case .unknownUnit: "单位不在单位表"
        case .nobodyFits: "无人符合"
        case .severalFit: "多人符合"
        case .noTarget: "未写明对象"
        case .needsReview: "待人工核对"
        }
    }
}

/// Why a cadre is not judged.
public enum NotJudgedReason: String, Category {
    case tooLittleExposure, noPost, unknownUnit, noScheme, tooFewPeers, nothingObserved, notInService, identityInDoubt

    public var chinese: String {
        switch self {
        case .tooLittleExposure: "现任职务时间不足"
        case .noPost: "无现任职务记录"
        case .unknownUnit: "单位不在单位表"
        case .noScheme: "该类单位无考核方案"
        case .tooFewPeers: "可比人员不足"
        case .nothingObserved: "各项指标均无数据"
        case .notInService: "不在岗"
        case .identityInDoubt: "身份存疑"
        }
    }
}

/// Why an event does not count.
public enum ExclusionReason: String, Category {
    case faultToleranceApproved, faultToleranceMitigated, reformRisk, onLeave, beforePresentPost, incompleteMonth, notSubstantiated

    public var chinese: String {
        switch self {
        case .faultToleranceApproved: "容错免责"
        case .faultToleranceMitigated: "容错减轻"
        case .reformRisk: "改革风险已报备,容错认定前暂不计入"
        case .onLeave: "批准离岗期间"
        case .beforePresentPost: "发生于现任职务之前"
        case .incompleteMonth: "任职不满整月"
        case .notSubstantiated: "未经查实"
        }
    }
}

/// Where a flag stands. The pipeline only ever proposes.
public enum FlagStatus: String, Category {
    case proposed

    public var chinese: String { "建议" }
}
