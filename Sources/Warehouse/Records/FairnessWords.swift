public import PipelineModel

/// What the fairness audit divides people by. These feed the audit and nothing else (guard rail 7).
public enum FairnessAttribute: String, Category {
    case sex, ageBand = "age_band", ethnicGroup = "ethnic_group", kind

    public var chinese: String {
        switch self {
        case .sex: "性别"
        case .ageBand: "年龄段"
        case .ethnicGroup: "民族"
        case .kind: "单位类别"
        }
    }
}

/// What must be known to read a line of the fairness audit.
public enum FairnessRemark: String, Category {
    /// The largest group: the others are compared with it.
    case reference
    /// Fewer people than a comparison needs, in this group or in the largest.
    case tooFewPeople
    /// Nobody is flagged here or in the largest group, so there is nothing to compare.
    case nobodyFlagged
    /// Nobody of the largest group is flagged: no ratio, but a lower limit.
    case nobodyFlaggedInReference
    /// The export does not say; not compared.
    case unknown
    /// Compared.
    case compared

    public var chinese: String {
        switch self {
        case .reference: "比较基准（人数最多）"
        case .tooFewPeople: "人数过少，不作判断"
        case .nobodyFlagged: "均无人被标记，无从比较"
        case .nobodyFlaggedInReference: "基准组无人被标记，仅有下限"
        case .unknown: "信息缺失，不作比较"
        case .compared: "已比较"
        }
    }
}
